import type { Attributes } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { providerName } from './provider-name.ts';
import { readSpan, servedSpan } from './read-span.ts';
import type { SpanLike } from './span-like.ts';

const read = (attributes: Attributes): unknown => {
  const call = readSpan({ attributes } as SpanLike);
  return call && [call.operation, call.provider, call.model];
};

it.each<[string, Attributes, unknown]>([
  [
    'the conventions',
    { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-5' },
    ['chat', 'openai', 'gpt-5'],
  ],
  [
    'the conventions until 1.36',
    { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'az.ai.openai', 'gen_ai.request.model': 'gpt-4o' },
    ['chat', 'azure.ai.openai', 'gpt-4o'],
  ],
  [
    'OpenInference',
    { 'openinference.span.kind': 'EMBEDDING', 'embedding.model_name': 'e-3', 'llm.system': 'openai' },
    ['embeddings', 'openai', 'e-3'],
  ],
  [
    'OpenLLMetry',
    { 'llm.request.type': 'completion', 'gen_ai.system': 'mistralai', 'gen_ai.request.model': 'm' },
    ['text_completion', 'mistral_ai', 'm'],
  ],
  [
    'the older AI SDK',
    { 'ai.operationId': 'ai.streamText.doStream', 'ai.model.provider': 'anthropic.messages', 'ai.model.id': 'c' },
    ['chat', 'anthropic', 'c'],
  ],
  [
    'Langfuse',
    { 'langfuse.observation.type': 'generation', 'langfuse.observation.model.name': 'x' },
    ['chat', 'unknown', 'x'],
  ],
])('recognises an inference span of %s', (_dialect, attributes, call) => {
  expect(read(attributes)).toEqual(call);
});

it.each<[string, Attributes]>([
  ['an agent', { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 5 }],
  ['a step of an agent', { 'gen_ai.operation.name': 'agent_step' }],
  ['a tool', { 'gen_ai.operation.name': 'execute_tool' }],
  ['a chain', { 'openinference.span.kind': 'CHAIN' }],
  [
    "the AI SDK's outer span, which repeats the inner ones",
    { 'ai.operationId': 'ai.generateText', 'ai.model.id': 'c' },
  ],
  ['anything else', { 'http.request.method': 'POST' }],
])('leaves %s alone', (_what, attributes) => {
  expect(read(attributes)).toBeUndefined();
});

it('takes who the span is for from the dialects', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'ai.telemetry.functionId': 'triager',
    'enduser.id': 'u',
    'gen_ai.conversation.id': 'c',
    'session.id': 's',
    'tollgate.task.id': 'T',
    'tollgate.step.name': 'classify',
  };
  const call = readSpan({ attributes } as unknown as SpanLike);
  expect(call?.at).toEqual({ agent: 'triager', user: 'u', session: 'c', task: 'T', step: 'classify' });
});

it('keeps the name of a provider that the conventions do not know', () => {
  expect(['OpenRouter', 'google.generative-ai.chat', 'google.vertex.chat', 'xai.chat'].map(providerName)).toEqual([
    'openrouter',
    'gcp.gemini',
    'gcp.vertex_ai',
    'x_ai',
  ]);
});

it('tells where a call goes, and which tier is asked for, served or else taken as served', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'server.address': 'api.openai.com',
    'gen_ai.openai.request.service_tier': 'priority',
  };
  expect(readSpan({ attributes } as unknown as SpanLike)).toMatchObject({
    address: 'api.openai.com',
    serviceTier: 'priority',
  });
  expect(servedSpan(attributes)).toEqual({ serviceTier: 'priority', speed: undefined, geo: undefined });
  const answered = { ...attributes, 'openai.response.service_tier': 'default', 'gen_ai.response.speed': 'fast' };
  expect(servedSpan({ ...answered, 'tollgate.usage.geo': 'us' })).toEqual({
    serviceTier: 'default',
    speed: 'fast',
    geo: 'us',
  });
});
