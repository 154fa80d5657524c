import type { Attributes } from '@opentelemetry/api';
import { emptyUsage, type Usage } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { firstNumber } from './span-like.ts';

const INPUT = [
  KEY.inputTokens,
  'gen_ai.usage.prompt_tokens',
  'llm.token_count.prompt',
  'ai.usage.inputTokens',
  'ai.usage.promptTokens',
  'ai.usage.tokens',
];
const OUTPUT = [
  KEY.outputTokens,
  'gen_ai.usage.completion_tokens',
  'llm.token_count.completion',
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
];
const CACHE_READ = [
  KEY.cacheReadTokens,
  'gen_ai.usage.cache_read_input_tokens',
  'gen_ai.usage.input_tokens.cached',
  'llm.token_count.prompt_details.cache_read',
  'ai.usage.cachedInputTokens',
  'ai.usage.inputTokenDetails.cacheReadTokens',
];
const CACHE_WRITE = [
  KEY.cacheWriteTokens,
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.usage.cache_creation_input_tokens',
  'gen_ai.usage.cache_write_input_tokens',
  'llm.token_count.prompt_details.cache_write',
  'ai.usage.inputTokenDetails.cacheWriteTokens',
];
const CACHE_WRITE_1H = [
  KEY.cacheWriteLongTokens,
  'anthropic.usage.cache_creation.ephemeral_1h_input_tokens',
  'gen_ai.usage.cache_creation.1h_input_tokens',
];
const REASONING = [
  KEY.reasoningTokens,
  'gen_ai.usage.reasoning_tokens',
  'gen_ai.usage.reasoning_output_tokens',
  'llm.token_count.completion_details.reasoning',
  'ai.usage.reasoningTokens',
  'ai.usage.outputTokenDetails.reasoningTokens',
];
const AUDIO_IN = [KEY.audioInputTokens, 'llm.token_count.prompt_details.audio', 'gen_ai.usage.audio_input_tokens'];
const AUDIO_OUT = [
  KEY.audioOutputTokens,
  'llm.token_count.completion_details.audio',
  'gen_ai.usage.audio_output_tokens',
];
const TOTAL = ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total', 'ai.usage.totalTokens'];

/** Emitters that pass on Anthropic's own count, which leaves caches out. Everybody else's input includes them. */
const EXCLUSIVE_SCOPES = [/^@traceloop\/instrumentation-anthropic/, /openlit.*anthropic/i];

/** What a finished span says was used, in disjoint classes; undefined where it says nothing. `flags` names what had to be mended. */
export function spanUsage(attributes: Attributes, scope: string): { usage: Usage; flags: string[] } | undefined {
  const said = read(attributes);
  if (said.input === undefined && said.output === undefined) return undefined;
  const { cacheRead, cacheWrite, cacheWrite1h, reasoning, audioIn, audioOut } = said;
  const cached = cacheRead + cacheWrite;
  const input = (said.input ?? 0) + (leavesCachesOut(said, scope) ? cached : 0);
  const output = (said.output ?? 0) + (leavesReasoningOut(said) ? reasoning : 0);
  const plainInput = input - cached - audioIn;
  const plainOutput = output - reasoning - audioOut;
  const long = Math.min(cacheWrite1h, cacheWrite);
  const { audio_second: audioSeconds = 0, ...tools } = unitsOf(attributes[KEY.billedUnits]);
  const usage: Usage = {
    ...emptyUsage(),
    input: Math.max(0, plainInput),
    cacheRead,
    cacheWrite5m: cacheWrite - long,
    cacheWrite1h: long,
    audioIn,
    output: Math.max(0, plainOutput),
    reasoning,
    audioOut,
    audioSeconds,
    tools,
  };
  return { usage, flags: plainInput < 0 || plainOutput < 0 ? ['inconsistent_usage'] : [] };
}

interface Said {
  input: number | undefined;
  output: number | undefined;
  total: number | undefined;
  cacheRead: number;
  cacheWrite: number;
  cacheWrite1h: number;
  reasoning: number;
  audioIn: number;
  audioOut: number;
}

function read(attributes: Attributes): Said {
  return {
    input: firstNumber(attributes, INPUT),
    output: firstNumber(attributes, OUTPUT),
    total: firstNumber(attributes, TOTAL),
    cacheRead: firstNumber(attributes, CACHE_READ) ?? 0,
    cacheWrite: firstNumber(attributes, CACHE_WRITE) ?? 0,
    cacheWrite1h: firstNumber(attributes, CACHE_WRITE_1H) ?? 0,
    reasoning: firstNumber(attributes, REASONING) ?? 0,
    audioIn: firstNumber(attributes, AUDIO_IN) ?? 0,
    audioOut: firstNumber(attributes, AUDIO_OUT) ?? 0,
  };
}

/** `web_search=3` and the like, in the dialect of our own; what is not written so is left out. */
function unitsOf(said: unknown): Record<string, number> {
  const units: Record<string, number> = {};
  for (const text of Array.isArray(said) ? said : []) {
    const [, unit, number] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(String(text)) ?? [];
    if (unit !== undefined) units[unit] = Number(number);
  }
  return units;
}

function leavesCachesOut({ input = 0, output = 0, total, cacheRead, cacheWrite }: Said, scope: string): boolean {
  const cached = cacheRead + cacheWrite;
  if (cached === 0) return false;
  return EXCLUSIVE_SCOPES.some((known) => known.test(scope)) || cached > input || total === input + cached + output;
}

function leavesReasoningOut({ input = 0, output = 0, total, reasoning }: Said): boolean {
  return reasoning > 0 && (reasoning > output || total === input + output + reasoning);
}
