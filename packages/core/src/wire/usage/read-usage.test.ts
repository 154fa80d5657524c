import { describe, expect, it } from 'vitest';
import { emptyUsage, type Usage } from '../../usage.ts';
import type { PriceContext } from '../wire.ts';
import { readUsage } from './read-usage.ts';

function classes(usage: Usage): Partial<Usage> {
  const empty = emptyUsage();
  const entries = Object.entries(usage).filter(([key, value]) => {
    return JSON.stringify(value) !== JSON.stringify(empty[key as keyof Usage]);
  });
  return Object.fromEntries(entries);
}

const CASES: readonly [
  what: string,
  provider: string,
  context: PriceContext,
  usage: unknown,
  wanted: Partial<Usage>,
][] = [
  [
    'a transcription by tokens',
    'openai',
    { api: 'audio.transcriptions' },
    {
      type: 'tokens',
      input_tokens: 110,
      output_tokens: 20,
      input_token_details: { audio_tokens: 100, text_tokens: 10 },
    },
    { input: 10, audioIn: 100, output: 20 },
  ],
  [
    'images, by their shape',
    'openai',
    {},
    { input_tokens: 350, input_tokens_details: { text_tokens: 50, image_tokens: 300 }, output_tokens: 4160 },
    { input: 50, imageIn: 300, imageOut: 4160 },
  ],
  [
    'a realtime answer with cached input by modality',
    'openai',
    { api: 'realtime' },
    {
      input_tokens: 1000,
      output_tokens: 300,
      input_token_details: {
        text_tokens: 400,
        audio_tokens: 600,
        cached_tokens: 500,
        cached_tokens_details: { text_tokens: 300, audio_tokens: 200 },
      },
      output_token_details: { text_tokens: 100, audio_tokens: 200 },
    },
    { input: 100, cacheRead: 300, audioIn: 400, audioCacheRead: 200, output: 100, audioOut: 200 },
  ],
  [
    'a compaction and an advisor of Anthropic',
    'anthropic',
    {},
    {
      input_tokens: 10,
      output_tokens: 5,
      iterations: [
        { type: 'compaction', input_tokens: 100, output_tokens: 20 },
        { type: 'message', input_tokens: 10, output_tokens: 5 },
        { type: 'advisor_message', model: 'claude-opus-4-8', input_tokens: 7, output_tokens: 3 },
      ],
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 9 },
    },
    {
      input: 10,
      output: 5,
      tools: { web_search: 2 },
      subCalls: [
        { model: '', usage: { ...emptyUsage(), input: 100, output: 20 } },
        { model: 'claude-opus-4-8', usage: { ...emptyUsage(), input: 7, output: 3 } },
      ],
    },
  ],
  [
    'Gemini with cached audio, thoughts and grounding',
    'gcp.gemini',
    { grounding_metadata: { webSearchQueries: ['a', 'b'] } },
    {
      promptTokenCount: 1000,
      cachedContentTokenCount: 500,
      candidatesTokenCount: 50,
      thoughtsTokenCount: 70,
      promptTokensDetails: [
        { modality: 'AUDIO', tokenCount: 300 },
        { modality: 'TEXT', tokenCount: 700 },
      ],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 100 }],
    },
    {
      input: 300,
      cacheRead: 400,
      audioIn: 200,
      audioCacheRead: 100,
      output: 50,
      reasoning: 70,
      tools: { grounding_query: 2, grounded_prompt: 1 },
    },
  ],
  [
    'a Google interaction',
    'google',
    {},
    {
      total_input_tokens: 100,
      total_cached_tokens: 40,
      total_output_tokens: 9,
      total_thought_tokens: 5,
      total_tool_use_tokens: 7,
    },
    { input: 67, cacheRead: 40, output: 9, reasoning: 5 },
  ],
  [
    'Claude on Vertex, by its shape',
    'gcp.vertex_ai',
    {},
    { input_tokens: 5, cache_read_input_tokens: 50, output_tokens: 3 },
    { input: 5, cacheRead: 50, output: 3 },
  ],
  [
    'Mistral with cached tokens under its own name',
    'mistral_ai',
    {},
    { prompt_tokens: 100, completion_tokens: 7, num_cached_tokens: 60, prompt_audio_seconds: 12.5 },
    { input: 40, cacheRead: 60, output: 7, audioSeconds: 12.5 },
  ],
  ['a rerank of Cohere', 'cohere', {}, { meta: { billed_units: { search_units: 1 } } }, { tools: { rerank: 1 } }],
  [
    'the last event of a Groq stream',
    'groq',
    {},
    { x_groq: { usage: { prompt_tokens: 10, completion_tokens: 5 } } },
    { input: 10, output: 5 },
  ],
  [
    'xAI chat with more cached than prompt tokens',
    'xai',
    {},
    { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 30 } },
    { input: 10, cacheRead: 30, output: 5 },
  ],
  [
    'xAI responses, reasoning inside, with its bill',
    'x_ai',
    { api: 'responses' },
    {
      input_tokens: 10,
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 40 },
      cost_in_usd_ticks: 37_756_000,
    },
    { input: 10, output: 10, reasoning: 40, reportedNanoUsd: 3_775_600 },
  ],
  [
    'Moonshot’s cached tokens at the top',
    'moonshot_ai',
    {},
    { prompt_tokens: 100, completion_tokens: 5, cached_tokens: 80 },
    { input: 20, cacheRead: 80, output: 5 },
  ],
  [
    'the AI SDK without the provider’s own object',
    'vercel-ai',
    { ai_sdk_provider: 'openai.responses' },
    {
      inputTokens: 100,
      inputTokenDetails: { noCacheTokens: undefined, cacheReadTokens: 60, cacheWriteTokens: undefined },
      outputTokens: 50,
      outputTokenDetails: { textTokens: undefined, reasoningTokens: 20 },
    },
    { input: 40, cacheRead: 60, output: 30, reasoning: 20 },
  ],
  [
    'the AI SDK before version 7',
    'vercel-ai',
    {},
    { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, reasoningTokens: 20 },
    { input: 40, cacheRead: 60, output: 30, reasoning: 20 },
  ],
  ['Ollama without a prompt count', 'ollama', {}, { eval_count: 7 }, { output: 7 }],
];

describe('readUsage', () => {
  it.each(CASES)('reads %s', (_what, ...[provider, context, usage, wanted]) => {
    const reading = readUsage(provider, usage, context);
    expect(classes(reading.usage)).toEqual(wanted);
    expect(reading.present).toBe(true);
  });

  it('takes a fallback’s answer, and what the model that declined took on top', () => {
    const { usage, flags } = readUsage('anthropic', {
      input_tokens: 10,
      output_tokens: 5,
      iterations: [
        { type: 'message', model: 'claude-opus-5', input_tokens: 9, output_tokens: 0 },
        { type: 'fallback_message', model: 'claude-sonnet-5', input_tokens: 10, output_tokens: 5 },
      ],
    });
    expect(usage.subCalls).toEqual([{ model: 'claude-opus-5', usage: { ...emptyUsage(), input: 9 } }]);
    expect(flags).toEqual(['fallback']);
  });

  it.each([
    ['negative', { prompt_tokens: -5, completion_tokens: 5 }],
    ['NaN', { prompt_tokens: NaN, completion_tokens: 5 }],
    ['infinite', { prompt_tokens: Infinity, completion_tokens: 5 }],
    ['a text', { prompt_tokens: '12', completion_tokens: 5 }],
    ['a list', { prompt_tokens: [1], completion_tokens: 5 }],
    [
      'less than its parts',
      { prompt_tokens: 0, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 9 } },
    ],
  ])('flags a count that is %s', (_what, usage) => {
    expect(readUsage('openai', usage).flags).toEqual(['inconsistent_usage']);
  });

  it('flags ten million tokens, and keeps them', () => {
    const { usage, flags } = readUsage('openai', { prompt_tokens: 1e7, completion_tokens: 5 });
    expect([usage.input, flags]).toEqual([1e7, ['implausible_usage']]);
  });

  it.each([null, undefined, {}])('flags cache writes whose lifetime is not said: %o', (cache_creation) => {
    const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 5, cache_creation };
    expect(readUsage('anthropic', usage)).toMatchObject({ flags: ['no_cache_split'], usage: { cacheWrite5m: 5 } });
  });

  it.each([
    ['no part at all', 1000, 0, 0, 1000, ['no_cache_split']],
    ['some parts', 1000, 100, 400, 600, ['no_cache_split']],
    ['the short-lived part alone', 1000, 300, 0, 1000, ['no_cache_split']],
    ['all parts', 1000, 600, 400, 600, []],
    ['more parts than there are', 1000, 900, 400, 900, ['inconsistent_usage']],
  ])('prices cache writes of which %s is named at the short-lived rate, and flags what had to be guessed', (...row) => {
    const [, written, ephemeral_5m_input_tokens, ephemeral_1h_input_tokens, cacheWrite5m, flags] = row;
    const { usage, flags: seen } = readUsage('anthropic', {
      input_tokens: 10,
      output_tokens: 16,
      cache_creation_input_tokens: written,
      cache_creation: { ephemeral_5m_input_tokens, ephemeral_1h_input_tokens },
    });
    expect([usage.cacheWrite5m, usage.cacheWrite1h, seen]).toEqual([cacheWrite5m, ephemeral_1h_input_tokens, flags]);
  });

  it.each([
    [[{ ttl: '1h', inputTokens: 400 }], ['no_cache_split']],
    [
      [
        { ttl: '1h', inputTokens: 400 },
        { ttl: '5m', inputTokens: 600 },
      ],
      [],
    ],
  ])('flags cache writes on Bedrock that no part names: %j', (cacheDetails, flags) => {
    const usage = { inputTokens: 1, outputTokens: 1, cacheWriteInputTokens: 1000, cacheDetails };
    const reading = readUsage('aws.bedrock', usage);
    expect([reading.usage.cacheWrite5m, reading.usage.cacheWrite1h, reading.flags]).toEqual([600, 400, flags]);
  });

  it('takes null for nothing, without a flag', () => {
    const usage = {
      prompt_tokens: 5,
      completion_tokens: 1,
      prompt_tokens_details: null,
      completion_tokens_details: null,
    };
    expect(readUsage('openai', usage)).toMatchObject({ flags: [], present: true, usage: { input: 5, output: 1 } });
  });

  it('rounds a fraction of a token up', () => {
    expect(readUsage('openai', { prompt_tokens: 1.2 }).usage.input).toBe(2);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'usage'],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['texts instead of counts', { prompt_tokens: '1', completion_tokens: '2' }],
  ])('says that %s is no usage', (_what, usage) => {
    expect(readUsage('openai', usage)).toMatchObject({ present: false, usage: emptyUsage() });
  });

  it('survives getters that throw', () => {
    const hostile = Object.defineProperty({}, 'prompt_tokens', {
      get() {
        throw new Error('no');
      },
    });
    expect(readUsage('openai', hostile)).toEqual({
      usage: emptyUsage(),
      flags: ['inconsistent_usage'],
      present: false,
    });
  });

  it('takes no count from a prototype that came in as data', () => {
    const usage = JSON.parse('{"prompt_tokens":1,"__proto__":{"completion_tokens":99}}') as unknown;
    expect(readUsage('openai', usage).usage.output).toBe(0);
  });
});
