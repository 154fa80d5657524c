import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { jsonLength } from './json-length.ts';

describe('the length of a value as JSON', () => {
  it('is that of JSON.stringify where nothing needs an escape', () => {
    const value = fc.jsonValue().filter(hasNoEscape);
    fc.assert(
      fc.property(value, (json) => {
        expect(jsonLength(json)).toBe(JSON.stringify(json).length);
      }),
    );
  });

  it('is measured again when a list grows', () => {
    const tools = [{ name: 'one' }];
    const before = jsonLength(tools);
    tools.push({ name: 'two' });
    expect(jsonLength(tools)).toBe(before + 1 + JSON.stringify({ name: 'two' }).length);
  });

  it('is finite for a cyclic value', () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(jsonLength(value)).toBeLessThan(10_000_000);
  });
});

function hasNoEscape(value: unknown): boolean {
  return !JSON.stringify(value).includes('\\');
}
