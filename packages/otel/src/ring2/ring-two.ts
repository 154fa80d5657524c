import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { Attribution, Usage } from '@tollgate/core';

/** What the start of an inference span says about the call that it stands for. */
export interface SpanCall {
  operation: string;
  provider: string;
  model: string;
  /** Who the span itself says that it is for; the running code's attribution comes on top. */
  at: Attribution;
  outputCap: number | undefined;
  /** The host that it goes to, and the tier that was asked for. */
  address: string | undefined;
  serviceTier: string | undefined;
  /** The span's creation attributes. */
  attributes: Readonly<Attributes>;
}

/** What a span says was used, and what had to be guessed about it. */
export interface SaidUsage {
  usage: Usage;
  flags: string[];
}

/** What of an answer decides its price beside model and usage, in the provider's words. */
export interface ServedSpan {
  serviceTier: string | undefined;
  speed: string | undefined;
  geo: string | undefined;
}

/** How such a call ended. */
export interface SpanOutcome {
  /** What the span says was used; undefined where it says nothing: the call is then charged as unknown. */
  usage: Usage | undefined;
  /** What had to be guessed about the usage. */
  flags: string[];
  /** How the call was served, as far as the span says so. */
  served: ServedSpan;
  responseModel: string | undefined;
  error: string | undefined;
  /** The span has not ended in 10 minutes: its reservation is given back. */
  isLost: boolean;
}

/** What was put aside for an inference span of somebody else's. */
export interface SpanReservation {
  /** Prices and settles, counts the call, and says what it came to. Safe to call twice: the second time undefined. */
  settle(outcome: SpanOutcome): SettledSpan | undefined;
  /** Gives everything back: an instrumented call beneath the span answers for the exchange. */
  release(): void;
}

/** What the call behind a span came to. */
export interface SettledSpan {
  /** What is to be written on the span. */
  attributes: Attributes;
}

/** The budgets, as spans see them: synchronous. */
export interface RingTwo {
  /** True where an instrumented SDK call answers for the exchange of this span: its emitter's SDK is hooked, or one is under way. */
  ownedByRingOne(scope: string, parent: Context): boolean;
  /** The span of a context. */
  spanIn(context: Context): Span | undefined;
  /** What a span says was used; undefined where it says nothing. */
  usageOf(attributes: Readonly<Attributes>, scope: string): SaidUsage | undefined;
  /** Puts aside what the call may cost; throws `BudgetExceededError` for one that would go over. */
  admit(call: SpanCall): SpanReservation;
  /** Whether calls are counted in this process's own metrics. */
  isMetering(): boolean;
  /** A fault of ours, to be kept away from the app. */
  report(where: string, fault: unknown): void;
}
