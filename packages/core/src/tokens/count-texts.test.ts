import cl100k from 'js-tiktoken/ranks/cl100k_base';
import { describe, expect, it } from 'vitest';
import { countTexts } from './count-texts.ts';
import { SLICE_LENGTH } from './slice-text.ts';
import { TokenCounter } from './token-counter.ts';

const counter = new TokenCounter(cl100k);
const prose = 'No piece is cut in two, so the count of the slices is the count of the whole text.\n';

const noPause = async (): Promise<void> => {};

describe('countTexts', () => {
  it('counts what the counter counts, however the text is spread', async () => {
    const texts = [prose, '', prose.repeat(900), '中'.repeat(50_000), prose];
    const sum = texts.reduce((tokens, text) => tokens + counter.count(text), 0);
    expect(await countTexts(counter, texts, noPause)).toBe(sum);
  });

  it('pauses before each further slice of a long text', async () => {
    const text = prose.repeat(Math.ceil((10 * SLICE_LENGTH) / prose.length));
    let pauses = 0;
    await countTexts(counter, [text], async () => pauses++);
    expect(pauses).toBe(10);
  });

  it('pauses between many small texts too, and never for a small one', async () => {
    let pauses = 0;
    const pause = async (): Promise<number> => pauses++;
    await countTexts(counter, [prose], pause);
    expect(pauses).toBe(0);
    await countTexts(
      counter,
      Array.from({ length: 2_000 }, () => prose),
      pause,
    );
    expect(pauses).toBe(Math.floor((2_000 * prose.length) / SLICE_LENGTH));
  });

  it('reads no more texts once it is above the limit', async () => {
    let read = 0;
    const texts = function* (): Generator<string> {
      for (; read < 1_000; read++) yield prose;
    };
    const counted = await countTexts(counter, texts(), noPause, 100);
    expect(counted).toBeGreaterThan(100);
    expect(counted).toBeLessThan(140);
    expect(read).toBeLessThan(10);
  });
});
