import { register, type Tollgate } from '@tollgate/otel';
import { BUDGETS } from './budgets.ts';
import type { Endpoints } from './endpoints.ts';
import { runTeam, type TaskEnd } from './team/team.ts';
import type { ShownDimension, ViewState } from './view/view-state.ts';

/** How often the picture may change, in ms; a terminal is redrawn no faster anyway. */
const LOOK_EVERY_MS = 100;

/** How a run went. */
export interface DemoRun {
  state: ViewState;
  ends: TaskEnd[];
}

/**
 * Registers Tollgate and lets the team work, showing how spend and budgets stand while it does. After `longestMs` the
 * loop is cut off, if no budget has ended it. Rejects with what made a task fail, unless that was a budget.
 */
export async function runDemo(
  { openai, anthropic, hosts, bill }: Endpoints,
  { longestMs, show }: { longestMs: number; show: (state: ViewState) => void },
): Promise<DemoRun> {
  const tollgate = register({
    serviceName: 'tollgate-demo',
    budgets: BUDGETS,
    hosts,
    summary: 'off',
  });
  const look = watch(tollgate);
  const looking = setInterval(() => show(look()), LOOK_EVERY_MS);
  try {
    const ends = await runTeam({ openai, anthropic, signal: AbortSignal.timeout(longestMs) });
    const server = await bill();
    return { state: { ...look(), server }, ends };
  } finally {
    clearInterval(looking);
    await tollgate.shutdown();
  }
}

/** What can be seen of a run at any time. */
function watch(tollgate: Tollgate): () => ViewState {
  const denials: ViewState['denials'] = [];
  const warnings: ViewState['warnings'] = [];
  tollgate.on('budget.exceeded', ({ budget, account, reason }) => {
    denials.push({ budget, account, reason, at: Date.now() });
  });
  tollgate.on('budget.warning', ({ budget, account, threshold }) => warnings.push({ budget, account, threshold }));
  const by = (dimension: ShownDimension): ViewState['by'][ShownDimension] => tollgate.usage({ by: [dimension] });
  return () => ({
    by: { agent: by('agent'), task: by('task'), step: by('step'), model: by('model') },
    budgets: tollgate.budgets(),
    denials: [...denials],
    warnings: [...warnings],
    instrumented: tollgate.instrumented,
  });
}
