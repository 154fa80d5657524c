import { DIMENSIONS, emptyUsage, type CallRecord, type Dimension, type UsageRow } from '@tollgate/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageBook, type UsageBook } from './usage-book.ts';
import { OLDER, OTHER } from './usage-cells.ts';

function call(more: Partial<CallRecord> & { nanoUsd?: number | undefined } = {}): CallRecord {
  const { nanoUsd = 'nanoUsd' in more ? undefined : 1_000, ...record } = more;
  const usage = record.usage ?? { ...emptyUsage(), input: 100, output: 10 };
  return {
    id: 'call-1',
    startedAt: 0,
    endedAt: 1,
    at: {},
    provider: 'openai',
    requestModel: 'gpt-5-mini',
    operation: 'chat',
    outcome: 'ok',
    attempts: 1,
    cost: { nanoUsd, state: 'reported', origin: 'table', usage, breakdown: {}, flags: [] },
    ...record,
    usage,
  };
}

const summary = (rows: UsageRow[]): unknown[] => rows.map(({ by, calls, nanoUsd }) => ({ ...by, calls, nanoUsd }));

/** Everything in a row that adds up, as one flat list of numbers. */
const figures = ({ usage, ...row }: UsageRow): number[] => [
  ...Object.values(row).filter((value) => typeof value === 'number'),
  ...Object.values(usage).filter((value) => typeof value === 'number'),
  usage.tools['web_search'] ?? 0,
  ...['a', 'b'].map((name) => usage.subCalls.find(({ model }) => model === name)?.usage.output ?? 0),
];

const total = (rows: UsageRow[]): number[] => rows.map(figures).reduce((a, b) => b.map((n, i) => n + (a[i] ?? 0)), []);

function recordTasks(book: UsageBook, tasks: number): void {
  for (let n = 0; n < tasks; n++) {
    for (const step of ['plan', 'act']) book.record(call({ at: Object.freeze({ task: `T-${n}`, step }) }));
  }
}

describe('usage', () => {
  it('answers by any dimensions, dearest first', () => {
    const book = createUsageBook();
    book.record(call({ at: { agent: 'triager', task: 'T-1' }, nanoUsd: 5 }));
    book.record(call({ at: { agent: 'writer', task: 'T-1' }, nanoUsd: 70 }));
    book.record(call({ at: { agent: 'triager', task: 'T-2' }, nanoUsd: 40, requestModel: 'gpt-5' }));
    expect(summary(book.usage({ by: ['agent'] }))).toEqual([
      { agent: 'writer', calls: 1, nanoUsd: 70 },
      { agent: 'triager', calls: 2, nanoUsd: 45 },
    ]);
    expect(summary(book.usage({ by: ['model', 'agent'] }))).toEqual([
      { agent: 'writer', model: 'gpt-5-mini', calls: 1, nanoUsd: 70 },
      { agent: 'triager', model: 'gpt-5', calls: 1, nanoUsd: 40 },
      { agent: 'triager', model: 'gpt-5-mini', calls: 1, nanoUsd: 5 },
    ]);
  });

  it('is one row of zeros without calls, and no row by a dimension', () => {
    const book = createUsageBook();
    expect(summary(book.usage())).toEqual([{ calls: 0, nanoUsd: 0 }]);
    expect(book.usage({ by: ['agent'] })).toEqual([]);
  });

  it('leaves a dimension without a value out of the row', () => {
    const book = createUsageBook();
    book.record(call());
    book.record(call({ at: { agent: 'triager' } }));
    expect(book.usage({ by: ['agent'] }).map(({ by }) => by)).toEqual([{}, { agent: 'triager' }]);
  });

  it('keeps refused, unpriced, estimated and assumed apart', () => {
    const book = createUsageBook();
    const usage = emptyUsage();
    book.record(call({ outcome: 'denied', attempts: 0, nanoUsd: undefined }));
    book.record(call({ nanoUsd: undefined, assumedNanoUsd: 30 }));
    book.record(
      call({ cost: { nanoUsd: 7, state: 'estimated', origin: 'table', usage, breakdown: {}, flags: [] }, attempts: 3 }),
    );
    book.record(call({ outcome: 'denied', attempts: 1, nanoUsd: 2 }));
    expect(book.usage()).toMatchObject([
      {
        calls: 3,
        denied: 2,
        attempts: 5,
        nanoUsd: 9,
        estimatedNanoUsd: 7,
        assumedNanoUsd: 30,
        unpricedCalls: 1,
        usage: { input: 300, output: 30 },
      },
    ]);
  });

  it('gives rows that are the reader’s own', () => {
    const book = createUsageBook();
    book.record(call({ usage: { ...emptyUsage(), tools: { web_search: 1 } } }));
    for (const row of book.usage()) row.usage.tools['web_search'] = 99;
    expect(book.usage()[0]?.usage.tools).toEqual({ web_search: 1 });
  });

  it('keeps one sub-call per model, however many calls had one', () => {
    const book = createUsageBook();
    const usage = { ...emptyUsage(), subCalls: [{ model: 'a', usage: { ...emptyUsage(), output: 3 } }] };
    for (let n = 0; n < 50; n++) book.record(call({ usage }));
    expect(book.usage()[0]?.usage.subCalls).toEqual([{ model: 'a', usage: { ...emptyUsage(), output: 150 } }]);
  });

  it('does not mistake an attribution that was changed in place for the one that it was', () => {
    const book = createUsageBook();
    const at = { agent: 'triager' };
    book.record(call({ at }));
    at.agent = 'writer';
    book.record(call({ at }));
    expect(book.usage({ by: ['agent'] }).map(({ by }) => by.agent)).toEqual(['triager', 'writer']);
  });
});

describe('bounds', () => {
  it('folds the tasks before the newest 10,000 into (older)', () => {
    const book = createUsageBook();
    recordTasks(book, 10_003);
    const rows = book.usage({ by: ['task'] });
    expect(rows).toHaveLength(10_001);
    expect(summary(rows.slice(0, 1))).toEqual([{ task: OLDER, calls: 6, nanoUsd: 6_000 }]);
    expect(rows.some(({ by }) => by.task === 'T-2')).toBe(false);
    expect(rows.some(({ by }) => by.task === 'T-3')).toBe(true);
    expect(book.usage()[0]).toMatchObject({ calls: 20_006, nanoUsd: 20_006_000 });
  });

  it('keeps a task that is still at work while younger ones are let go', () => {
    const book = createUsageBook({ maxValues: 3 });
    for (let n = 0; n < 20; n++) {
      book.record(call({ at: { task: 'long' } }));
      book.record(call({ at: { task: `short-${n}` } }));
    }
    const rows = book.usage({ by: ['task'] });
    expect(rows.find(({ by }) => by.task === 'long')?.calls).toBe(20);
    expect(rows).toHaveLength(4);
  });

  it('keeps the steps and users of folded tasks', () => {
    const book = createUsageBook({ maxValues: 2 });
    for (let n = 0; n < 9; n++) book.record(call({ at: { task: `T-${n}`, user: 'ann', step: 'act' } }));
    expect(summary(book.usage({ by: ['user', 'step'] }))).toEqual([
      { user: 'ann', step: 'act', calls: 9, nanoUsd: 9_000 },
    ]);
    expect(book.cells).toBe(3);
  });

  it('counts a call of a task that was folded meanwhile', () => {
    const book = createUsageBook({ maxValues: 1 });
    const early = Object.freeze({ task: 'T-1' });
    for (const at of [early, Object.freeze({ task: 'T-2' }), early]) book.record(call({ at }));
    expect(summary(book.usage({ by: ['task'] }))).toEqual([
      { task: OLDER, calls: 2, nanoUsd: 2_000 },
      { task: 'T-1', calls: 1, nanoUsd: 1_000 },
    ]);
  });

  it('folds the oldest tasks where there are too many combinations', () => {
    const book = createUsageBook({ maxCells: 5 });
    recordTasks(book, 9);
    expect(book.usage({ by: ['task', 'step'] }).map(({ by }) => `${by.task} ${by.step}`)).toEqual([
      `${OLDER} act`,
      `${OLDER} plan`,
      'T-8 act',
      'T-8 plan',
    ]);
    expect(book.usage()[0]?.calls).toBe(18);
  });

  it('takes the first thousand names of the other dimensions, so that ids as step names cannot fill memory', () => {
    const book = createUsageBook({ maxNames: 3 });
    for (let n = 0; n < 9; n++) book.record(call({ at: { step: `GET /orders/${n}`, task: 'T-1' } }));
    expect(summary(book.usage({ by: ['step'] }))[0]).toEqual({ step: OTHER, calls: 6, nanoUsd: 6_000 });
    expect(book.cells).toBe(4);
  });

  it('counts exactly by every combination of dimensions, within its bounds, whatever comes', () => {
    const name = fc.constantFrom('1', '2', '3', '4', '5', undefined);
    const record = fc
      .record({
        at: fc
          .record({ team: name, user: name, session: name, agent: name, task: name, taskType: name, step: name })
          .map((at) => Object.freeze(at)),
        requestModel: fc.constantFrom('gpt-5', 'claude-sonnet-5'),
        provider: fc.constantFrom('openai', 'anthropic'),
        outcome: fc.constantFrom('ok' as const, 'error' as const, 'denied' as const, 'aborted' as const),
        attempts: fc.nat(3),
        nanoUsd: fc.option(fc.nat(2 ** 40), { nil: undefined }),
        assumedNanoUsd: fc.option(fc.nat(9), { nil: undefined }),
        usage: fc.record({ input: fc.nat(), output: fc.nat(), sub: fc.constantFrom('a', 'b') }).map((x) => ({
          ...emptyUsage(),
          input: x.input,
          output: x.output,
          tools: { web_search: 1 },
          subCalls: [{ model: x.sub, usage: { ...emptyUsage(), output: 2 } }],
        })),
      })
      .map(call);
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 120 }),
        fc.array(fc.subarray([...DIMENSIONS]), { minLength: 3, maxLength: 3 }),
        (records, questions: Dimension[][]) => {
          const book = createUsageBook({ maxValues: 2, maxNames: 3, maxCells: 12 });
          const simple = createUsageBook({ maxValues: 1e6 });
          for (const r of records) {
            book.record(r);
            simple.record(r);
          }
          expect(book.cells).toBeLessThanOrEqual(13);
          const expected = total(simple.usage());
          for (const by of [...questions, [...DIMENSIONS]]) {
            expect(total(book.usage({ by }))).toEqual(expected);
            const rows = book.usage({ by: ['task'] }).filter((row) => row.by.task?.length === 1);
            expect(rows.length).toBeLessThanOrEqual(2);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
