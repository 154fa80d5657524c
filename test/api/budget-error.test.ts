import { BudgetExceededError, withAgent, type Standing } from '@tollgate/otel';
import { expect, test } from 'vitest';
import { ask, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const script = () => ({ usage: USAGE });

/** The figures of `spent $1.90 + needed $0.20 > limit $2.00`, in nano-USD where they are money. */
function sumIn(message: string): Record<string, number> {
  const figures = [...message.matchAll(/(spent|reserved|needed|limit) (\$?)(\d+)(?:\.(\d+))?/g)];
  return Object.fromEntries(
    figures.map(([, word = '', dollar, whole = '', fraction = '']) => [
      word,
      dollar === '$' ? Number(whole + fraction.padEnd(9, '0')) : Number(whole),
    ]),
  );
}

/** The message's sum, held against the error's own fields: it is true, and it does not fit. */
function expectSound(error: BudgetExceededError, unit: 'nanoUsd' | 'tokens' | 'calls'): void {
  const { spent = NaN, reserved = 0, needed = NaN, limit = NaN } = sumIn(error.message);
  const { standing } = error;
  expect({ spent, needed, limit }).toEqual({
    spent: standing.spent[unit],
    needed: error.needed[unit],
    limit: standing.limit[unit],
  });
  expect(spent + reserved + needed).toBeGreaterThan(limit);
}

test('the figures of every message add up, in each unit', async () => {
  await using app = await startApp(
    {
      budgets: [
        { name: 'money', limit: { usd: 0.005 }, window: 'day', match: { agent: 'money' } },
        { name: 'tokens', limit: { tokens: 1_500 }, window: 'total', match: { agent: 'tokens' } },
        { name: 'calls', limit: { calls: 1 }, window: 'total', match: { agent: 'calls' } },
      ],
    },
    { script },
  );
  for (const [agent, unit] of [
    ['money', 'nanoUsd'],
    ['tokens', 'tokens'],
    ['calls', 'calls'],
  ] as const) {
    const errors = await withAgent(agent, async () => {
      await ask(app);
      const body = { max_tokens: 500 };
      return [await refusal(ask(app, 'a question', body)), await refusal(ask(app, 'a question', body))];
    });
    expect(errors.map(({ standing }) => standing.budget)).toEqual([agent, agent]);
    for (const error of errors) expectSound(error, unit);
  }
});

test('a call that is too large is told by how much to lower its cap, and fits when it does', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { usd: 0.01 }, window: 'total' }] }, { script });
  const error = await refusal(ask(app, 'a question', { max_tokens: 2_000 }));
  expect(error.reason).toBe('too-large');
  expectSound(error, 'nanoUsd');
  const lower = Number(/Lower its output cap by (\d+) tokens/.exec(error.message)?.[1]);
  expect((await refusal(ask(app, 'a question', { max_tokens: 2_000 - lower + 1 }))).reason).toBe('too-large');
  await ask(app, 'a question', { max_tokens: 2_000 - lower });
});

test('a contended call is shown what others have reserved', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'b', limit: { usd: 0.0015 }, window: 'total' }], maxWait: '0s' },
    { script },
  );
  const first = ask(app);
  const error = await refusal(ask(app));
  await first;
  expect(error.reason).toBe('contended');
  expectSound(error, 'nanoUsd');
  expect(sumIn(error.message)['reserved']).toBe(error.standing.reserved.nanoUsd);
});

test('it carries what handlers and logs need, and nobody retries it', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'agent-day', limit: { usd: 0 }, window: 'day', by: ['agent'] }] },
    { script },
  );
  const startedAt = performance.now();
  const error = await withAgent('triager', () => refusal(ask(app, 'a question', {}, { maxRetries: 8 })));
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(app.provider.requests).toHaveLength(0);
  expect(app.heard('call')).toMatchObject([{ outcome: 'denied', attempts: 0 }]);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'BudgetExceededError',
    code: 'BUDGET_EXCEEDED',
    status: 402,
    statusCode: 402,
    isRetryable: false,
    reason: 'exhausted',
  });
  const [standing] = app.tollgate.budgets() as [Standing];
  expect(error.standing).toEqual({ ...standing, asOf: error.standing.asOf });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    code: 'BUDGET_EXCEEDED',
    reason: 'exhausted',
    message: error.message,
    standing: {
      budget: 'agent-day',
      account: { agent: 'triager' },
      limit: { nanoUsd: 0 },
      resetsAt: standing.resetsAt,
    },
    needed: error.needed,
  });
  expect(error.stack).toContain('budget-error.test.ts');
});

test('is() finds it in what frameworks make of it, and nowhere else', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { usd: 0 }, window: 'total' }] }, { script });
  const error = await refusal(ask(app));
  const wrapped: unknown[] = [
    error,
    new Error('the model failed', { cause: error }),
    Object.assign(new Error('gave up'), { lastError: error }),
    new AggregateError([new Error('another'), new Error('wrapped', { cause: error })]),
    await Promise.any([refused(error), refused(new Error('another'))]).catch((thrown: unknown) => thrown),
  ];
  for (const one of wrapped) expect(BudgetExceededError.is(one)).toBe(true);
  for (const other of [new Error(error.message), null, undefined, 'BUDGET_EXCEEDED', {}, { cause: {} }]) {
    expect(BudgetExceededError.is(other)).toBe(false);
  }
});

function refused(error: Error): Promise<never> {
  return Promise.reject(error);
}
