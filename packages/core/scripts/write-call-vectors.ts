import { readFileSync, writeFileSync } from 'node:fs';
import { type CostQuery, priceQuery } from '../src/cost-of.ts';
import { PriceTable } from '../src/pricing/price-table.ts';
import type { Usage } from '../src/usage.ts';
import { readUsage } from '../src/wire/usage/read-usage.ts';
import type { PriceContext } from '../src/wire/wire.ts';

// Writes test/vectors/calls.json: each price vector as a priced call, and calls at the edges. What they cost is what the
// vectors say, never what our own pricing gives. `--check`: writes nothing, exit code 1 if the file is out of date.

const VECTORS = new URL('../../../test/vectors/', import.meta.url);
const CALLS = new URL('calls.json', VECTORS);

interface PriceVector {
  id: string;
  provider: string;
  model: string;
  at: string;
  usage: unknown;
  context?: PriceContext;
  expected_usd: number;
  note: string;
}

const KINDS = {
  input: 'input',
  cacheRead: 'cache_read',
  cacheWrite5m: 'cache_write_5m',
  cacheWrite1h: 'cache_write_1h',
  output: 'output',
  reasoning: 'reasoning',
  audioIn: 'audio_in',
  audioCacheRead: 'audio_cache_read',
  audioOut: 'audio_out',
  imageIn: 'image_in',
  imageOut: 'image_out',
} as const;

function callOf(vector: PriceVector, table: PriceTable): object {
  const context = vector.context ?? {};
  const asked: CostQuery = { ...vector, at: Date.parse(vector.at), context };
  const query = priceQuery(asked, context, table);
  const { usage } = readUsage(vector.provider, vector.usage, context);
  const geo = query.geo ?? (query.baseUrl === undefined ? undefined : table.geoOf(query.provider, query.baseUrl));
  const parts = usage.subCalls.map((call) => ({ model: call.model || query.model, ...amountsOf(call.usage) }));
  return {
    provider: query.provider,
    model: query.model,
    at: vector.at,
    serviceTier: query.serviceTier,
    speed: query.speed,
    geo,
    ...amountsOf(usage),
    reportedCost: usage.reportedNanoUsd,
    parts: parts.length > 0 ? parts : undefined,
  };
}

function amountsOf(usage: Usage): { tokens: Record<string, number>; fees: Record<string, number> } {
  const counts = Object.entries(KINDS).map(([kind, name]) => [name, usage[kind as keyof typeof KINDS]] as const);
  const seconds = usage.audioSeconds === 0 ? {} : { audio_second: usage.audioSeconds };
  return {
    tokens: Object.fromEntries(counts.filter(([, count]) => count !== 0)),
    fees: { ...seconds, ...usage.tools },
  };
}

function read(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const table = PriceTable.builtIn();
const priced = (read(new URL('prices.json', VECTORS)) as PriceVector[]).map((vector) => {
  return {
    id: vector.id,
    note: vector.note,
    call: callOf(vector, table),
    nanoUsd: Math.round(vector.expected_usd * 1e9),
  };
});
const extra = read(new URL('extra-calls.json', import.meta.url)) as object[];
const wanted = `${JSON.stringify([...priced, ...extra], undefined, 1)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(CALLS, 'utf8') !== wanted) {
    process.stderr.write('test/vectors/calls.json is out of date: run packages/core/scripts/write-call-vectors.ts\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(CALLS, wanted);
}
