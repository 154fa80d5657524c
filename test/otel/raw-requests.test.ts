import { startProvider, type RecordedRequest } from '@tollgate/provider-sim';
import { describe, expect, test } from 'vitest';
import type { RawAnswer, RawSettings } from './apps/raw-requests.ts';
import { ask } from './run-app.ts';

interface Run extends RawAnswer {
  requests: readonly RecordedRequest[];
  billedNanoUsd: number;
  stderr: string;
}

async function send(requests: RawSettings['requests'], limit = 1): Promise<Run> {
  await using provider = await startProvider();
  const { openaiBaseUrl } = provider;
  const said = await ask<RawAnswer>('raw-requests.ts', { settings: { openaiBaseUrl, limit, requests } });
  return { ...said, requests: provider.requests, billedNanoUsd: provider.bill.nanoUsd };
}

const path = '/chat/completions';
const chat = { model: 'gpt-4o-mini', max_tokens: 20, messages: [{ role: 'user', content: 'a plain question' }] };

describe.concurrent('a body that the app has made JSON of', () => {
  test('is priced as any other, and is sent as it is', async () => {
    const body = JSON.stringify(chat, undefined, 3);
    const { ends, usage, requests, billedNanoUsd } = await send([{ path, body }]);
    expect(ends).toEqual(['ok']);
    expect(usage).toMatchObject([{ calls: 1, nanoUsd: billedNanoUsd, estimatedNanoUsd: 0 }]);
    expect(requests[0]?.headers['content-length']).toBe(String(body.length));
  });

  test('asks a stream for its usage where that is to be done', async () => {
    const { ends, usage, billedNanoUsd } = await send([{ path, body: JSON.stringify({ ...chat, stream: true }) }]);
    expect(ends).toEqual(['ok']);
    expect(usage).toMatchObject([{ calls: 1, nanoUsd: billedNanoUsd, estimatedNanoUsd: 0 }]);
  });

  test('is refused by a budget before it is sent', async () => {
    const { ends, requests } = await send([{ path, body: JSON.stringify(chat) }], 0);
    expect({ ends, requests }).toEqual({ ends: ['BudgetExceededError'], requests: [] });
  });
});

test('a billed route that is not read is told of once; routes that cost nothing are not', async () => {
  const body = '{"model":"sora-2","prompt":"a pier"}';
  const paths = ['/videos', '/videos', '/threads/thread_1/runs', '/files', '/moderations'];
  const { stderr, usage } = await send(paths.map((each) => ({ path: each, body })));
  const lines = stderr.split('\n').filter((line) => line.includes('went by unread'));
  expect(lines.map((line) => line.split(' ')[4])).toEqual(['videos', 'threads/*/runs']);
  expect(usage[0]?.calls ?? 0).toBe(0);
});
