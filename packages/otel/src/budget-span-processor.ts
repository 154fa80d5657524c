import type { Context } from '@opentelemetry/api';
import { KEY, SCOPE_NAME } from './conventions.ts';
import { dropLive, keepLive, sdkSpanOf } from './ring2/live-spans.ts';
import { ringTwoState as state, type OpenSpan } from './ring2/open-spans.ts';
import { readSpan, servedSpan } from './ring2/read-span.ts';
import type { RingTwo } from './ring2/ring-two.ts';
import { firstString, type SpanLike } from './ring2/span-like.ts';

/** Marks our processors among those of a provider, whatever copy of this package made them. */
export const BUDGET_SPAN_PROCESSOR: unique symbol = Symbol.for('tollgate.budget-span-processor') as never;

/** A span processor as OpenTelemetry's SDK 2.x and 3.x take it. */
export interface BudgetSpanProcessor {
  readonly [BUDGET_SPAN_PROCESSOR]: true;
  /** Throws `BudgetExceededError` for an inference span that would go over a budget, and nothing else. */
  onStart(span: object, parentContext: Context): void;
  onEnding(span: object): void;
  onEnd(span: object): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** After this long a span that has not ended gives its reservation back. */
const LOST_AFTER_MS = 600_000;
const SWEEP_MS = 60_000;

/**
 * The second ring: judges the inference spans that others start, where no instrumented SDK answers for them. Put it first
 * in `spanProcessors`. May be made before `register()`; until then it lets everything pass.
 */
export function budgetSpanProcessor(now: () => number = Date.now): BudgetSpanProcessor {
  return {
    [BUDGET_SPAN_PROCESSOR]: true,
    onStart: (span, parent) => started(span as SpanLike, parent, now()),
    onEnding: (span) => ending(span as SpanLike, true),
    // SDKs without onEnding: too late to write on the span, not too late to settle.
    onEnd(span) {
      ending(span as SpanLike, false);
      dropLive(span as SpanLike);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

function started(span: SpanLike, parent: Context, now: number): void {
  const { ring } = state;
  if (ring === undefined || state.seen.has(span) || scopeOf(span) === SCOPE_NAME) return;
  let refusal: { error: unknown } | undefined;
  try {
    state.seen.add(span);
    refusal = judge(ring, span, parent, now);
    if (refusal === undefined) begun(span);
  } catch (fault) {
    ring.report('budget span processor, start', fault);
  }
  if (refusal !== undefined) throw refusal.error;
}

function begun(span: SpanLike): void {
  keepLive(span);
  if (isToldOfEnds(span)) return;
  // SDK 2.0 has no onEnding: what is to be written on a span is written before it ends.
  const end = span.end.bind(span);
  span.end = (...time) => {
    ending(span, true);
    end(...time);
  };
}

/** Whether the SDK of this span calls `onEnding`: its list of processors then has it too. */
function isToldOfEnds(span: SpanLike): boolean {
  const { _spanProcessor: all } = span as { _spanProcessor?: { onEnding?: unknown } };
  return all === undefined || typeof all.onEnding === 'function';
}

/** Puts aside what the span may cost; what comes back is to be thrown. */
function judge(ring: RingTwo, span: SpanLike, parent: Context, now: number): { error: unknown } | undefined {
  const outer = entryAbove(ring, parent);
  if (outer !== undefined) state.beneath.set(span, outer);
  const call = readSpan(span);
  if (call === undefined) return undefined;
  if (outer !== undefined || ring.ownedByRingOne(scopeOf(span), parent)) {
    state.accounted.add(span);
    return undefined;
  }
  try {
    state.open.set(span, { startedAt: now, reservation: ring.admit(call), inner: undefined });
    state.hasOpened = true;
  } catch (error) {
    if (isRefusal(error)) return { error };
    throw error;
  }
  watchForLost();
  return undefined;
}

function entryAbove(ring: RingTwo, parent: Context): OpenSpan | undefined {
  if (!state.hasOpened) return undefined;
  const active = ring.spanIn(parent);
  const above = active && sdkSpanOf(active);
  return above === undefined ? undefined : (state.open.get(above) ?? state.beneath.get(above));
}

function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === 'BUDGET_EXCEEDED' || code === 'BUDGET_STORE_UNAVAILABLE';
}

function ending(span: SpanLike, canWrite: boolean): void {
  const { ring } = state;
  if (ring === undefined) return;
  try {
    const entry = state.open.get(span);
    if (entry !== undefined) settle(ring, span, entry, canWrite);
    else if (canWrite && state.accounted.has(span) && readSpan(span) !== undefined) leaveToOthers(ring, span);
  } catch (fault) {
    ring.report('budget span processor, end', fault);
  }
}

/** The call is accounted for elsewhere: what this span knows of it helps there, and nobody may count it again. */
function leaveToOthers(ring: RingTwo, span: SpanLike): void {
  const outer = state.beneath.get(span);
  if (outer !== undefined) outer.inner ??= ring.usageOf(span.attributes, scopeOf(span));
  if (ring.isMetering()) span.setAttribute(KEY.metered, true);
}

function settle(ring: RingTwo, span: SpanLike, entry: OpenSpan, canWrite: boolean): void {
  state.open.delete(span);
  const said = ring.usageOf(span.attributes, scopeOf(span)) ?? entry.inner;
  const settled = entry.reservation.settle({
    usage: said?.usage,
    flags: said?.flags ?? [],
    served: servedSpan(span.attributes),
    responseModel: firstString(span.attributes, [KEY.responseModel, 'llm.response.model_name', 'ai.response.model']),
    error: errorOf(span),
    isLost: false,
  });
  if (canWrite && settled !== undefined) span.setAttributes(settled.attributes);
}

function errorOf({ attributes, status }: SpanLike): string | undefined {
  return firstString(attributes, [KEY.errorType]) ?? (status?.code === 2 ? '_OTHER' : undefined);
}

function scopeOf(span: SpanLike): string {
  return span.instrumentationScope?.name ?? '';
}

let sweeper: NodeJS.Timeout | undefined;

function watchForLost(): void {
  sweeper ??= setInterval(() => giveBackLost(Date.now()), SWEEP_MS).unref();
}

const NOTHING_SAID = {
  usage: undefined,
  flags: [],
  served: { serviceTier: undefined, speed: undefined, geo: undefined },
  responseModel: undefined,
  error: undefined,
};

/** Settles, as unknown, the spans that have been open for 10 minutes. */
export function giveBackLost(now: number): void {
  for (const [span, { startedAt, reservation }] of state.open) {
    if (now - startedAt < LOST_AFTER_MS) break;
    state.open.delete(span);
    try {
      reservation.settle({ ...NOTHING_SAID, isLost: true });
    } catch (fault) {
      state.ring?.report('budget span processor, lost span', fault);
    }
  }
  if (state.open.size > 0) return;
  clearInterval(sweeper);
  sweeper = undefined;
}
