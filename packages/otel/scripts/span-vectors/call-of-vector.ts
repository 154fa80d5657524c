import { costOf, type CallRecord } from '@tollgate/core';
import { providerOfHost } from '@tollgate/core/plugin';
import type { CallDetails, CallStart } from '../../src/telemetry/telemetry.ts';
import type { PriceVector } from './price-vector.ts';

/** A call as telemetry is told of it. */
export interface VectorCall {
  start: CallStart;
  record: CallRecord;
  details: CallDetails;
}

const TOOK_MS = 2000;
const AT = { agent: 'triager', task: 'T-1042', taskType: 'triage', step: 'classify' };

/** Where each provider of the vectors is called. The AI SDK is no server: its vector is a call to Anthropic. */
const HOSTS: Record<string, string> = {
  openai: 'api.openai.com',
  anthropic: 'api.anthropic.com',
  'vercel-ai': 'api.anthropic.com',
  google: 'generativelanguage.googleapis.com',
  deepseek: 'api.deepseek.com',
  xai: 'api.x.ai',
  'aws.bedrock': 'bedrock-runtime.us-east-1.amazonaws.com',
  groq: 'api.groq.com',
  mistral: 'api.mistral.ai',
  cohere: 'api.cohere.com',
  openrouter: 'openrouter.ai',
  ollama: 'localhost',
};

const OPERATIONS: Record<string, string> = {
  embeddings: 'embeddings',
  embed: 'embeddings',
  'audio.transcriptions': 'transcription',
  'images.edit': 'image_generation',
};

/** The call that such a usage is reported for, its cost from our own pricing; ids and times are always the same. */
export function callOfVector(vector: PriceVector): VectorCall {
  const address = hostOf(vector);
  const operation = operationOf(vector);
  const startedAt = Date.parse(vector.at);
  const cost = costOf({ ...vector, at: startedAt });
  const call = {
    id: vector.id,
    at: AT,
    provider: providerOfHost(address, { localhost: 'ollama' })!.provider,
    requestModel: vector.model,
    operation,
    startedAt,
  };
  const start: CallStart = { ...call, params: {}, server: { address, port: 443 }, foreign: undefined };
  const record: CallRecord = {
    ...call,
    endedAt: startedAt + TOOK_MS,
    responseModel: vector.model,
    outcome: 'ok',
    attempts: 1,
    usage: cost.usage,
    cost,
  };
  return { start, record, details: detailsOf(vector) };
}

function hostOf({ provider, context }: PriceVector): string {
  return typeof context?.base_url === 'string' ? new URL(context.base_url).host : HOSTS[provider]!;
}

function operationOf({ provider, usage, context }: PriceVector): string {
  if (provider === 'google') return usage['candidatesTokenCount'] === undefined ? 'embeddings' : 'generate_content';
  return OPERATIONS[context?.api ?? ''] ?? 'chat';
}

/** Providers say the tier beside the usage object, or in it. */
function detailsOf({ usage, context }: PriceVector): CallDetails {
  const tier = context?.service_tier ?? usage['service_tier'] ?? usage['serviceTier'];
  return {
    responseId: undefined,
    finishReasons: [],
    timeToFirstChunk: undefined,
    serviceTier: typeof tier === 'string' ? tier : undefined,
    outputCap: undefined,
    error: undefined,
    denial: undefined,
  };
}
