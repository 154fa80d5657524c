import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalInput, totalOutput, type Usage } from '../../usage.ts';
import { readUsage, usageReaderFor } from './read-usage.ts';

const PROVIDERS = `
  openai anthropic google aws.bedrock mistral_ai cohere groq deepseek x_ai openrouter ollama
  vercel-ai unknown
`.split(/\s+/);
const APIS = [
  'chat.completions',
  'responses',
  'embeddings',
  'audio.transcriptions',
  'images.edit',
  'realtime',
  'batch',
];
const KEYS = `
  prompt_tokens completion_tokens total_tokens prompt_tokens_details completion_tokens_details
  cached_tokens cache_write_tokens reasoning_tokens audio_tokens input_tokens output_tokens
  input_tokens_details output_tokens_details cache_write_tokens_details ttl_12h_tokens
  image_tokens cache_creation_input_tokens cache_read_input_tokens cache_creation
  ephemeral_1h_input_tokens thinking_tokens server_tool_use web_search_requests iterations type
  model seconds promptTokenCount candidatesTokenCount cachedContentTokenCount promptTokensDetails
  thoughtsTokenCount inputTokens outputTokens cacheReadInputTokens cacheWriteInputTokens
  cacheDetails ttl raw billed_units meta num_cached_tokens x_groq usage prompt_cache_hit_tokens
  cost cost_in_usd_ticks prompt_eval_count eval_count inputTokenDetails outputTokenDetails
  input_token_details __proto__
`.split(/\s+/);
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.nat(100_000) },
  fc.constantFrom<unknown>(
    null,
    undefined,
    -1,
    NaN,
    Infinity,
    1e7,
    1e300,
    0.5,
    '7',
    '',
    true,
    'compaction',
    'AUDIO',
    '1h',
  ),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'usage' },
    leaf,
    fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 10 }),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const usageLike = fc.dictionary(fc.constantFrom(...KEYS), tree, { maxKeys: 12 });

describe('every reader', () => {
  it('never throws, and gives counts that are whole and not negative', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PROVIDERS),
        fc.constantFrom(...APIS),
        fc.oneof(usageLike, tree),
        (provider, api, usage) => {
          const reading = usageReaderFor(provider, usage, { api })(usage, { api });
          expectSound(reading.usage);
          expect(new Set(reading.flags).size).toBe(reading.flags.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps the totals of a source that is consistent', () => {
    const counts = fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000));
    fc.assert(
      fc.property(counts, ([plain, read, written, text, reasoning]) => {
        const input = plain + read + written;
        const output = text + reasoning;
        const chat = readUsage('openai', {
          prompt_tokens: input,
          completion_tokens: output,
          prompt_tokens_details: { cached_tokens: read, cache_write_tokens: written },
          completion_tokens_details: { reasoning_tokens: reasoning },
        });
        const messages = readUsage('anthropic', {
          input_tokens: plain,
          cache_read_input_tokens: read,
          cache_creation_input_tokens: written,
          cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
          output_tokens: output,
          output_tokens_details: { thinking_tokens: reasoning },
        });
        for (const { usage, flags } of [chat, messages]) {
          expect([totalInput(usage), totalOutput(usage), flags]).toEqual([input, output, []]);
          expect(usage).toMatchObject({
            input: plain,
            cacheRead: read,
            cacheWrite5m: written,
            output: text,
            reasoning,
          });
        }
      }),
    );
  });
});

function expectSound({ tools, subCalls, reportedNanoUsd, audioSeconds, ...counts }: Usage): void {
  const all = [...Object.values(counts), ...Object.values(tools), reportedNanoUsd ?? 0];
  for (const count of all) expect(Number.isInteger(count) && count >= 0).toBe(true);
  expect(Number.isFinite(audioSeconds) && audioSeconds >= 0).toBe(true);
  for (const call of subCalls) expectSound(call.usage);
}
