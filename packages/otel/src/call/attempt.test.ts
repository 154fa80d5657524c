import { expect, test } from 'vitest';
import { Attempt } from './attempt.ts';

function failedWith(error: unknown): string {
  const attempt = new Attempt(1, () => {});
  attempt.failed(error);
  return attempt.end.state;
}

test.each([
  [
    'a refused connection',
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
    'not-sent',
  ],
  [
    'every address of a host refused',
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('x'), { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }),
    }),
    'not-sent',
  ],
  ['a name that does not resolve', { cause: { code: 'ENOTFOUND' } }, 'not-sent'],
  [
    'a reset',
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
    'unknown',
  ],
  ['a server that closed', { cause: { code: 'UND_ERR_SOCKET' } }, 'unknown'],
  ['an abort', new DOMException('aborted', 'AbortError'), 'unknown'],
  ['nothing that can be understood', undefined, 'unknown'],
])('%s is %s', (_what, error, state) => {
  expect(failedWith(error)).toBe(state);
});

test('an answer without a status counts as a success', () => {
  const attempt = new Attempt(1, () => {});
  attempt.answered(undefined);
  expect(attempt.end).toEqual({ state: 'answered', status: 200 });
});

test('a circular chain of causes ends', () => {
  const error: { cause?: unknown } = {};
  error.cause = error;
  expect(failedWith(error)).toBe('unknown');
});
