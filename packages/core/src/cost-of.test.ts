import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costOf } from './cost-of.ts';
import type { Usage } from './usage.ts';

interface Vector {
  id: string;
  provider: string;
  model: string;
  at: string;
  usage: unknown;
  context?: Record<string, unknown>;
  expected_usd: number;
  canonical: Record<string, unknown>;
  note: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/prices.json', import.meta.url), 'utf8'),
) as Vector[];

describe('costOf', () => {
  it('has all 60 vectors', () => {
    expect(vectors).toHaveLength(60);
  });

  it.each(vectors)('$id: prices $provider $model to the nano-USD', (vector) => {
    const cost = costOf({ ...vector, at: Date.parse(vector.at), context: vector.context });
    expect(cost.nanoUsd).toBe(Math.round(vector.expected_usd * 1e9));
  });

  it.each(vectors)('$id: reads the usage of $provider $model into its classes', (vector) => {
    const cost = costOf({ ...vector, at: Date.parse(vector.at), context: vector.context });
    expect(canonical(cost.usage)).toEqual(wantedCanonical(vector));
  });
});

const NAMES: Record<string, keyof Usage> = {
  input: 'input',
  cache_read: 'cacheRead',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  output: 'output',
  reasoning: 'reasoning',
  audio_in: 'audioIn',
  audio_cache_read: 'audioCacheRead',
  audio_out: 'audioOut',
  audio_seconds: 'audioSeconds',
  image_in: 'imageIn',
  image_out: 'imageOut',
};

/** As the vectors write it: non-zero classes only, without tools and reported cost. */
function canonical(usage: Usage): Record<string, unknown> {
  const classes = Object.entries(NAMES).map(([name, key]) => [name, usage[key]] as const);
  const calls = usage.subCalls.map(({ model, usage: own }) => ({ ...canonical(own), model }));
  return {
    ...Object.fromEntries(classes.filter(([, count]) => count !== 0)),
    ...(calls.length > 0 && { sub_calls: calls }),
  };
}

function wantedCanonical({ canonical: wanted }: Vector): Record<string, unknown> {
  const calls = wanted['sub_calls'];
  if (!Array.isArray(calls)) return wanted;
  return { ...wanted, sub_calls: calls.map((call: object) => ({ ...call, type: undefined })) };
}
