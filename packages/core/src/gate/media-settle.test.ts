import { setImmediate as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeLedger, NOON } from '../budget/ledger/ledger-fixture.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { openaiAudio } from '../wire/openai-audio/openai-audio.ts';
import { openaiImages } from '../wire/openai-images/openai-images.ts';
import type { Operation } from '../wire/wire.ts';
import { Gate } from './gate.ts';
import type { GateCall } from './gate-call.ts';
import type { Settlement } from './settle.ts';

const table = PriceTable.builtIn();

/** What such models cost by the piece, in figures that are easy to follow. */
const BY_THE_PIECE = PriceTable.builtIn([
  { provider: 'openai', model: 'tts-1', usdPerCall: 0, usdPerTool: { character: 0.00002 } },
  {
    provider: 'openai',
    model: 'dall-e-3',
    usdPerCall: 0,
    usdPerTool: { image_standard_1024x1024: 0.05, image_hd_1792x1024: 0.2 },
  },
]);

async function settled(
  operation: Operation,
  body: object,
  answer: unknown,
  prices: PriceTable = table,
): Promise<Settlement & { held: number | undefined }> {
  const { ledger } = makeLedger([{ name: 'all', limit: { usd: 5 }, window: 'total' }], { maxWaitMs: 0 });
  const estimators = { inputs: new TokenEstimator({ pause }), outputs: new OutputEstimator() };
  const gate = new Gate({ ledger, prices: () => prices, ...estimators, unknownPrice: 'family', now: () => NOON });
  const wire = operation === 'image_generation' ? openaiImages : openaiAudio;
  const facts = wire.readRequest(operation, body)!;
  const reach = { at: {}, provider: 'openai', priced: true, baseUrl: undefined, mayChange: true, startedAt: NOON };
  const call: GateCall = { ...reach, wire, operation, facts, body };
  const admission = await gate.admit(call);
  if (!admission.ok) throw new Error(admission.reason);
  const reply = wire.readReply(operation, answer);
  const end = { reply, billed: true, unknownAttempts: 0, ranMs: 200 };
  return { ...gate.settle(call, admission.hold, end), held: admission.hold.need.expected.nanoUsd };
}

it('speech without usage costs what its text takes to say', async () => {
  const { cost } = await settled('speech', { model: 'gpt-4o-mini-tts', input: 'a'.repeat(1500) }, undefined);
  expect(cost).toMatchObject({ state: 'estimated', flags: ['no_usage'], usage: { audioOut: 2_000, output: 0 } });
  expect(cost.nanoUsd).toBeGreaterThanOrEqual(2_000 * 12_000);
});

it('speech of a model without a price is charged as another voice', async () => {
  const { cost, assumedNanoUsd } = await settled('speech', { model: 'tts-1', input: 'a'.repeat(1500) }, undefined);
  expect(cost).toMatchObject({ nanoUsd: undefined, state: 'unknown' });
  expect(assumedNanoUsd).toBeGreaterThanOrEqual(2_000 * 12_000);
});

it('images without usage are charged by their number', async () => {
  const body = { model: 'gpt-image-1', prompt: 'a cat', n: 2 };
  const { cost } = await settled('image_generation', body, { data: [{}, {}] });
  expect(cost.usage.imageOut).toBe(2 * 4_160);
});

it.each([
  ['its duration', { text: 'hello', duration: 30 }, 30],
  ['the size of its file', 'hello', 100],
])('a transcript without usage is charged by %s', async (_what, answer, seconds) => {
  const file = new Blob([new Uint8Array(1_600_000)]);
  const { cost } = await settled('transcription', { model: 'whisper-1', file }, answer);
  expect(cost).toMatchObject({ nanoUsd: seconds * 100_000, state: 'estimated', usage: { audioSeconds: seconds } });
});

it('speech that is priced by the character costs its text, held and charged', async () => {
  const body = { model: 'tts-1', input: 'é'.repeat(1_000) };
  const { cost, held } = await settled('speech', body, undefined, BY_THE_PIECE);
  expect(cost).toMatchObject({ nanoUsd: 20_000_000, state: 'estimated', usage: { tools: { character: 1_000 } } });
  expect(held).toBe(cost.nanoUsd);
});

it.each([
  [{}, 50_000_000],
  [{ quality: 'auto', size: '1024x1024' }, 50_000_000],
  [{ n: 3, quality: 'hd', size: '1792x1024' }, 600_000_000],
])('an image that is priced by the piece costs what its quality and size do: %j', async (asked, nanoUsd) => {
  const body = { model: 'dall-e-3', prompt: 'a cat', ...asked };
  const { cost, held } = await settled('image_generation', body, { data: [{}] }, BY_THE_PIECE);
  expect(cost).toMatchObject({ nanoUsd, state: 'estimated', origin: 'user' });
  expect(held).toBe(nanoUsd);
});
