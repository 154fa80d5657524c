import { attribute, withAgent, withStep, withTask, type UsageRow } from '@tollgate/otel';
import type { Fault, Provider } from '@tollgate/provider-sim';
import { OpenAI } from 'openai';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { startApp, type App } from './start-app.ts';

type By = UsageRow['by'];

interface Planned {
  /** How the request is known to the provider. */
  key: string;
  at: By;
  ends?: 'denied' | 'rejected' | 'cut' | undefined;
}

const OPENAI = { model: 'gpt-4o', provider: 'openai' };
const ANTHROPIC = { model: 'claude-haiku-4-5', provider: 'anthropic' };
const FIRST = { team: 'care', user: 'u-1', session: 's-1', task: 'T-1', taskType: 'triage' };
const SECOND = { team: 'care', user: 'u-2', session: 's-2', task: 'T-2', taskType: 'refund' };

const PLANNED: readonly Planned[] = [
  { key: 'one', at: { ...FIRST, agent: 'reader', step: 'read', ...OPENAI } },
  { key: 'two', at: { ...FIRST, agent: 'reader', step: 'read', ...OPENAI } },
  { key: 'three', at: { ...FIRST, agent: 'writer', step: 'write', ...ANTHROPIC } },
  { key: 'four', at: { ...SECOND, agent: 'writer', step: 'write', ...ANTHROPIC } },
  { key: 'five', at: { ...SECOND, agent: 'writer', step: 'forbidden', ...OPENAI }, ends: 'denied' },
  { key: 'six', at: { ...SECOND, agent: 'reader', step: 'read', ...OPENAI }, ends: 'rejected' },
  { key: 'seven', at: { ...SECOND, agent: 'reader', step: 'read', ...ANTHROPIC }, ends: 'cut' },
  { key: 'eight', at: OPENAI },
];

const FAULTS: Record<string, Fault> = {
  six: { kind: 'status', status: 400 },
  seven: { kind: 'reset', accepted: true },
};

/** Makes a planned call in the scopes that it names. */
async function make(app: App, { key, at }: Planned): Promise<void> {
  const headers = { 'x-sim-key': key };
  const messages = [{ role: 'user' as const, content: `the question ${key}` }];
  const send = (): Promise<unknown> =>
    at.provider === 'openai'
      ? app.openai.chat.completions.create({ model: 'gpt-4o', max_tokens: 50, messages }, { headers })
      : app.anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 50, messages }, { headers });
  const { team, user, session, task, taskType, agent, step } = at;
  const inStep = (): Promise<unknown> => (step === undefined ? send() : withStep(step, send));
  const inAgent = (): Promise<unknown> => (agent === undefined ? inStep() : withAgent(agent, inStep));
  const inTask = (): Promise<unknown> =>
    task === undefined ? inAgent() : withTask({ id: task, type: taskType }, inAgent);
  await attribute({ team, user, session }, inTask).catch(() => undefined);
}

/** What rows must say of these calls, by what the providers bill. */
function expected(planned: readonly Planned[], providers: readonly Provider[]): Partial<UsageRow> {
  const lines = providers.flatMap(({ bill }) => bill.lines);
  const sent = planned.filter(({ ends }) => ends !== 'denied');
  const billed = lines.filter(({ key }) => sent.some((call) => call.key === key && call.ends === undefined));
  return {
    calls: sent.length,
    denied: planned.length - sent.length,
    attempts: sent.length,
    unpricedCalls: 0,
    nanoUsd: billed.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0),
  };
}

test('every question is answered with what the providers bill, denied and failed calls apart', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'never', limit: { usd: 0 }, window: 'total', match: { step: 'forbidden' } }] },
    { script: ({ key }) => ({ fault: FAULTS[key] }) },
  );
  for (const planned of PLANNED) await make(app, planned);
  const providers = [app.provider, app.claude];

  const questions: (keyof By)[][] = [
    [],
    ['agent'],
    ['task'],
    ['taskType'],
    ['step'],
    ['user'],
    ['session'],
    ['team'],
    ['model'],
    ['provider'],
    ['agent', 'provider'],
    ['task', 'step', 'model'],
  ];
  for (const by of questions) {
    const rows = app.tollgate.usage({ by });
    const groups = Map.groupBy(PLANNED, ({ at }) => valuesOf(at, by));
    expect(rows.map((row) => valuesOf(row.by, by)).toSorted()).toEqual([...groups.keys()].toSorted());
    for (const { by: values, ...row } of rows) {
      const group = groups.get(valuesOf(values, by)) ?? [];
      // What a lost connection may have cost is an estimate, and apart from what is known.
      const known = { ...row, nanoUsd: row.nanoUsd - row.estimatedNanoUsd };
      expect(known, by.join()).toMatchObject(expected(group, providers));
      expect(row.estimatedNanoUsd > 0, 'an estimate').toBe(group.some(({ ends }) => ends === 'cut'));
    }
  }
});

function valuesOf(of: By, dimensions: readonly (keyof By)[]): string {
  return JSON.stringify(dimensions.map((dimension) => of[dimension] ?? null));
}

test('rows come dearest first, with the tokens of each kind', async () => {
  await using app = await startApp(
    {},
    {
      script: ({ prompt }) =>
        prompt === 'dear'
          ? { usage: { input: 500, cacheRead: 400, output: 30, reasoning: 20 } }
          : { usage: { input: 1, output: 1 } },
    },
  );
  await withAgent('cheap', () => ask(app, 'cheap'));
  await withAgent('dear', () => ask(app, 'dear'));
  const rows = app.tollgate.usage({ by: ['agent'] });
  expect(rows.map(({ by }) => by.agent)).toEqual(['dear', 'cheap']);
  expect(rows[0]?.usage).toMatchObject({ input: 500, cacheRead: 400, output: 30, reasoning: 20 });
  expect(app.tollgate.usage()[0]).toMatchObject({ by: {}, calls: 2, nanoUsd: app.provider.bill.nanoUsd });
});

test('the newest 10,000 tasks stand by name, older ones as (older), and no sum changes', async () => {
  await using app = await startApp();
  const reply = JSON.stringify({
    id: 'c-1',
    object: 'chat.completion',
    model: 'gpt-4o',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
    usage: { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 },
  });
  const openai = new OpenAI({
    apiKey: 'sim',
    baseURL: app.provider.openaiBaseUrl,
    fetch: () => Promise.resolve(new Response(reply, { headers: { 'content-type': 'application/json' } })),
  });
  for (let task = 0; task < 10_100; task += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => withTask(`T-${task + n}`, () => ask({ openai }))));
  }
  const rows = app.tollgate.usage({ by: ['task'] });
  const older = rows.find(({ by }) => by.task === '(older)');
  expect(rows).toHaveLength(10_001);
  expect(older).toMatchObject({ calls: 100, nanoUsd: 100 * 35_000 });
  expect(rows.some(({ by }) => by.task === 'T-99')).toBe(false);
  expect(rows.find(({ by }) => by.task === 'T-100')).toMatchObject({ calls: 1, nanoUsd: 35_000 });
  expect(app.tollgate.usage()[0]).toMatchObject({ calls: 10_100, attempts: 10_100, nanoUsd: 10_100 * 35_000 });
});
