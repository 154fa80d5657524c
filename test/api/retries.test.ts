import type { Fault } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const LIMITED: Fault = { kind: 'status', status: 429, retryAfterMs: 1 };
const LOST: Fault = { kind: 'reset', accepted: true };
const ops = { by: 'ops' };

/** An app whose first request ends in `fault`, and each later one well. */
function startWith(fault: Fault, limit: { usd?: number; calls?: number }): ReturnType<typeof startApp> {
  const script = ({ attempt }: { attempt: number }) => (attempt === 0 ? { fault } : { usage: USAGE });
  return startApp({ budgets: [{ name: 'b', limit, window: 'total' }] }, { script });
}

test('a call that is tried again holds one reservation, and is one call with two attempts', async () => {
  await using app = await startWith(LIMITED, { usd: 0.004 });
  await ask(app, 'a question', {}, { maxRetries: 2 });
  expect(app.provider.requests.map(({ status }) => status)).toEqual([429, 200]);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, attempts: 2, nanoUsd: COST, estimatedNanoUsd: 0 }]);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { nanoUsd: COST }, reserved: { nanoUsd: 0 } }]);
});

test('a pause between two attempts refuses the second', async () => {
  await using app = await startWith(LIMITED, { usd: 1 });
  app.provider.onRequest(() => void app.tollgate.control.pause({}, ops));
  const error = await refusal(ask(app, 'a question', {}, { maxRetries: 5 }));
  expect(error.reason).toBe('paused');
  expect(app.provider.requests).toHaveLength(1);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, denied: 1, attempts: 1, nanoUsd: 0 }]);
});

test('a pause between two attempts refuses the second also of a call that no budget is about', async () => {
  const script = ({ attempt }: { attempt: number }) => (attempt === 0 ? { fault: LIMITED } : { usage: USAGE });
  await using app = await startApp({ budgets: [] }, { script });
  app.provider.onRequest(() => void app.tollgate.control.pause({}, ops));
  const error = await refusal(ask(app, 'a question', {}, { maxRetries: 5 }));
  expect(error.reason).toBe('paused');
  expect(app.provider.requests).toHaveLength(1);
});

test('an account that another call has closed meanwhile refuses the second attempt', async () => {
  await using app = await startWith(LIMITED, { calls: 2 });
  await ask(app, 'the first', {}, { maxRetries: 1 });
  let other: Promise<unknown> = Promise.resolve();
  const off = app.provider.onRequest(() => {
    off();
    other = app.tollgate.control
      .set({ name: 'b', limit: { calls: 1 }, window: 'total' }, ops)
      .then(() => refusal(ask(app)));
  });
  const error = await refusal(ask(app, 'the second', {}, { maxRetries: 5 }));
  await other;
  expect(error).toMatchObject({ reason: 'exhausted', standing: { budget: 'b' } });
  expect(app.provider.requests.map(({ status }) => status)).toEqual([429, 200, 429]);
});

test('an attempt that may have been billed is held on to, and a second one that does not fit beside it is refused', async () => {
  await using app = await startWith(LOST, { usd: 0.0015 });
  const error = await refusal(ask(app, 'a question', {}, { maxRetries: 5 }));
  expect(error.standing.budget).toBe('b');
  expect(app.provider.requests).toHaveLength(1);
  const [row] = app.tollgate.usage();
  expect(row?.estimatedNanoUsd).toBeGreaterThanOrEqual(app.provider.bill.nanoUsd);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { nanoUsd: row?.nanoUsd }, reserved: { nanoUsd: 0 } }]);
});

test('where there is room for both, what the lost attempt cost is in the sum as an estimate', async () => {
  await using app = await startWith(LOST, { usd: 1 });
  await ask(app, 'a question', {}, { maxRetries: 1 });
  const [row] = app.tollgate.usage();
  expect(row).toMatchObject({ calls: 1, attempts: 2, estimatedNanoUsd: row?.nanoUsd });
  expect(row?.nanoUsd).toBeGreaterThanOrEqual(app.provider.bill.nanoUsd);
});

test('an attempt that others alone keep from room beside the lost one waits for them', async () => {
  const script = ({ key, attempt }: { key: string; attempt: number }) => {
    if (key === 'other') return { usage: { input: 1, output: 1 }, paceMs: 300 };
    return attempt === 0 ? { fault: LOST } : { usage: USAGE };
  };
  await using app = await startApp({ budgets: [{ name: 'b', limit: { usd: 0.003 }, window: 'total' }] }, { script });
  const wasOver: boolean[] = [];
  app.provider.onRequest(() => void wasOver.push(app.provider.requests[0]!.isOver));
  await Promise.all([ask(app, 'other'), ask(app, 'a question', {}, { maxRetries: 1 })]);
  expect(app.provider.requests.map(({ key }) => key)).toEqual(['other', 'a question', 'a question']);
  expect(wasOver).toEqual([false, false, true]);
  expect(app.heard('budget.exceeded')).toEqual([]);
});
