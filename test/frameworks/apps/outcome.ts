import { BudgetExceededError, withAgent, type Tollgate } from '@tollgate/otel';

/** What came of one piece of work. */
export interface Outcome {
  /** The answer's text. */
  text?: string | undefined;
  /** The error that reached the app. */
  error?: { name: string; code: unknown; reason: unknown; isOriginal: boolean; isFound: boolean } | undefined;
  tookMs: number;
}

const outcomes: Record<string, Outcome> = {};

/** Does a piece of work as an agent, and notes what came of it. */
export async function outcomeOf(agent: string, work: () => Promise<Omit<Outcome, 'tookMs'>>): Promise<void> {
  const startedAt = performance.now();
  const outcome = await withAgent(agent, work).catch((error: unknown) => ({ error: described(error) }));
  outcomes[agent] = { ...outcome, tookMs: performance.now() - startedAt };
}

function described(error: unknown): NonNullable<Outcome['error']> {
  const { name, code, reason } = error as { name: string; code?: unknown; reason?: unknown };
  return {
    name,
    code,
    reason,
    isOriginal: error instanceof BudgetExceededError,
    isFound: BudgetExceededError.is(error),
  };
}

/** Prints what came of everything, and what the handle says about it. */
export function answer(tollgate: Tollgate): void {
  const usage = tollgate.usage({ by: ['agent', 'model'] });
  process.stdout.write(`${JSON.stringify({ outcomes, usage, instrumented: tollgate.instrumented })}\n`);
}
