import { expect, test } from 'vitest';
import { BudgetStoreUnavailableError } from './budget-store-unavailable-error.ts';
import { ConfigError } from './config-error.ts';
import { didYouMean } from './did-you-mean.ts';

test('lists every issue with its path in one message', () => {
  const error = new ConfigError([
    { path: 'budgets[0].limit.usd', message: "must be a number, is '5': write 5", received: '5' },
    { path: 'mode', message: "must be 'enforce' or 'observe'" },
  ]);
  expect(error).toMatchObject({ name: 'ConfigError', code: 'INVALID_CONFIG' });
  expect(error.issues).toHaveLength(2);
  expect(error.message).toBe(
    "There are 2 issues in the configuration:\n  - budgets[0].limit.usd: must be a number, is '5': write 5\n  - mode: must be 'enforce' or 'observe'",
  );
});

test('speaks of one issue in the singular', () => {
  expect(new ConfigError([{ path: 'a', message: 'b' }]).message).toContain('There is 1 issue');
});

test('finds the word that was meant, and none where nothing is near', () => {
  expect(didYouMean('agnet', ['team', 'agent', 'task'])).toBe('agent');
  expect(didYouMean('TimeZone', ['timeZone', 'timeout'])).toBe('timeZone');
  expect(didYouMean('colour', ['team', 'agent', 'task'])).toBeUndefined();
  expect(didYouMean('', ['team'])).toBeUndefined();
});

test('a store that is away is no error that anyone retries', () => {
  const cause = new Error('ECONNREFUSED');
  const error = new BudgetStoreUnavailableError('network-budget', 'redis-1', { cause });
  expect(error).toMatchObject({
    code: 'BUDGET_STORE_UNAVAILABLE',
    status: 402,
    statusCode: 402,
    isRetryable: false,
    budget: 'network-budget',
    store: 'redis-1',
    cause,
  });
  expect(Reflect.get(error, Symbol.for('langchain.errors.retryable'))).toBe(false);
  expect(error.message).not.toMatch(/time.?out|network|connection|quota|cancel/i);
});
