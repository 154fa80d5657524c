import { describe, expect, it } from 'vitest';

import { wireFor } from './catalogue.ts';
import { deploymentOf } from './route.ts';

describe('the wire of a request', () => {
  it.each([
    ['/chat/completions', 'openai-chat', 'chat'],
    ['/v1/chat/completions', 'openai-chat', 'chat'],
    ['/openai/v1/chat/completions', 'openai-chat', 'chat'],
    ['/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21', 'openai-chat', 'chat'],
    ['/responses', 'openai-responses', 'chat'],
    ['/responses?beta=true', 'openai-responses', 'chat'],
    ['/v1/responses/', 'openai-responses', 'chat'],
    ['/responses/compact', 'openai-responses', 'chat'],
    ['/embeddings', 'openai-embeddings', 'embeddings'],
    ['/completions', 'openai-completions', 'text_completion'],
    ['/v1/completions', 'openai-completions', 'text_completion'],
    ['/images/generations', 'openai-images', 'image_generation'],
    ['/images/edits', 'openai-images', 'image_generation'],
    ['/images/variations', 'openai-images', 'image_generation'],
    ['/audio/transcriptions', 'openai-audio', 'transcription'],
    ['/audio/translations', 'openai-audio', 'transcription'],
    ['/audio/speech', 'openai-audio', 'speech'],
    ['/v1/messages', 'anthropic-messages', 'chat'],
    ['/v1/messages?beta=true', 'anthropic-messages', 'chat'],
  ])('to %s is known', (path, id, operation) => {
    const found = wireFor('post', path);
    expect([found?.wire.id, found?.operation]).toEqual([id, operation]);
    expect(found?.wire.route('POST', path)).toBe(operation);
  });

  it.each([
    ['post', '/v1/messages/count_tokens'],
    ['post', '/v1/messages/batches'],
    ['post', '/threads/thread_1/messages'],
    ['post', '/chat/completions/chatcmpl-1'],
    ['post', '/responses/input_tokens'],
    ['post', '/responses/resp_1/cancel'],
    ['get', '/responses'],
    ['get', '/chat/completions'],
    ['post', '/models'],
    ['post', ''],
    ['post', '?'],
    ['', ''],
  ])('is none for %s %s', (method, path) => {
    expect(wireFor(method, path)).toBeUndefined();
  });

  it('may name a deployment', () => {
    expect(deploymentOf('/openai/deployments/my-gpt/chat/completions')).toBe('my-gpt');
    expect(deploymentOf('/deployments')).toBeUndefined();
  });
});
