import { describe, expect, it } from 'vitest';
import { loadedEncoding, loadEncoding } from './encodings.ts';

describe('loadEncoding', () => {
  it('loads each encoding once, and nothing before it is asked for', async () => {
    expect(loadedEncoding('r50k_base')).toBeUndefined();
    const [first, second] = await Promise.all([loadEncoding('r50k_base'), loadEncoding('r50k_base')]);
    expect(first).toBe(second);
    expect(loadedEncoding('r50k_base')).toBe(first);
    expect(loadedEncoding('p50k_base')).toBeUndefined();
  });

  // The four count this text differently: older ones know no runs of spaces, only newer ones group digits by three.
  it.each([
    ['o200k_base', 8],
    ['cl100k_base', 10],
    ['p50k_base', 15],
    ['r50k_base', 19],
  ] as const)('gives %s its own counter', async (name, tokens) => {
    expect((await loadEncoding(name)).count('Größe      1234567 привет')).toBe(tokens);
  });
});
