import type { Attributes } from '@opentelemetry/api';
import type { Attribution } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { providerName } from './provider-name.ts';
import type { ServedSpan, SpanCall } from './ring-two.ts';
import { firstNumber, firstString, type SpanLike } from './span-like.ts';

/** Operations that one priced call stands behind; agents, workflows, tools and steps repeat the usage of what is beneath them. */
const PRICED = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'embeddings',
  'rerank',
  'image_generation',
  'speech',
  'transcription',
]);

/** Dialects that say otherwise that a span is one priced call, and which operation it is. */
const BY_KIND: readonly (readonly [key: string, kinds: Readonly<Record<string, string>>])[] = [
  ['openinference.span.kind', { LLM: 'chat', EMBEDDING: 'embeddings', RERANKER: 'rerank' }],
  ['llm.request.type', { chat: 'chat', completion: 'text_completion', embedding: 'embeddings', rerank: 'rerank' }],
  ['langfuse.observation.type', { generation: 'chat', embedding: 'embeddings' }],
  ['langsmith.span.kind', { llm: 'chat' }],
];

/** The AI SDK's older spans: the outer `ai.generateText` repeats what its `.doGenerate` say. */
const AI_SDK_CALL = /\.do(Generate|Stream|Embed)$/;

const MODEL = [
  KEY.requestModel,
  'llm.request.model_name',
  'llm.model_name',
  'embedding.model_name',
  'ai.model.id',
  'langfuse.observation.model.name',
];
const PROVIDER = [KEY.provider, 'gen_ai.system', 'llm.provider', 'llm.system', 'ai.model.provider'];
const OUTPUT_CAP = ['gen_ai.request.max_tokens', 'ai.settings.maxOutputTokens', 'ai.settings.maxTokens'];

const SERVED_TIER = [KEY.serviceTier, 'gen_ai.openai.response.service_tier', 'gen_ai.response.service_tier'];
const ASKED_TIER = ['openai.request.service_tier', 'gen_ai.openai.request.service_tier', 'gen_ai.request.service_tier'];
const ADDRESS = [KEY.serverAddress, 'net.peer.name'];
const SPEED = [KEY.speed, 'gen_ai.response.speed'];
const GEO = [KEY.geo, 'gen_ai.response.inference_geo'];

const WHO: readonly (readonly [keyof Attribution, readonly string[]])[] = [
  ['agent', [KEY.agent, 'agent.name', 'ai.telemetry.functionId']],
  [
    'user',
    [
      KEY.user,
      'enduser.id',
      'langfuse.user.id',
      'traceloop.association.properties.user_id',
      'ai.telemetry.metadata.userId',
    ],
  ],
  [
    'session',
    ['gen_ai.conversation.id', KEY.session, 'langfuse.session.id', 'traceloop.association.properties.session_id'],
  ],
  ['team', [KEY.team]],
  ['task', [KEY.task]],
  ['taskType', [KEY.taskType]],
  ['step', [KEY.step]],
];

/** The call that a span stands for; undefined for any other span. */
export function readSpan(span: SpanLike): SpanCall | undefined {
  const { attributes } = span;
  const operation = operationOf(attributes);
  if (operation === undefined) return undefined;
  return {
    operation,
    provider: providerName(firstString(attributes, PROVIDER) ?? 'unknown'),
    model: firstString(attributes, MODEL) ?? 'unknown',
    at: whoOf(attributes),
    outputCap: firstNumber(attributes, OUTPUT_CAP),
    address: firstString(attributes, ADDRESS),
    serviceTier: firstString(attributes, ASKED_TIER),
    attributes,
  };
}

/** How the call behind a finished span was served; a tier that was asked for and not confirmed counts as served. */
export function servedSpan(attributes: Attributes): ServedSpan {
  return {
    serviceTier: firstString(attributes, [...SERVED_TIER, ...ASKED_TIER]),
    speed: firstString(attributes, SPEED),
    geo: firstString(attributes, GEO),
  };
}

function operationOf(attributes: Attributes): string | undefined {
  const named = attributes[KEY.operation];
  if (typeof named === 'string') return PRICED.has(named) ? named : undefined;
  const aiSdk = firstString(attributes, ['ai.operationId']);
  if (aiSdk !== undefined)
    return AI_SDK_CALL.test(aiSdk) ? (aiSdk.endsWith('Embed') ? 'embeddings' : 'chat') : undefined;
  for (const [key, kinds] of BY_KIND) {
    const kind = attributes[key];
    if (typeof kind === 'string') return kinds[kind];
  }
  return undefined;
}

function whoOf(attributes: Attributes): Attribution {
  const at: Attribution = {};
  for (const [dimension, keys] of WHO) {
    const value = firstString(attributes, keys);
    if (value !== undefined) at[dimension] = value;
  }
  return at;
}
