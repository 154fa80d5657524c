import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { startProvider } from '../start-provider.ts';

it('embeds texts and tokens, as floats or base64, and bills the input', async () => {
  await using provider = await startProvider();
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const model = 'text-embedding-3-large';
  const base64 = await openai.embeddings.create({ model, input: ['one two', 'three'], dimensions: 4 });
  const floats = await openai.embeddings.create({
    model,
    input: ['one two', 'three'],
    dimensions: 4,
    encoding_format: 'float',
  });
  const tokens = await openai.embeddings.create({ model, input: [1, 2, 3, 4, 5] });
  expect(base64.data).toHaveLength(2);
  expect(base64.data[0]?.embedding).toEqual(floats.data[0]?.embedding);
  expect(base64.data[0]?.embedding).not.toEqual(base64.data[1]?.embedding);
  expect(tokens.data[0]?.embedding).toHaveLength(1536);
  expect([base64.usage, tokens.usage]).toEqual([
    { prompt_tokens: 3, total_tokens: 3 },
    { prompt_tokens: 5, total_tokens: 5 },
  ]);
  // 3 × 130, 3 × 130 and 5 × 130 nano-USD
  expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([390, 390, 650]);
});
