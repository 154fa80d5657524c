import { describe, expect, test } from 'vitest';
import type { Refused } from '../budget/decide.ts';
import type { Standing } from '../budget/standing.ts';
import { BudgetExceededError } from './budget-exceeded-error.ts';

const standing: Standing = {
  budget: 'agent-day',
  key: 'agent-day|agent=triager|day@2026-11-24T00:00:00.000Z',
  account: { agent: 'triager' },
  window: 'day',
  opensAt: Date.UTC(2026, 10, 24),
  resetsAt: Date.UTC(2026, 10, 25),
  asOf: Date.UTC(2026, 10, 24, 12),
  reach: 'process',
  store: 'store-1',
  limit: { nanoUsd: 25_000_000_000 },
  spent: { nanoUsd: 24_990_000_001 },
  reserved: { nanoUsd: 5_000_000 },
  remaining: { nanoUsd: 4_999_999 },
  closed: true,
};

const exhausted: Refused = { ok: false, reason: 'exhausted', standing, needed: { nanoUsd: 12_345_000 } };

/** The figures of `spent $1.90 + reserved $0.05 + needed $0.10 > limit $2.00` as [left, right]. */
function sides(message: string): [number, number] {
  const [left = '', right = ''] = message.split(' > ');
  const terms = [...left.matchAll(/(?:spent|reserved|needed) \$?([\d.]+)/g)].map(([, figure]) => Number(figure));
  return [terms.reduce((sum, term) => sum + term, 0), Number(/limit \$?([\d.]+\d)/.exec(right)?.[1])];
}

test('names the host of a call without a price, where nobody has named who answers there', () => {
  const { message } = new BudgetExceededError({ ...exhausted, reason: 'unpriced', unnamedHost: '127.0.0.1:8080' });
  expect(message).toContain("hosts: { '127.0.0.1:8080': 'openai' }");
});

describe('what SDKs look at', () => {
  test('says payment required, and that nobody may retry it', () => {
    const error = new BudgetExceededError(exhausted);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'BudgetExceededError',
      code: 'BUDGET_EXCEEDED',
      status: 402,
      statusCode: 402,
      isRetryable: false,
      reason: 'exhausted',
      standing,
      needed: { nanoUsd: 12_345_000 },
    });
  });

  test("carries LangChain's mark where no loop over fields finds it", () => {
    const error = new BudgetExceededError(exhausted);
    const mark = Symbol.for('langchain.errors.retryable');
    expect(Reflect.get(error, mark)).toBe(false);
    expect(Object.getOwnPropertyDescriptor(error, mark)?.enumerable).toBe(false);
    expect(Object.getOwnPropertySymbols(Object.assign({}, error))).toEqual([]);
  });

  test('as JSON it is its data without the stack', () => {
    const error = new BudgetExceededError(exhausted);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'BudgetExceededError',
      code: 'BUDGET_EXCEEDED',
      status: 402,
      reason: 'exhausted',
      message: error.message,
      standing: JSON.parse(JSON.stringify(standing)),
      needed: { nanoUsd: 12_345_000 },
    });
  });
});

describe('the message', () => {
  test('shows exact figures that add up, and when the window ends', () => {
    const { message } = new BudgetExceededError(exhausted);
    expect(message).toBe(
      "Budget 'agent-day' (agent=triager) is exhausted: spent $24.990000001 + needed $0.012345 > limit $25.00, resets at 2026-11-25T00:00:00.000Z. Raise its limit to go on sooner.",
    );
    const [left, right] = sides(message);
    expect(left).toBeGreaterThan(right);
  });

  test('adds what others have reserved where that is what stood in the way', () => {
    const contended: Refused = { ok: false, reason: 'contended', standing, needed: { nanoUsd: 9_000_000 } };
    const { message } = new BudgetExceededError(contended);
    expect(message).toContain('spent $24.990000001 + reserved $0.005 + needed $0.009 > limit $25.00');
    const [left, right] = sides(message);
    expect(left).toBeGreaterThan(right);
  });

  test('names the unit that is short', () => {
    const mixed: Standing = {
      ...standing,
      limit: { nanoUsd: 25_000_000_000, tokens: 1000, calls: 60 },
      spent: { nanoUsd: 1, tokens: 10, calls: 60 },
      reserved: {},
    };
    const { message } = new BudgetExceededError({
      ...exhausted,
      standing: mixed,
      needed: { nanoUsd: 1, tokens: 1, calls: 1 },
    });
    expect(message).toContain('spent 60 calls + needed 1 call > limit 60 calls');
  });

  test('says by how much to lower the output cap of a call that is too large, and that it may fit later', () => {
    const { message } = new BudgetExceededError({
      ...exhausted,
      reason: 'too-large',
      needed: { nanoUsd: 500_000_000 },
      lowerOutputBy: 49_000,
    });
    expect(message).toContain(
      'Lower its output cap by 49000 tokens or raise the limit; it fits into an unspent window, resets at',
    );
  });

  test('names everything that makes a call smaller where it does not know by how much, and whether it never fits', () => {
    const { message } = new BudgetExceededError({
      ...exhausted,
      reason: 'too-large',
      needed: { nanoUsd: 26_000_000_000 },
    });
    expect(message).toContain(
      'Ask for less (its input, its output cap, its number of answers or images) or raise the limit; as it is it can never fit.',
    );
  });

  test('says who paused it, and until when', () => {
    const paused: Standing = { ...standing, budget: 'pause', paused: { by: 'ops', until: Date.UTC(2026, 10, 24, 13) } };
    const { message } = new BudgetExceededError({ ...exhausted, reason: 'paused', standing: paused });
    expect(message).toBe('Paused by ops (agent=triager) until 2026-11-24T13:00:00.000Z. Resume it to go on.');
  });

  test('names the dimension that a call has no value for', () => {
    const untagged: Standing = { ...standing, account: { team: '(none)', agent: 'triager' } };
    const { message } = new BudgetExceededError({ ...exhausted, reason: 'untagged', standing: untagged });
    expect(message).toContain('Set team where the call is made.');
  });

  const reasons = [
    'exhausted',
    'too-large',
    'contended',
    'paused',
    'unpriced',
    'untagged',
    'too-many-accounts',
    'store-away',
  ] as const;

  test.each(reasons)('of %s holds no word that retry loops look for, even where names do', (reason) => {
    const odd: Standing = {
      ...standing,
      budget: 'network quota',
      account: { agent: 'timeout-handler' },
      paused: { by: 'connection-team' },
    };
    for (const candidate of [standing, odd]) {
      const { message } = new BudgetExceededError({ ...exhausted, reason, standing: candidate });
      expect(message).not.toMatch(/time.?out|network|connection|quota|cancel/i);
      expect(message.length).toBeGreaterThan(20);
    }
  });
});

describe('is()', () => {
  const error = new BudgetExceededError(exhausted);

  test.each([
    ['itself', error],
    ['the cause of another error', new Error('model failed', { cause: error })],
    ['the last error of a retry loop', Object.assign(new Error('gave up'), { lastError: error })],
    ['one of several errors', new AggregateError([new Error('a'), error])],
    ['an error in a field', { error }],
    ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: error }) })],
    [
      'an error of another copy',
      Object.defineProperty(new Error('a'), Symbol.for('tollgate.BudgetExceededError'), { value: true }),
    ],
    ['a body in the shape of a provider', { error: { type: 'budget_exceeded', message: 'no' } }],
  ])('recognises %s', (_, candidate) => {
    expect(BudgetExceededError.is(candidate)).toBe(true);
  });

  test('does not take anything else for it, and survives a circle', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    for (const candidate of [undefined, null, 'BUDGET_EXCEEDED', new Error('x'), circle, { errors: 'no list' }]) {
      expect(BudgetExceededError.is(candidate)).toBe(false);
    }
  });
});

test('is found inside what frameworks wrap it in, with its standing', () => {
  const refusal = new BudgetExceededError(exhausted);
  const wrapped = new Error('middleware failed', {
    cause: Object.assign(new Error('tool failed'), { errors: [refusal] }),
  });
  expect(BudgetExceededError.find(wrapped)).toBe(refusal);
  expect(BudgetExceededError.find(new Error('else'))).toBeUndefined();
  const circular: { cause?: unknown } = {};
  circular.cause = circular;
  expect(BudgetExceededError.find(circular)).toBeUndefined();
});
