import { label } from '../promql/names.ts';
import type { Recorded } from '../promql/recorded.ts';
import { ACCOUNT, ACCOUNT_UNIT } from './labels.ts';

/** `agent-day (agent critic)`: which account an alert about a budget is about, for its summary. */
export const ACCOUNT_NAME: string = [
  '{{ $labels.budget }}',
  ...(
    [
      ['team', 'tollgate.team'],
      ['agent', 'gen_ai.agent.name'],
      ['task type', 'tollgate.task.type'],
      ['step', 'tollgate.step.name'],
      ['model', 'gen_ai.request.model'],
      ['provider', 'gen_ai.provider.name'],
      ['task', 'tollgate.task.id'],
      ['user', 'user.id'],
      ['session', 'session.id'],
    ] as const
  ).map(([word, key]) => `{{ with $labels.${label(key)} }}, ${word} {{ . }}{{ end }}`),
].join('');

/** The unit of the budget that an alert is about, where its labels say it. */
const ITS_UNIT = '$labels.unit';

/** The value of a recorded series of the very account that the alert is about, in the unit: `$0.15`, `250k tokens`. */
export function figure(name: Recorded, unit: string = ITS_UNIT): string {
  const { labels, values } = ofAccount(ACCOUNT_UNIT, unit);
  return `{{ with printf ${quoted(`${name}{${labels}}`)} ${values} | query }}${amount('. | first | value', unit)}{{ end }}`;
}

/** What is to be said of the unit of an account in which a recorded series is greatest, where its alert is about all units. */
export function inGreatestUnit(name: string, say: (unit: string) => string): string {
  const { labels, values } = ofAccount(ACCOUNT, ITS_UNIT);
  const greatest = `{{ with printf ${quoted(`topk(1, ${name}{${labels}})`)} ${values} | query }}`;
  return `${greatest}{{ $unit := . | first | label "unit" }}${say('$unit')}{{ end }}`;
}

function ofAccount(keys: readonly string[], unit: string): { labels: string; values: string } {
  const labels = keys.map((key) => `${key}=%q`).join(',');
  const values = keys.map((key) => (key === 'unit' ? unit : `$labels.${key}`)).join(' ');
  return { labels, values };
}

/** A value in a unit. */
function amount(value: string, unit: string): string {
  return `{{ if eq ${unit} "usd" }}{{ ${value} | printf "$%.2f" }}{{ else }}{{ ${value} | humanize }} {{ ${unit} }}{{ end }}`;
}

function quoted(text: string): string {
  return `\`${text}\``;
}

const AGENT_NAME = `$labels.${label('gen_ai.agent.name')}`;

/** The agent that an alert is about, within a sentence. */
export const WHO: string = `{{ or ${AGENT_NAME} "an agent without a name" }}`;

/** The same at the beginning of one. */
export const WHO_FIRST: string = `{{ or ${AGENT_NAME} "An agent without a name" }}`;
