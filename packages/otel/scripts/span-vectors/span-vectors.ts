import { KEY } from '../../src/conventions.ts';
import { callOfVector, type VectorCall } from './call-of-vector.ts';
import { emitSpan } from './emit-span.ts';
import { lostFacts } from './lost-facts.ts';
import { otlpSpan, type OtlpSpan } from './otlp-span.ts';
import type { PriceVector } from './price-vector.ts';

/** What the plugin adds because it has priced and counted the call itself. */
const SPEND_KEYS: readonly string[] = [
  KEY.costAmount,
  KEY.costCurrency,
  KEY.costSource,
  KEY.costInput,
  KEY.costCacheRead,
  KEY.costCacheWrite,
  KEY.costOutput,
  KEY.costReasoning,
  KEY.costFees,
  KEY.costOrigin,
  KEY.priceTableVersion,
  KEY.metered,
];

/** A span, what it cost, and why that can't be told from its other attributes, if so. */
export interface SpanVector {
  id: string;
  note: string;
  nanoUsd: number;
  unpriceable?: string[];
  span: OtlpSpan;
}

/** What test/vectors/spans.json holds. */
export interface SpanVectors {
  spendKeys: readonly string[];
  vectors: SpanVector[];
}

/** The span that the plugin emits for each vector; what it costs is what the vector says. */
export function spanVectors(vectors: readonly PriceVector[]): SpanVectors {
  return { spendKeys: SPEND_KEYS, vectors: vectors.map(spanVector) };
}

/** The same spans from a process that has no prices and counts nothing. */
export function bareSpans(vectors: readonly PriceVector[]): OtlpSpan[] {
  return vectors.map((vector, index) => {
    const call = callOfVector(vector);
    return otlpSpan(emitSpan({ ...call, record: unpriced(call.record) }, index + 1, 'collector'));
  });
}

function spanVector(vector: PriceVector, index: number): SpanVector {
  const call = callOfVector(vector);
  const unpriceable = lostFacts(vector, call);
  return {
    id: vector.id,
    note: vector.note,
    nanoUsd: Math.round(vector.expected_usd * 1e9),
    ...(unpriceable.length > 0 && { unpriceable }),
    span: otlpSpan(emitSpan(call, index + 1, 'process')),
  };
}

function unpriced(record: VectorCall['record']): VectorCall['record'] {
  const { usage, state, flags, soldAs } = record.cost;
  return { ...record, cost: { nanoUsd: undefined, state, origin: 'none', usage, breakdown: {}, soldAs, flags } };
}
