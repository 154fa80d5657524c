import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { readAll } from '../read-all.ts';
import { startProvider } from '../start-provider.ts';

it('completes text, at most 16 tokens unless more are asked for, whole or as a stream', async () => {
  await using provider = await startProvider({ script: () => ({ usage: { output: 40 } }) });
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const asked = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once upon a time' };
  const whole = await openai.completions.create(asked);
  const stream = await openai.completions.create({ ...asked, stream: true, stream_options: { include_usage: true } });
  const chunks = await readAll(stream);
  expect(whole.choices[0]?.finish_reason).toBe('length');
  expect(whole.usage).toMatchObject({ prompt_tokens: 4, completion_tokens: 16 });
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
  expect(chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.text)).join('')).toBe(whole.choices[0]?.text);
  // 4 × 1,500 + 16 × 2,000 nano-USD
  expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([38_000, 38_000]);
});
