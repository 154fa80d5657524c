import { describe, expect, it } from 'vitest';
import { loadedEncoding, loadEncoding } from './encodings.ts';
import { upperOf } from './input-estimate.ts';
import type { RequestSizes } from './request-sizes.ts';
import { TokenEstimator, type ModelKey } from './token-estimator.ts';

const gpt: ModelKey = { provider: 'openai', model: 'gpt-4o' };
const claude: ModelKey = { provider: 'anthropic', model: 'claude-opus-5-5' };
const newEstimator = (): TokenEstimator => new TokenEstimator({ pause: async () => {} });

const sizes = (over: Partial<RequestSizes> = {}): RequestSizes => ({
  operation: 'chat',
  model: 'gpt-4o',
  textLength: 10_000,
  messages: 2,
  media: { images: 0, audio: 0, files: 0 },
  tools: 0,
  serverTools: false,
  ...over,
});
/** Base 3, and 4 for each of two messages. */
const OVERHEAD = 11;

describe('TokenEstimator.estimate', () => {
  it('goes by length and family before anything is known', () => {
    const estimator = newEstimator();
    expect(estimator.estimate(gpt, sizes()).tokens).toBe(2_700 + OVERHEAD);
    expect(estimator.estimate(claude, sizes()).tokens).toBe(2_700 * 1.62 + 16);
    expect(estimator.estimate(gpt, sizes({ operation: 'embeddings' })).tokens).toBe(2_700);
    expect(estimator.estimate(gpt, sizes({ media: { images: 1, audio: 0, files: 0 } })).tokens).toBe(2_711 + 765);
  });

  it('learns what a model makes of text, each model of each provider for itself', () => {
    const estimator = newEstimator();
    for (let i = 0; i < 40; i++) estimator.learn(estimator.estimate(gpt, sizes()), { input: 4_011, output: 10 });
    expect(estimator.estimate(gpt, sizes()).tokens / 4_011).toBeCloseTo(1, 1);
    expect(estimator.tokensOfLength(gpt, 10_000) / 4_000).toBeCloseTo(1, 1);
    expect(estimator.estimate({ ...gpt, provider: 'azure' }, sizes()).tokens).toBe(2_711);
    expect(estimator.estimate(claude, sizes()).tokens).toBe(4_390);
  });

  it.each([
    ['images', sizes({ media: { images: 1, audio: 0, files: 0 } }), 5_000],
    ['tools run by the provider', sizes({ serverTools: true }), 5_000],
    ['too little text', sizes({ textLength: 300 }), 500],
    ['a figure out of all proportion', sizes(), 100_000],
    ['no figure', sizes(), 0],
    ['a broken figure', sizes(), Number.NaN],
  ])('learns no ratio from %s', (_, request, input) => {
    const estimator = newEstimator();
    estimator.learn(estimator.estimate(gpt, request), { input, output: 10 });
    expect(estimator.estimate(gpt, sizes()).tokens).toBe(2_711);
  });

  it('keeps 95 of 100 reports below the upper figure while texts vary by half', () => {
    const estimator = newEstimator();
    let above = 0;
    for (let i = 0; i < 1_000; i++) {
      const estimate = estimator.estimate(gpt, sizes());
      const input = OVERHEAD + 2_700 * (1 + 0.5 * Math.sin(i * i));
      if (input > upperOf(estimate)) above++;
      estimator.learn(estimate, { input, output: 0 });
    }
    expect(above).toBeLessThan(50);
    expect(upperOf(estimator.estimate(gpt, sizes()))).toBeLessThan(2_700 * 3.5);
  });
});

describe('TokenEstimator.estimate within a conversation', () => {
  const messages = (count: number): object[] => Array.from({ length: count }, () => ({}));
  const turn = { input: 5_000, output: 200, outputLength: 600 };

  it('adds the answer and the new text to what was reported', () => {
    const estimator = newEstimator();
    const history = messages(2);
    estimator.learn(estimator.estimate(gpt, sizes(), { messages: history }), turn);
    // The app goes on with the same list.
    history.push(...messages(2));
    const learned = estimator.estimate(gpt, sizes({ textLength: 0, messages: 0 })).ratio.mean;
    const estimate = estimator.estimate(gpt, sizes({ textLength: 11_600, messages: 4 }), { messages: history });
    expect(estimate.anchored).toBe(true);
    expect(estimate.tokens).toBe(Math.round(5_000 + 200 + 2 * 4 + 1_000 * 0.27 * learned));
  });

  it('goes by the length of the answer where it was not told its length or does not get it back whole', () => {
    const estimator = newEstimator();
    const history = messages(2);
    const first = estimator.estimate(gpt, sizes(), { messages: history });
    const next = { messages: [...history, ...messages(1)] };
    estimator.learn(first, { input: 5_000, output: 200 });
    expect(estimator.estimate(gpt, sizes({ textLength: 11_000 }), next)).toMatchObject({ fixed: 5_000, scaled: 270 });
    estimator.learn(first, turn);
    expect(estimator.estimate(gpt, sizes({ textLength: 10_500 }), next)).toMatchObject({ fixed: 5_000, scaled: 135 });
  });

  it('expects what was reported when the same request is sent again', () => {
    const estimator = newEstimator();
    const history = messages(2);
    estimator.learn(estimator.estimate(gpt, sizes(), { messages: history }), turn);
    expect(estimator.estimate(gpt, sizes(), { messages: history }).tokens).toBe(5_000);
  });

  it('starts afresh where the text has become less', () => {
    const estimator = newEstimator();
    const history = messages(2);
    estimator.learn(estimator.estimate(gpt, sizes(), { messages: history }), turn);
    expect(estimator.estimate(gpt, sizes({ textLength: 9_000 }), { messages: history }).anchored).toBe(false);
  });

  it('counts only images that were not in the reported request', () => {
    const estimator = newEstimator();
    const history = messages(2);
    const media = { images: 1, audio: 0, files: 0 };
    estimator.learn(estimator.estimate(gpt, sizes({ media }), { messages: history }), turn);
    expect(estimator.estimate(gpt, sizes({ media }), { messages: history }).tokens).toBe(5_000);
    expect(estimator.estimate(gpt, sizes({ media: { ...media, images: 2 } }), { messages: history }).tokens).toBe(
      5_765,
    );
  });

  it('does not go on from a request in which the provider ran tools', () => {
    const estimator = newEstimator();
    const history = messages(2);
    estimator.learn(estimator.estimate(gpt, sizes({ serverTools: true }), { messages: history }), turn);
    expect(estimator.estimate(gpt, sizes(), { messages: history }).anchored).toBe(false);
  });

  it('puts the whole request on top of a response whose context the provider keeps, and learns no ratio from that', () => {
    const estimator = newEstimator();
    estimator.learn(estimator.estimate(gpt, sizes({ textLength: 300 })), { ...turn, responseId: 'resp_1' });
    const estimate = estimator.estimate(gpt, sizes({ textLength: 1_000, messages: 1 }), { previousId: 'resp_1' });
    expect(estimate).toMatchObject({ anchored: true, tokens: 5_000 + 200 + 4 + 270 });
    estimator.learn(estimate, { input: 9_000, output: 10 });
    expect(estimator.estimate(gpt, sizes()).tokens).toBe(2_711);
    expect(estimator.estimate(gpt, sizes(), { previousId: 'resp_unknown' }).anchored).toBe(false);
  });

  it('leaves less between expected and upper than without the conversation', () => {
    const estimator = newEstimator();
    const history = messages(2);
    estimator.learn(estimator.estimate(gpt, sizes(), { messages: history }), turn);
    const anchored = estimator.estimate(gpt, sizes({ textLength: 11_000 }), { messages: history });
    const afresh = estimator.estimate(gpt, sizes({ textLength: 11_000 }));
    expect(upperOf(anchored) / anchored.tokens).toBeLessThan(1.1);
    expect(upperOf(afresh) / afresh.tokens).toBeGreaterThan(1.5);
  });
});

describe('TokenEstimator.exact', () => {
  const text = 'A budget is not exceeded, by any number of concurrent callers in any number of processes. '.repeat(20);
  const request = sizes({ textLength: 2 * text.length });

  it('is the count and the overhead for a model whose encoding is known; nothing is loaded before', async () => {
    const estimator = newEstimator();
    estimator.estimate(gpt, request);
    estimator.tokensOfLength(gpt, 1_000);
    expect(loadedEncoding('o200k_base')).toBeUndefined();
    const counter = await loadEncoding('o200k_base');
    const estimate = await estimator.exact(gpt, request, [text, text]);
    expect(estimate).toMatchObject({ basis: 'count', tokens: 2 * counter.count(text) + OVERHEAD });
    expect(upperOf(estimate) / estimate.tokens).toBeLessThan(1.03);
  });

  it('is scaled for other models, by a ratio that is learned apart from that of lengths', async () => {
    const estimator = newEstimator();
    const counted = 2 * (await loadEncoding('o200k_base')).count(text);
    const before = await estimator.exact(claude, request, [text, text]);
    expect(before.tokens).toBe(Math.round(counted * 1.62) + 16);
    const byLength = estimator.estimate(claude, request).tokens;
    for (let i = 0; i < 40; i++) {
      estimator.learn(await estimator.exact(claude, request, [text, text]), { input: counted * 2 + 16, output: 1 });
    }
    expect((await estimator.exact(claude, request, [text, text])).tokens / (counted * 2 + 16)).toBeCloseTo(1, 1);
    expect(estimator.estimate(claude, request).tokens).toBe(byLength);
  });

  it('stops above a limit, and learns nothing from a count that it broke off', async () => {
    const estimator = newEstimator();
    const estimate = await estimator.exact(gpt, request, [text, text], { limit: 150 });
    expect(estimate.tokens).toBeGreaterThan(150);
    expect(estimate.tokens).toBeLessThan(200);
    estimator.learn(estimate, { input: 700, output: 1 });
    expect((await estimator.exact(gpt, request, [text, text])).ratio.mean).toBe(1);
  });

  it('lets a conversation go on from it', async () => {
    const estimator = newEstimator();
    const conversation = { messages: [{}, {}] };
    estimator.learn(await estimator.exact(gpt, request, [text, text], { conversation }), { input: 800, output: 1 });
    expect(estimator.estimate(gpt, request, conversation)).toMatchObject({ anchored: true, tokens: 800 });
  });

  it('goes by length where the encoding cannot be loaded', async () => {
    const estimator = new TokenEstimator({ pause: async () => {}, load: () => Promise.reject(new Error('gone')) });
    const estimate = await estimator.exact(gpt, request, [text, text]);
    expect(estimate).toMatchObject({ basis: 'length', tokens: estimator.estimate(gpt, request).tokens });
  });
});
