import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { Attribution, Standing } from '@tollgate/core';
import { describe, expect, it } from 'vitest';
import { DETAILS, OPTIONS, RECORD, STANDING, START } from './call-fixture.ts';
import { createTelemetry, type Telemetry, type TelemetryOptions } from './create-telemetry.ts';

interface Bench {
  telemetry: Telemetry;
  /** name → `label=value,…` → value (of a histogram: its sum). */
  points: () => Promise<Record<string, Record<string, number>>>;
}

function bench(options: Partial<TelemetryOptions> = {}): Bench {
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const meter = meterProvider.getMeter('test');
  const telemetry = createTelemetry({
    signals: { tracer: () => undefined, meter: () => meter },
    ...OPTIONS,
    log: () => {},
    ...options,
  });
  return { telemetry, points: () => pointsOf(reader) };
}

async function pointsOf(reader: PeriodicExportingMetricReader): Promise<Record<string, Record<string, number>>> {
  const { resourceMetrics } = await reader.collect();
  const points: Record<string, Record<string, number>> = {};
  for (const { metrics: all } of resourceMetrics.scopeMetrics) {
    for (const { descriptor, dataPoints } of all) {
      const byLabels = (points[descriptor.name] ??= {});
      for (const { attributes, value } of dataPoints) {
        const labels = Object.entries(attributes).map(([key, label]) => `${key}=${String(label)}`);
        byLabels[labels.toSorted().join(',')] = typeof value === 'number' ? value : (value.sum ?? 0);
      }
    }
  }
  return points;
}

function call(telemetry: Telemetry, at: Attribution): void {
  telemetry.open({ ...START, at }).end({ ...RECORD, at }, DETAILS);
}

function refuse(telemetry: Telemetry, at: Attribution, endedAt: number = RECORD.startedAt): void {
  const denial = { reason: 'exhausted', standing: STANDING, message: 'no' } as const;
  telemetry.open({ ...START, at }).end({ ...RECORD, at, endedAt, outcome: 'denied' }, { ...DETAILS, denial });
}

const CALL =
  'gen_ai.agent.name=triager,gen_ai.provider.name=openai,gen_ai.request.model=gpt-5,gen_ai.response.model=gpt-5-2026-08-01';
const TASK = 'tollgate.step.name=classify,tollgate.task.type=triage,tollgate.team=support';
const SERVER =
  'gen_ai.operation.name=chat,gen_ai.provider.name=openai,gen_ai.request.model=gpt-5,gen_ai.response.model=gpt-5-2026-08-01';

describe('the metrics of a call', () => {
  it('are the agreed ones, with the agreed labels, and add up', async () => {
    const { telemetry, points } = bench({ semconv: 'both' });
    for (let n = 0; n < 3; n += 1) {
      const span = telemetry.open(START);
      span.attempt({ number: 1, status: 500, error: undefined });
      span.end({ ...RECORD, assumedNanoUsd: 1000 }, DETAILS);
    }
    telemetry.open(START);
    const kinds = { input: 300, cache_read: 120, cache_write: 30, output: 90, reasoning: 60, audio_in: 15 };
    const inference = (modality: string): string =>
      `${SERVER},gen_ai.token.modality=${modality},server.address=api.openai.com,server.port=443`.replace(
        'gen_ai.token',
        'gen_ai.token',
      );
    const result = `${SERVER},server.address=api.openai.com,server.port=443`;
    expect(await points()).toEqual({
      'tollgate.cost': { [`${CALL},state=reported,${TASK}`]: 0.003703701 },
      'tollgate.cost.assumed': { [`${CALL},reason=tier_unknown,${TASK}`]: 0.000003 },
      'tollgate.tokens': Object.fromEntries(
        Object.entries(kinds).map(([kind, tokens]) => [`${CALL},kind=${kind},state=reported,${TASK}`, tokens]),
      ),
      'tollgate.calls': { [`${CALL},outcome=ok,${TASK}`]: 3 },
      'tollgate.attempts': { [`${CALL},outcome=ok,${TASK}`]: 3, [`${CALL},outcome=error,${TASK}`]: 3 },
      'tollgate.call.duration': { [`${CALL},${TASK}`]: 4.5 },
      'tollgate.calls.in_flight': { 'gen_ai.agent.name=triager,gen_ai.request.model=gpt-5': 1 },
      'tollgate.unpriced': { 'gen_ai.provider.name=openai,gen_ai.request.model=gpt-5,reason=tier_unknown': 3 },
      'tollgate.store.up': { 'store=store-1': 1 },
      'tollgate.price_table.timestamp': { 'version=2026-11-20': Date.UTC(2026, 10, 20) / 1000 },
      'tollgate.build': { 'version=0.1.0': 1 },
      'gen_ai.client.inference.usage.input_tokens': { [inference('text')]: 450, [inference('audio')]: 15 },
      'gen_ai.client.inference.usage.output_tokens': { [inference('text')]: 150 },
      'gen_ai.client.inference.usage.cache_read.input_tokens': { [inference('text')]: 120 },
      'gen_ai.client.inference.usage.cache_write.input_tokens': { [inference('text')]: 30 },
      'gen_ai.client.inference.usage.reasoning.output_tokens': { [inference('text')]: 60 },
      'gen_ai.client.inference.operation.input_tokens': { [result]: 465 },
      'gen_ai.client.inference.operation.output_tokens': { [result]: 150 },
      'gen_ai.client.inference.duration': { [result]: 4.5 },
      'gen_ai.client.inference.time_to_first_chunk': { [result]: 0.75 },
      'gen_ai.client.operation.duration': { [result]: 4.5 },
      'gen_ai.client.token.usage': {
        [`${SERVER},gen_ai.token.type=input,server.address=api.openai.com,server.port=443`]: 465,
        [`${SERVER},gen_ai.token.type=output,server.address=api.openai.com,server.port=443`]: 150,
      },
    });
  });

  it.each([
    ['a model without a price', { nanoUsd: undefined, state: 'unknown', usageState: 'reported' }, 465],
    ['a call of which a part has no price', { state: 'estimated', usageState: 'reported' }, 465],
    ['a usage that was estimated', { state: 'estimated', usageState: 'estimated' }, undefined],
    ['an estimate for a model without a price', { nanoUsd: undefined, state: 'unknown' }, undefined],
  ] as const)('have the tokens that a provider reports, whatever they cost: %s', async (_what, known, input) => {
    const { telemetry, points } = bench();
    for (let n = 0; n < 3; n += 1)
      telemetry.open(START).end({ ...RECORD, cost: { ...RECORD.cost, ...known } }, DETAILS);
    const { 'gen_ai.client.inference.operation.input_tokens': operation = {} } = await points();
    expect(Object.values(operation)[0]).toBe(input);
  });

  it('stay exact over many collections', async () => {
    const { telemetry, points } = bench();
    const odd = { ...RECORD, cost: { ...RECORD.cost, nanoUsd: 333_333_333 } };
    for (let n = 0; n < 500; n += 1) {
      telemetry.open(START).end(odd, DETAILS);
      if (n % 50 === 0) await points();
    }
    const [total] = Object.values((await points())['tollgate.cost'] ?? {});
    expect(Math.round((total ?? 0) * 1e9)).toBe(500 * 333_333_333);
  });

  it('fold a label beyond its cap into other, and count that', async () => {
    const { telemetry, points } = bench();
    for (let n = 0; n < 103; n += 1) {
      const record = { ...RECORD, at: { agent: `agent-${n}` } };
      telemetry.open({ ...START, at: record.at }).end(record, DETAILS);
    }
    const all = await points();
    expect(Object.keys(all['tollgate.calls'] ?? {})).toHaveLength(101);
    const other = Object.entries(all['tollgate.calls'] ?? {}).filter(([labels]) => labels.includes('agent.name=other'));
    expect(other.map(([, calls]) => calls)).toEqual([3]);
    expect(all['tollgate.label.overflow']?.['label=gen_ai.agent.name']).toBeGreaterThanOrEqual(3);
  });

  it('have the labels that were asked for, and none for a call without a value', async () => {
    const { telemetry, points } = bench({ labels: ['task', 'session', 'agent'] });
    for (const at of [
      { agent: 'a', task: 'T-1', user: 'u', session: 's' },
      { agent: 'a', task: 'T-2' },
    ]) {
      telemetry.open({ ...START, at }).end({ ...RECORD, at }, DETAILS);
    }
    const shown = Object.keys((await points())['tollgate.calls'] ?? {}).map((key) =>
      key.split(',').filter((label) => /^(session|user|tollgate|gen_ai.agent)/.test(label)),
    );
    expect(shown).toEqual([
      ['gen_ai.agent.name=a', 'session.id=s', 'tollgate.task.id=T-1'],
      ['gen_ai.agent.name=a', 'tollgate.task.id=T-2'],
    ]);
  });

  it('are neither recorded nor claimed where the Collector counts', async () => {
    const { telemetry, points } = bench({ metrics: 'collector' });
    telemetry.open(START).end(RECORD, DETAILS);
    expect(telemetry.isMetering()).toBe(false);
    expect(await points()).toEqual({});
  });

  it('start from zero on a meter that appears later, and a call under way is taken off where it was put', async () => {
    let meter = undefined as ReturnType<TelemetryOptions['signals']['meter']>;
    const readers = [1, 2].map(
      () =>
        new PeriodicExportingMetricReader({ exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE) }),
    );
    const meters = readers.map((reader) => new MeterProvider({ readers: [reader] }).getMeter('test'));
    const { telemetry } = bench({ signals: { tracer: () => undefined, meter: () => meter } });
    telemetry.open(START).end(RECORD, DETAILS);
    meter = meters[0];
    const underWay = telemetry.open(START);
    telemetry.open(START).end(RECORD, DETAILS);
    telemetry.open(START).end(RECORD, DETAILS);
    meter = meters[1];
    telemetry.open(START).end(RECORD, DETAILS);
    underWay.end(RECORD, DETAILS);
    const [before, after] = await Promise.all(readers.map((reader) => pointsOf(reader)));
    expect(Object.values(before?.['tollgate.calls'] ?? {})).toEqual([2]);
    expect(Object.values(before?.['tollgate.calls.in_flight'] ?? {})).toEqual([0]);
    expect(Object.values(after?.['tollgate.calls'] ?? {})).toEqual([2]);
    expect(Object.values(after?.['tollgate.calls.in_flight'] ?? {})).toEqual([0]);
    expect(before).not.toHaveProperty('tollgate.build');
    expect(after).toHaveProperty('tollgate.build');
    await Promise.all(readers.map((reader) => reader.shutdown()));
  });
});

describe('refused calls of tasks', () => {
  const MINUTE = 60_000;

  async function deniedBy(points: Bench['points']): Promise<Record<string, number>> {
    return (await points())['tollgate.task.denied'] ?? {};
  }

  it('are counted by task and agent, whichever budget refuses, those that become no span included', async () => {
    const { telemetry, points } = bench();
    for (let n = 0; n < 12; n += 1) refuse(telemetry, { task: 'T-1', agent: 'critic' });
    refuse(telemetry, { task: 'T-1', agent: 'writer' });
    refuse(telemetry, { task: 'T-2' });
    refuse(telemetry, { agent: 'critic' });
    call(telemetry, { task: 'T-3', agent: 'critic' });
    expect(await deniedBy(points)).toEqual({
      'gen_ai.agent.name=critic,tollgate.task.id=T-1': 12,
      'gen_ai.agent.name=writer,tollgate.task.id=T-1': 1,
      'tollgate.task.id=T-2': 1,
    });
  });

  it('are of the last five minutes: a task without one is gone', async () => {
    let now = START.startedAt;
    const { telemetry, points } = bench({ now: () => now });
    const at = { task: 'T-1', agent: 'critic' };
    refuse(telemetry, at, now);
    now += 4 * MINUTE;
    refuse(telemetry, at, now);
    expect(Object.values(await deniedBy(points))).toEqual([2]);
    now += 2 * MINUTE;
    expect(Object.values(await deniedBy(points))).toEqual([1]);
    now += 4 * MINUTE;
    expect(Object.values(await deniedBy(points))).toEqual([0]);
  });

  it('are shown of the twenty that are refused most, and kept of the thousand that were refused last', async () => {
    const { telemetry, points } = bench();
    for (let n = 0; n < 50; n += 1) refuse(telemetry, { task: 'first', agent: 'critic' });
    for (let n = 0; n < 1000; n += 1) {
      for (let times = 0; times <= (n < 30 ? n : 0); times += 1) refuse(telemetry, { task: `T-${n}`, agent: 'critic' });
    }
    expect(Object.values(await deniedBy(points)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 11),
    );
  });

  it('stay known when metrics begin to go elsewhere', async () => {
    let meter = undefined as ReturnType<TelemetryOptions['signals']['meter']>;
    const reader = (): PeriodicExportingMetricReader =>
      new PeriodicExportingMetricReader({ exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE) });
    const [first, second] = [reader(), reader()];
    const meters = [first, second].map((to) => new MeterProvider({ readers: [to] }).getMeter('test'));
    const { telemetry } = bench({ signals: { tracer: () => undefined, meter: () => meter } });
    [meter] = meters;
    refuse(telemetry, { task: 'T-1', agent: 'critic' });
    meter = meters[1];
    telemetry.isMetering();
    expect(Object.values((await pointsOf(second))['tollgate.task.denied'] ?? {})).toEqual([1]);
    await Promise.all([first.shutdown(), second.shutdown()]);
  });
});

describe('the metrics of budgets', () => {
  const labels = 'gen_ai.agent.name=triager,mode=enforce,reach=process,store=store-1';
  const series = (unit: string): string => `budget=agent-day,${labels},unit=${unit},window=day`;

  it("are the ledger's own numbers, read when they are collected", async () => {
    const { telemetry, points } = bench({
      standings: () => [STANDING],
      oldestReservation: (now) => now - 2500,
      configErrors: 2,
    });
    telemetry.isMetering();
    telemetry.budgets.decided(STANDING, 'deny', 'exhausted');
    const account = telemetry.budgets.countersOf(STANDING);
    account.allowed();
    const limit = { nanoUsd: 100, tokens: Infinity, calls: 10 };
    account.charged({ nanoUsd: 5, tokens: 7, calls: 1 }, limit);
    account.charged({ nanoUsd: 6, tokens: 7, calls: 1 }, limit);
    telemetry.budgets.overrun(STANDING, { nanoUsd: 3 });
    telemetry.storeFailed('store-1');
    telemetry.taskEnded({ agent: 'triager', taskType: 'triage', nanoUsd: 2_000_000_000, outcome: 'refused' });
    const all = await points();
    expect(all).toMatchObject({
      'tollgate.budget.limit': { [series('usd')]: 2, [series('calls')]: 100 },
      'tollgate.budget.spent': { [series('usd')]: 1.999999999, [series('calls')]: 3 },
      'tollgate.budget.reserved': { [series('usd')]: 1e-9, [series('calls')]: 0 },
      'tollgate.budget.closed': { [series('usd')]: 1, [series('calls')]: 1 },
      'tollgate.budget.window.start': { [series('usd')]: Date.UTC(2026, 10, 24) / 1000 },
      'tollgate.budget.window.end': { [series('usd')]: Date.UTC(2026, 10, 25) / 1000 },
      'tollgate.budget.charged': { [series('usd')]: 11e-9, [series('calls')]: 2 },
      'tollgate.budget.overrun': { [series('usd')]: 3e-9 },
      'tollgate.budget.decisions': {
        [`budget=agent-day,decision=deny,gen_ai.agent.name=triager,mode=enforce,reach=process,reason=exhausted,store=store-1,window=day`]: 1,
        [`budget=agent-day,decision=allow,${labels},window=day`]: 1,
      },
      'tollgate.reservation.oldest_age': { '': 2.5 },
      'tollgate.store.errors': { 'store=store-1': 1 },
      'tollgate.config.errors': { '': 2 },
      'tollgate.tasks': { 'gen_ai.agent.name=triager,outcome=refused,tollgate.task.type=triage': 1 },
      'tollgate.task.cost': { 'gen_ai.agent.name=triager,tollgate.task.type=triage': 2 },
    });
  });

  it('show of accounts by task the fullest as that of any task, and name at most 20 tasks that are over', async () => {
    const standings = Array.from({ length: 30 }, (_, n) => ({
      ...STANDING,
      budget: 'one-task',
      account: { task: `T-${n}` },
      limit: { nanoUsd: 1_000_000_000 },
      spent: { nanoUsd: n * 100_000_000 },
      closed: n === 3,
      resetsAt: undefined,
      opensAt: undefined,
    }));
    const { telemetry, points } = bench({ standings: () => standings });
    telemetry.isMetering();
    const all = await points();
    const one =
      'budget=one-task,mode=enforce,reach=process,store=store-1,tollgate.task.id=(any task),unit=usd,window=day';
    expect(all['tollgate.budget.spent']).toEqual({ [one]: 2.9 });
    expect(all['tollgate.budget.window.end']).toEqual({ [one]: 253_402_300_799 });
    expect(all).not.toHaveProperty('tollgate.budget.window.start');
    expect(all['tollgate.task.over']).toEqual({
      'reason=closed,tollgate.task.id=T-3': 0.3,
      ...Object.fromEntries(
        Array.from({ length: 19 }, (_, n) => [`reason=over,tollgate.task.id=T-${n + 11}`, (n + 11) / 10]),
      ),
    });
  });

  it('no longer tell of a task that has spent nothing for a quarter of an hour', async () => {
    const MINUTE = 60_000;
    let [asOf, spent] = [STANDING.asOf, 3];
    const limit = { nanoUsd: 1 };
    const of = (task: string, nanoUsd: number): Standing => {
      return { ...STANDING, key: task, asOf, account: { task }, limit, spent: { nanoUsd }, closed: false };
    };
    const { telemetry, points } = bench({ standings: () => [of('ended', 4), of('goes-on', spent)] });
    telemetry.isMetering();
    const told = async (): Promise<number[]> => Object.values((await points())['tollgate.task.over'] ?? {});
    expect(await told()).toEqual([3, 4]);
    asOf += 14 * MINUTE;
    spent += 1;
    expect(await told()).toEqual([4, 4]);
    asOf += MINUTE;
    expect(await told()).toEqual([4, 0]);
    asOf += 14 * MINUTE;
    expect(await told()).toEqual([0, 0]);
  });

  it('say 0 once of a task that is no longer over', async () => {
    const of = (task: string): Standing => ({ ...STANDING, budget: 'one-task', account: { task } });
    let tasks = ['T-1', 'T-2'];
    const { telemetry, points } = bench({ standings: () => tasks.map(of) });
    telemetry.isMetering();
    await points();
    tasks = ['T-2'];
    expect((await points())['tollgate.task.over']).toEqual({
      'reason=closed,tollgate.task.id=T-1': 0,
      'reason=closed,tollgate.task.id=T-2': 0.9999999995,
    });
  });

  it('name as the agent of a task that is over the one that last began to call for it, or was refused last', async () => {
    const of = (task: string): Standing => ({ ...STANDING, budget: 'one-task', account: { task } });
    const { telemetry, points } = bench({ standings: () => ['T-1', 'T-2', 'T-3', 'T-4'].map(of) });
    call(telemetry, { task: 'T-1', agent: 'writer' });
    call(telemetry, { task: 'T-1', agent: 'critic' });
    call(telemetry, { task: 'T-2', agent: 'writer' });
    call(telemetry, { task: 'T-2', agent: 'critic' });
    refuse(telemetry, { task: 'T-2', agent: 'writer' });
    call(telemetry, { task: 'T-3' });
    expect(Object.keys((await points())['tollgate.task.over'] ?? {}).toSorted()).toEqual([
      'gen_ai.agent.name=critic,reason=closed,tollgate.task.id=T-1',
      'gen_ai.agent.name=writer,reason=closed,tollgate.task.id=T-2',
      'reason=closed,tollgate.task.id=T-3',
      'reason=closed,tollgate.task.id=T-4',
    ]);
  });

  it('show each account by task where tasks are labels, and of those beyond the cap the fullest', async () => {
    const standings = Array.from({ length: 120 }, (_, n) => ({
      ...STANDING,
      account: { task: `T-${n}` },
      limit: { nanoUsd: 1_000_000_000 },
      spent: { nanoUsd: n * 1_000_000 },
    }));
    const { telemetry, points } = bench({ labels: ['task'], standings: () => standings });
    telemetry.isMetering();
    const spent = Object.entries((await points())['tollgate.budget.spent'] ?? {});
    expect(spent).toHaveLength(101);
    const of = (task: string): number | undefined => spent.find(([key]) => key.includes(`task.id=${task},`))?.[1];
    expect(of('T-119')).toBe(0.119);
    expect(of('other')).toBe(0.019);
  });
});
