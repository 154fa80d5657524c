import { readFileSync } from 'node:fs';
import { PriceTable } from '@tollgate/core';
import { describe, expect, it } from 'vitest';
import type { OtlpSpan, OtlpValue } from '../../packages/otel/scripts/span-vectors/otlp-span.ts';
import type { PriceVector } from '../../packages/otel/scripts/span-vectors/price-vector.ts';
import { bareSpans, spanVectors, type SpanVectors } from '../../packages/otel/scripts/span-vectors/span-vectors.ts';
import { priceOfAttributes, type SpanAttributes } from './price-of-attributes.ts';

const here = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const { spendKeys, vectors } = here('../vectors/spans.json') as SpanVectors;
const prices = here('../vectors/prices.json') as PriceVector[];
const { attributes: known } = here('../../packages/otel/conventions.json') as {
  attributes: Record<string, { type: string }>;
};

/** How OTLP carries a type of the conventions. JavaScript sends a whole double as an integer. */
const CARRIERS: Record<string, string[]> = {
  string: ['stringValue'],
  'string[]': ['arrayValue'],
  boolean: ['boolValue'],
  int: ['intValue'],
  double: ['doubleValue', 'intValue'],
};

describe('the span vectors', () => {
  it('are what the plugin emits for the price vectors now', () => {
    expect({ spendKeys, vectors }).toEqual(spanVectors(prices));
  });

  it('have no attribute that the conventions do not know, and each in its type', () => {
    const attributes = vectors.flatMap(({ span }) => span.attributes);
    const strange = attributes.filter(({ key, value }) => {
      return !CARRIERS[known[key]?.type ?? '']?.includes(Object.keys(value)[0]!);
    });
    expect(strange).toEqual([]);
    expect(spendKeys.filter((key) => known[key] === undefined)).toEqual([]);
  });

  it('carry the amount, and the mark that it is counted', () => {
    for (const { id, nanoUsd, span } of vectors) {
      const attributes = flat(span);
      const amount = attributes['gen_ai.usage.cost.amount'] as number;
      expect([id, Math.round(amount * 1e9), attributes['tollgate.metered']]).toEqual([id, nanoUsd, true]);
    }
  });

  it('are without their spend keys what a process without prices emits', () => {
    const bare = vectors.map(({ span }) => {
      return { ...span, attributes: span.attributes.filter(({ key }) => !spendKeys.includes(key)) };
    });
    expect(bare).toEqual(bareSpans(prices));
  });

  it('say exactly of those spans that they cannot be priced whose attributes come to another amount', () => {
    const table = PriceTable.builtIn();
    const differing = vectors.filter(({ span, nanoUsd }) => {
      return priceOfAttributes(flat(span), Number(BigInt(span.startTimeUnixNano) / 1_000_000n), table) !== nanoUsd;
    });
    const unpriceable = vectors.filter((vector) => vector.unpriceable !== undefined);
    expect(differing.map(({ id }) => id)).toEqual(unpriceable.map(({ id }) => id));
    expect(unpriceable.length).toBeLessThan(vectors.length / 12);
  });
});

function flat(span: OtlpSpan): SpanAttributes {
  return Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: OtlpValue): SpanAttributes[string] {
  if ('arrayValue' in value) return value.arrayValue.values.map((item) => String(plain(item)));
  const [type, held] = Object.entries(value)[0]!;
  return type === 'intValue' ? Number(held) : held;
}
