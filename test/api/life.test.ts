import { register, withAgent, type Tollgate } from '@tollgate/otel';
import { expect, test } from 'vitest';
import { ask, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const script = () => ({ usage: USAGE });

test('a second register() gives the same handle and changes nothing', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'total' }] }, { script });
  expect(register({ budgets: [], mode: 'off' })).toBe(app.tollgate);
  await ask(app);
  expect((await refusal(ask(app))).standing.budget).toBe('b');
});

test('await using shuts down at the end of its block, and a shutdown can be asked for twice', async () => {
  await using app = await startApp({}, { script });
  let inside: Tollgate | undefined;
  {
    await using tollgate = register();
    inside = tollgate;
    await ask(app);
  }
  expect(inside).toBe(app.tollgate);
  await Promise.all([app.tollgate.shutdown(), app.tollgate.shutdown()]);
  await app.tollgate.flush();
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1 }]);
});

test('budgets stay in force after a shutdown', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'total' }] }, { script });
  await ask(app);
  await app.tollgate.shutdown();
  await refusal(ask(app));
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, denied: 1 }]);
  expect(app.provider.requests).toHaveLength(1);
});

test('what is read from the handle later changes nothing in it', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'b', limit: { calls: 5 }, window: 'total', by: ['agent'] }] },
    { script },
  );
  await withAgent('a', () => ask(app));
  const [row] = app.tollgate.usage({ by: ['agent'] });
  const [standing] = app.tollgate.budgets();
  Object.assign(row?.usage ?? {}, { input: -1 });
  Object.assign(row ?? {}, { calls: -1 });
  Object.assign(standing?.spent ?? {}, { calls: -1 });
  expect(app.tollgate.usage({ by: ['agent'] })).toMatchObject([{ calls: 1, usage: { input: USAGE.input } }]);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { calls: 1 } }]);
});

test('mode off touches nothing, and its handle answers all the same', async () => {
  await using app = await startApp(
    { mode: 'off', budgets: [{ name: 'b', limit: { usd: 0 }, window: 'total' }] },
    { script },
  );
  await ask(app);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 0, nanoUsd: 0 }]);
  expect(app.told).toEqual([]);
  expect(app.provider.requests).toHaveLength(1);
});
