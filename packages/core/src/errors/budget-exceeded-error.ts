import type { Refusal } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Standing } from '../budget/standing.ts';
import { refusalMessage, type RefusedCall } from './refusal-message.ts';
import { markNotRetryable } from './not-retryable.ts';

const BRAND = Symbol.for('tollgate.BudgetExceededError');
const CODE = 'BUDGET_EXCEEDED';

/**
 * A budget's no, thrown before anything is sent. No SDK retries it: its status is 402 (payment required). `reason` says why,
 * `standing` how the account stood, `needed` what the call would have needed; the message shows the sum.
 */
export class BudgetExceededError extends Error {
  override readonly name: string = 'BudgetExceededError';
  readonly code: 'BUDGET_EXCEEDED' = CODE;
  readonly status: 402 = 402;
  readonly statusCode: 402 = 402;
  readonly isRetryable: false = false;
  readonly reason: Refusal;
  readonly standing: Standing;
  readonly needed: Measures;

  constructor(refused: RefusedCall, options?: ErrorOptions) {
    super(refusalMessage(refused), options);
    this.reason = refused.reason;
    this.standing = refused.standing;
    this.needed = refused.needed;
    Object.defineProperty(this, BRAND, { value: true });
    markNotRetryable(this);
  }

  /**
   * Whether `error` is a budget's no, or wraps one: frameworks put it into `cause`, `lastError`, `error` or `errors[]` of their
   * own. Also true for errors of another copy of this class, and for a body of type `budget_exceeded`.
   */
  static is(error: unknown): boolean {
    return [...wrappedIn(error)].some((layer) => BRAND in layer || layer['type'] === 'budget_exceeded');
  }

  /** The budget's no inside `error`, whose standing says why; undefined where there is none, or only its text has come through. */
  static find(error: unknown): BudgetExceededError | undefined {
    return [...wrappedIn(error)].find((layer) => BRAND in layer) as BudgetExceededError | undefined;
  }

  /** What logs and responses show of it: everything but the stack. */
  toJSON(): Record<string, unknown> {
    const { name, code, status, reason, message, standing, needed } = this;
    return { name, code, status, reason, message, standing, needed };
  }
}

/** Every object that an error wraps, itself first; each once. */
function* wrappedIn(error: unknown, seen: Set<unknown> = new Set()): Generator<Record<PropertyKey, unknown>> {
  if (typeof error !== 'object' || error === null || seen.has(error)) return;
  seen.add(error);
  const layer = error as Record<PropertyKey, unknown>;
  yield layer;
  const { cause, lastError, errors, error: inner } = layer;
  for (const candidate of [cause, lastError, inner, ...(Array.isArray(errors) ? errors : [])])
    yield* wrappedIn(candidate, seen);
}
