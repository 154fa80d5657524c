import { wireFor } from '@tollgate/core/plugin';
import { describe, expect, it } from 'vitest';
import { unreadRequests } from './unread-requests.ts';

function told(...passed: { path: string; body?: unknown; method?: string }[]): string[] {
  const lines: string[] = [];
  const note = unreadRequests((line) => lines.push(line));
  for (const each of passed) note({ method: 'post', ...each }, wireFor('post', each.path)?.wire);
  return lines.map((line) => line.slice(0, line.indexOf(' went by unread')));
}

describe('a billed request that is not read', () => {
  it('is told once for each route, by the route and not by its ids', () => {
    expect(told({ path: '/videos' }, { path: '/threads/t_1/runs' }, { path: '/threads/t_2/runs' })).toEqual([
      'a request to videos',
      'a request to threads/*/runs',
    ]);
  });

  it('is told where its body is nothing that the wire reads', () => {
    const path = '/chat/completions';
    expect(told({ path, body: 'model=gpt-5' }, { path, body: '[]' })).toEqual(['a request of openai-chat']);
  });

  it('is not told where nothing is billed', () => {
    expect(told({ path: '/files' }, { path: '/models', method: 'get' }, { path: '/chat/completions' })).toEqual([]);
  });
});
