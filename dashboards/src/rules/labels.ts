import { CALL_LABELS, type AttributeKey } from '@tollgate/otel/conventions';
import { label, RESOURCE } from '../promql/names.ts';
import type { Matchers } from '../promql/selector.ts';

const { environment } = RESOURCE;

/** Dimensions that a budget's accounts may have as labels: those of calls, and those that an app may ask for. */
const DIMENSIONS: readonly AttributeKey[] = [
  ...CALL_LABELS.filter((key) => key !== 'gen_ai.response.model'),
  'tollgate.task.id',
  'user.id',
  'session.id',
];

/** What tells one account of a budget from another, and its units, whichever process or store they are read from. */
export const ACCOUNT_UNIT: readonly string[] = [
  environment,
  ...(['budget', 'unit', 'window', 'reach', 'mode'] as const).map(label),
  ...DIMENSIONS.map(label),
];

/** What tells one account from another, in whichever unit: what the deployed Alertmanager groups and inhibits by. */
export const ACCOUNT: readonly string[] = ACCOUNT_UNIT.filter((key) => key !== 'unit');

/** An account that all calls share: of no agent, no team, no task. */
export const SHARED: string = DIMENSIONS.map((key) => `${label(key)}=""`).join(', ');

/** A series that is one account, and not all those by task, user or session: these are charged together, and limited one by one. */
export const ONE_ACCOUNT: Matchers = {
  'tollgate.task.id': '!="(any task)"',
  'user.id': '!="(any user)"',
  'session.id': '!="(any session)"',
};

/** Accounts by task, user or session, shown as one or each: one that is used up stops one of many. */
export const IDS: readonly string[] = (['tollgate.task.id', 'user.id', 'session.id'] as const).map(label);

/** An account that is kept by agent, and by nothing else. */
export const BY_AGENT_ONLY: string = [
  `${label('gen_ai.agent.name')}!=""`,
  ...DIMENSIONS.filter((key) => key !== 'gen_ai.agent.name').map((key) => `${label(key)}=""`),
].join(', ');

/** An agent, in one environment. */
export const AGENT: readonly string[] = [environment, label('gen_ai.agent.name')];
