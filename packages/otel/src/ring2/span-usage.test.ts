import type { Attributes } from '@opentelemetry/api';
import { emptyUsage, type Usage } from '@tollgate/core';
import { expect, it } from 'vitest';
import { spanUsage } from './span-usage.ts';

type Case = [what: string, scope: string, attributes: Attributes, usage: Partial<Usage>];

const CASES: Case[] = [
  [
    'an inclusive input',
    'com.anthropic.sdk.typescript',
    {
      'gen_ai.usage.input_tokens': 1847,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 1000,
      'gen_ai.usage.cache_write.input_tokens': 500,
      'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 200,
      'gen_ai.usage.reasoning.output_tokens': 20,
    },
    { input: 347, cacheRead: 1000, cacheWrite5m: 300, cacheWrite1h: 200, output: 30, reasoning: 20 },
  ],
  [
    'what is billed by the piece, and nonsense in its place',
    'ours',
    {
      'gen_ai.usage.input_tokens': 10,
      'tollgate.usage.units': ['audio_second=12.5', 'web_search=3', 'x', '=1', 'y=-1', 'z=NaN'],
    },
    { input: 10, audioSeconds: 12.5, tools: { web_search: 3 } },
  ],
  [
    "an emitter that passes on Anthropic's exclusive input",
    '@traceloop/instrumentation-anthropic',
    { 'gen_ai.usage.input_tokens': 900, 'gen_ai.usage.output_tokens': 5, 'gen_ai.usage.cache_read.input_tokens': 100 },
    { input: 900, cacheRead: 100, output: 5 },
  ],
  [
    'caches that are larger than the input',
    'unknown',
    {
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_creation.input_tokens': 100,
    },
    { input: 10, cacheWrite5m: 100, output: 5 },
  ],
  [
    'a total that tells that caches come on top',
    'unknown',
    {
      'gen_ai.usage.input_tokens': 300,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_read_input_tokens': 100,
      'gen_ai.usage.total_tokens': 405,
    },
    { input: 300, cacheRead: 100, output: 5 },
  ],
  [
    'a total that tells that reasoning comes on top',
    'unknown',
    {
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.reasoning_tokens': 20,
      'gen_ai.usage.total_tokens': 100,
    },
    { input: 30, output: 50, reasoning: 20 },
  ],
  [
    'the OpenInference dialect',
    '@arizeai/openinference-instrumentation-openai',
    {
      'llm.token_count.prompt': 120,
      'llm.token_count.completion': 30,
      'llm.token_count.prompt_details.cache_read': 20,
      'llm.token_count.prompt_details.audio': 10,
      'llm.token_count.completion_details.reasoning': 5,
    },
    { input: 90, cacheRead: 20, audioIn: 10, output: 25, reasoning: 5 },
  ],
  [
    "the AI SDK's older dialect, with numbers as strings",
    'ai',
    { 'ai.usage.promptTokens': '12', 'ai.usage.completionTokens': '3' },
    { input: 12, output: 3 },
  ],
];

it.each(CASES)('reads %s', (_what, scope, attributes, usage) => {
  expect(spanUsage(attributes, scope)).toEqual({ usage: { ...emptyUsage(), ...usage }, flags: [] });
});

it('says nothing where the span says nothing', () => {
  expect(spanUsage({ 'gen_ai.usage.input_tokens': -1, 'gen_ai.usage.output_tokens': 'many' }, 's')).toBeUndefined();
});

it('flags parts that are larger than their whole, and is never negative', () => {
  const attributes = {
    'llm.token_count.prompt': 5,
    'llm.token_count.completion': 5,
    'llm.token_count.prompt_details.audio': 9,
  };
  expect(spanUsage(attributes, 's')).toEqual({
    usage: { ...emptyUsage(), audioIn: 9, output: 5 },
    flags: ['inconsistent_usage'],
  });
});
