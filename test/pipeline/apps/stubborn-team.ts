import { register, withTask, type BudgetSpec } from '@tollgate/otel';
import { simulatedEndpoints } from '../../../packages/cli/src/demo/endpoints.ts';
import { polish } from '../../../packages/cli/src/demo/team/critic.ts';
import { LOOPING_TASK, runTeam } from '../../../packages/cli/src/demo/team/team.ts';
import { answer, settings } from '../../otel/apps/settings.ts';

/** What the demo's team is told, when it does not take no for an answer. */
export interface StubbornSettings {
  budgets: readonly BudgetSpec[];
  /** After so long the loop that no budget ends is cut off. */
  loopMs: number;
}

/** What its ledger has at the end. */
export interface StubbornAnswer {
  nanoUsd: number;
  denied: number;
}

const RETRIES = 20;

// The team of the demo, whose loop is begun again whenever a budget has ended it, and then once more as another task.
const { budgets, loopMs } = settings() as StubbornSettings;
const { openai, anthropic, hosts, close } = await simulatedEndpoints();
const tollgate = register({
  serviceName: 'tollgate-demo',
  budgets: [...budgets],
  hosts,
  attributes: { 'deployment.environment.name': 'test' },
});
const clients = { openai, anthropic, signal: AbortSignal.timeout(loopMs) };
await runTeam(clients);
for (const id of [...Array<string>(RETRIES).fill(LOOPING_TASK), 'P-2']) {
  await withTask({ id, type: 'polish' }, () => polish('A brief.', clients)).catch(() => {});
}
await tollgate.shutdown();
await close();
const rows = tollgate.usage({ by: ['agent'] });
answer({
  nanoUsd: rows.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0),
  denied: rows.reduce((sum, { denied }) => sum + denied, 0),
} satisfies StubbornAnswer);
