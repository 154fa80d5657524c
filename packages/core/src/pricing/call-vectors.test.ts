import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyUsage, type Usage } from '../usage.ts';
import { RATE_KINDS } from './data/price-data.ts';
import { priceUsage } from './price.ts';
import { PriceTable } from './price-table.ts';

interface Amounts {
  tokens: Record<string, number>;
  fees: Record<string, number>;
}

interface PricedCall extends Amounts {
  provider: string;
  model: string;
  at: string;
  serviceTier?: string;
  speed?: string;
  geo?: string;
  reportedCost?: number;
  parts?: (Amounts & { model: string })[];
}

interface CallVector {
  id: string;
  note: string;
  call: PricedCall;
  nanoUsd: number | null;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../../test/vectors/calls.json', import.meta.url), 'utf8'),
) as CallVector[];
const table = PriceTable.builtIn();

describe('priced calls', () => {
  it.each(vectors)('$id costs $nanoUsd nano-USD: $note', ({ call, nanoUsd }) => {
    expect(nanoOf(call)).toBe(nanoUsd);
  });

  it('has sums that end in .4, .5 and .6 nano-USD, two of each at least', () => {
    const ends = vectors.map(({ call }) => picoOf(call) % 1000);
    for (const end of [400, 500, 600]) expect(ends.filter((rest) => rest === end).length).toBeGreaterThanOrEqual(2);
  });
});

function nanoOf(call: PricedCall): number | null {
  if (call.reportedCost !== undefined) return call.reportedCost;
  const query = { ...call, at: Date.parse(call.at) };
  const plan = table.lookup(query);
  if (plan === undefined) return null;
  return priceUsage(usageOf(call), plan, (model) => table.lookup({ ...query, model })).nanoUsd ?? null;
}

function picoOf(call: PricedCall): number {
  const plan = table.lookup({ ...call, at: Date.parse(call.at) });
  const rates = plan?.tiers[0]?.rates;
  if (rates === undefined || (call.parts ?? []).length > 0) return -1;
  return Object.entries(call.tokens).reduce((sum, [kind, count]) => sum + count * rates[camel(kind) as 'input'], 0);
}

function usageOf({ tokens, fees, parts = [] }: Amounts & { parts?: PricedCall['parts'] }): Usage {
  const { audio_second: audioSeconds = 0, ...tools } = fees;
  const counts = RATE_KINDS.map((kind) => [camel(kind), tokens[kind] ?? 0]);
  const subCalls = parts.map((part) => ({ model: part.model, usage: usageOf(part) }));
  return { ...emptyUsage(), ...Object.fromEntries(counts), audioSeconds, tools, subCalls };
}

function camel(kind: string): string {
  return kind.replaceAll(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
