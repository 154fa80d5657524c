import type { RingTwo, SaidUsage, SpanReservation } from './ring-two.ts';
import type { SpanLike } from './span-like.ts';

/** An inference span for which something is put aside. */
export interface OpenSpan {
  readonly startedAt: number;
  readonly reservation: SpanReservation;
  /** What an inference span beneath this one (another emitter's, of the same exchange) says was used. */
  inner: SaidUsage | undefined;
}

/** What all budget span processors of a process share, so that two of them never reserve twice. Keyed by span. */
export interface RingTwoState {
  ring: RingTwo | undefined;
  readonly open: Map<object, OpenSpan>;
  /** Something has been put aside since the process began: before that, no span is beneath such a one. */
  hasOpened: boolean;
  /** Spans that a processor has looked at. */
  readonly seen: WeakSet<object>;
  /** Spans beneath one for which something is put aside: they are part of its exchange. */
  readonly beneath: WeakMap<object, OpenSpan>;
  /** Spans that have begun and not ended, by id. */
  readonly live: Map<string, SpanLike>;
  /** Spans that, if they are inference spans, stand for a call which is accounted for elsewhere. */
  readonly accounted: WeakSet<object>;
}

const STATE = Symbol.for('tollgate.ring-two@0');

type Holder = { [STATE]?: RingTwoState };

/** The one state of this process, whatever copy of this package made it. */
export const ringTwoState: RingTwoState = ((globalThis as Holder)[STATE] ??= {
  ring: undefined,
  open: new Map(),
  hasOpened: false,
  seen: new WeakSet(),
  beneath: new WeakMap(),
  live: new Map(),
  accounted: new WeakSet(),
});

/** From now on inference spans of other emitters are judged by `ring`; by none where it is undefined. */
export function bindRingTwo(ring: RingTwo | undefined): void {
  ringTwoState.ring = ring;
}

/** Gives the reservation of a foreign inference span to the instrumented call beneath it, which settles it from now on. */
export function takeOverSpan(span: object): SpanReservation | undefined {
  const entry = ringTwoState.open.get(span) ?? ringTwoState.beneath.get(span);
  if (entry === undefined) return undefined;
  for (const [open, candidate] of ringTwoState.open) {
    if (candidate !== entry) continue;
    ringTwoState.open.delete(open);
    ringTwoState.accounted.add(open);
    return entry.reservation;
  }
  return undefined;
}
