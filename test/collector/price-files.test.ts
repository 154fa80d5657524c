import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePriceOverrides } from '../../packages/core/src/pricing/overrides/parse-overrides.ts';

/** A change that makes a good price file a bad one. Without `to`, what is at the place goes. */
interface Break {
  note: string;
  /** Path of what is wrong; '' is the whole file. */
  issue: string;
  at: (string | number)[];
  to?: unknown;
}

const { good, broken } = JSON.parse(readFileSync(new URL('../vectors/price-files.json', import.meta.url), 'utf8')) as {
  good: object;
  broken: Break[];
};

describe('a price file', () => {
  it('has no issue as it is', () => {
    expect(parsePriceOverrides(good)).toMatchObject({ overrides: { data: good }, issues: [] });
  });

  it.each(broken)('is refused with $note, and the place is named', (change) => {
    const path = change.issue === '' ? 'prices' : `prices.${change.issue}`;
    const { overrides, issues } = parsePriceOverrides(brokenBy(change));
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect(overrides).toEqual({ rules: [] });
  });
});

function brokenBy({ at, ...change }: Break): object {
  const file = structuredClone(good);
  const last = at.at(-1)!;
  let parent = file as Record<string | number, unknown>;
  for (const key of at.slice(0, -1)) parent = parent[key] as typeof parent;
  if ('to' in change) parent[last] = change.to;
  else Reflect.deleteProperty(parent, last);
  return file;
}
