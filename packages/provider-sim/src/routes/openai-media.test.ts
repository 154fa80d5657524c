import OpenAI, { toFile } from 'openai';
import { expect, it } from 'vitest';
import { readAll } from '../read-all.ts';
import { startProvider } from '../start-provider.ts';

it('makes images, and bills their tokens by quality', async () => {
  await using provider = await startProvider();
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const images = await openai.images.generate({ model: 'gpt-image-1', prompt: 'a red door', quality: 'low', n: 2 });
  expect(images.data).toHaveLength(2);
  expect(images.usage).toMatchObject({ input_tokens: 3, output_tokens: 544, total_tokens: 547 });
  // 3 × 5,000 + 544 × 40,000 nano-USD
  expect(provider.bill.nanoUsd).toBe(21_775_000);
});

it('transcribes a form, billed by the second for whisper and by the token for the others', async () => {
  await using provider = await startProvider({ script: () => ({ text: 'what was said' }) });
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const file = await toFile(Buffer.alloc(64_000), 'speech.wav');
  const bySecond = await openai.audio.transcriptions.create({ file, model: 'whisper-1' });
  const byToken = await openai.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' });
  expect(bySecond).toEqual({ text: 'what was said', usage: { type: 'duration', seconds: 2 } });
  expect(byToken.usage).toMatchObject({ type: 'tokens', input_tokens: 20, output_tokens: 3 });
  // 2 s × 100,000; 20 × 6,000 + 3 × 10,000 nano-USD
  expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([200_000, 150_000]);
  expect(provider.requests[0]?.body).toMatchObject({ model: 'whisper-1', file: { name: 'speech.wav', size: 64_000 } });
});

it('streams a transcript whose last event has the usage', async () => {
  await using provider = await startProvider({ script: () => ({ text: 'what was said' }) });
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const file = await toFile(Buffer.alloc(32_000), 'speech.wav');
  const stream = await openai.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe', stream: true });
  const events = await readAll(stream);
  expect(events).toHaveLength(4);
  expect(events.at(-1)).toMatchObject({
    type: 'transcript.text.done',
    text: 'what was said',
    usage: { output_tokens: 3 },
  });
});

it('speaks in bytes, and bills them though the reply tells no usage', async () => {
  await using provider = await startProvider();
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
  const speech = await openai.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello to you' });
  expect((await speech.arrayBuffer()).byteLength).toBeGreaterThan(0);
  // 3 × 600 + 36 × 12,000 nano-USD
  expect(provider.bill.nanoUsd).toBe(433_800);
});
