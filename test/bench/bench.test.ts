import { expect, it } from 'vitest';
import { execute } from '../steps.ts';

const ROWS = [
  'OpenAI: a call, everything on, of the bare SDK',
  'Anthropic: a call, its own span off, of the bare SDK',
  'Anthropic: a call, of the SDK with its own span on',
  'OpenAI: a call with 100,000 tokens, of the bare SDK',
  'Anthropic: a call with 100,000 tokens, of the bare SDK',
  'OpenAI: a streamed chunk',
  'OpenAI: a streamed chunk, of OTel contrib’s openai instrumentation',
  "ESM: both SDKs and otel 'attach', of both SDKs",
  "ESM: both SDKs and otel 'off', of both SDKs",
  "ESM: both SDKs and otel 'own', of both SDKs and a NodeSDK",
  "CommonJS: both SDKs and otel 'attach', of both SDKs",
  "CommonJS: both SDKs and otel 'off', of both SDKs",
  "CommonJS: both SDKs and otel 'own', of both SDKs and a NodeSDK",
  'costOf of a provider’s usage object',
  'reserve and settle over 4 accounts',
  'o200k: memory, the module of its ranks included',
  'o200k: memory after long texts',
  'o200k: load, of js-tiktoken’s',
  '1 MB of one character or word, of 1 MB of English',
  'heap after calls',
  'heap after streams that were left at chunk 5',
];

it('measures every quantity that has a mark, and says of each whether it is met', { timeout: 240_000 }, async () => {
  const lines = (await execute('node', ['test/bench/run.mjs', '--quick'])).split('\n');
  const judged = lines.filter((line) => /≤ .* (met|NOT MET|skipped)$/.test(line)).map((line) => line.trim());
  const named = judged.map((line) => ROWS.filter((row) => line.startsWith(row)).at(-1));
  expect(named).toEqual(ROWS);
  expect(lines.join('\n')).not.toContain('NaN');
  expect(lines.join('\n')).toMatch(/\d+ of 21 marks met/);
});
