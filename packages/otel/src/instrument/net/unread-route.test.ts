import { wireFor } from '@tollgate/core/plugin';
import { describe, expect, it } from 'vitest';
import { unreadRoute } from './unread-route.ts';

describe('a route that is billed and not read', () => {
  it.each([
    ['/videos', 'videos'],
    ['/videos/video_1/remix', 'videos/*/remix'],
    ['/threads/runs', 'threads/runs'],
    ['/threads/thread_1/runs', 'threads/*/runs'],
    ['/agents/sessions', 'agents/sessions'],
    ['/batches', 'batches'],
    ['/v1/messages/batches?beta=true', 'batches'],
    ['/v1/sessions/s_1/events?beta=true', 'sessions/*/events'],
    ['https://api.openai.com/v1/vector_stores/vs_1/search', 'vector_stores/*/search'],
    ['/fine_tuning/jobs', 'fine_tuning/jobs'],
    ['/realtime/client_secrets/', 'realtime/client_secrets'],
  ])('is known: %s', (path, route) => {
    expect(unreadRoute('post', path)).toBe(route);
    expect(wireFor('post', path)).toBeUndefined();
  });

  it.each([
    ['get', '/videos'],
    ['delete', '/batches'],
    ['post', '/files'],
    ['post', '/models'],
    ['post', '/moderations'],
    ['post', '/threads'],
    ['post', '/batches/batch_1/cancel'],
    ['post', '/vector_stores/vs_1/file_batches'],
    ['post', '/v1/messages/count_tokens'],
    ['post', '/chat/completions'],
  ])('is none of these: %s %s', (method, path) => {
    expect(unreadRoute(method, path)).toBeUndefined();
  });
});
