import { startProvider } from '@tollgate/provider-sim';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RingTwoAnswer, RingTwoSettings } from './apps/ring-two.ts';
import { startReceiver, type ReceivedPoint } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

interface Run extends RingTwoAnswer {
  points: ReceivedPoint[];
  requests: number;
  billedNanoUsd: number;
}

const BUDGETS: RingTwoSettings['options']['budgets'] = [
  { name: 'two-calls', limit: { calls: 2 }, window: 'total' },
  { name: 'money', limit: { usd: 1.5, tokens: 100_000 }, window: 'day' },
];

async function run(setUp: RingTwoSettings['setUp'], acts: RingTwoSettings['acts'], env = {}): Promise<Run> {
  await using receiver = await startReceiver();
  await using openai = await startProvider();
  await using anthropic = await startProvider();
  const settings: RingTwoSettings = {
    setUp,
    acts,
    options: { budgets: BUDGETS },
    openaiBaseUrl: openai.openaiBaseUrl,
    anthropicBaseUrl: anthropic.anthropicBaseUrl,
  };
  const said = await ask<RingTwoAnswer>('ring-two.ts', {
    settings,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...env },
  });
  return {
    ...said,
    points: receiver.points,
    requests: openai.requests.length + anthropic.requests.length,
    billedNanoUsd: openai.bill.nanoUsd + anthropic.bill.nanoUsd,
  };
}

/** How ring 2 stands, by `instrumented`. */
function ringTwo({ instrumented }: Run): { state: string; why?: string | undefined } | undefined {
  return instrumented.find(({ module }) => module === 'BudgetSpanProcessor');
}

describe.concurrent('an emitter that no instrumented SDK answers for', () => {
  let official: Run;
  beforeAll(async () => {
    official = await run('official', ['bare', 'bare', 'bare']);
  });

  test('is refused by startSpan once its budget is used up, and makes no request', () => {
    expect(official.ends).toEqual(['ok', 'ok', 'exhausted']);
    expect(official.requests).toBe(2);
  });

  test('is charged what the provider bills', () => {
    expect(official).toMatchObject({ nanoUsd: official.billedNanoUsd, assumedNanoUsd: 0 });
    expect(official.billedNanoUsd).toBeGreaterThan(0);
  });

  test('meets a processor that was made before register() and bound later', () => {
    expect(ringTwo(official)).toMatchObject({
      state: 'hooked',
      why: expect.stringContaining("the app's own list") as string,
    });
  });

  test('is judged by the very totals that are exported: gauges equal the ledger at every export', () => {
    expect(official.snapshots).toHaveLength(3);
    expect(official.snapshots.some((budgets) => budgets.some(({ reserved }) => (reserved.nanoUsd ?? 0) > 0))).toBe(
      true,
    );
    const exports = [...new Set(official.points.map(({ request }) => request))];
    expect(exports).toHaveLength(official.snapshots.length);
    for (const [index, budgets] of official.snapshots.entries()) {
      const points = official.points.filter(({ request }) => request === exports[index]);
      for (const gauge of ['limit', 'spent', 'reserved'] as const) {
        expect(gauges(points, `tollgate.budget.${gauge}`), `${gauge}, export ${index}`).toEqual(
          Object.fromEntries(budgets.flatMap((standing) => measures(standing.budget, standing[gauge], standing.limit))),
        );
      }
    }
  });

  test('is counted in the metrics, whose cost is the bill to the nano-USD', () => {
    expect(sumOf(official.points, 'tollgate.cost')).toBe(official.billedNanoUsd);
    expect(lastOf(official.points, 'tollgate.calls')).toEqual({ ok: 2, denied: 1 });
  });

  test('is stopped by a processor that we have put first into the list of the app', async () => {
    const seen = await run('probed', ['bare', 'bare', 'bare']);
    expect(seen.ends).toEqual(['ok', 'ok', 'exhausted']);
    expect(seen.requests).toBe(2);
    expect(ringTwo(seen)).toMatchObject({ state: 'hooked', why: expect.stringContaining('put first') as string });
  });

  test('is seen although nothing is sampled, where the provider is ours', async () => {
    const seen = await run('own', ['bare', 'bare', 'bare'], { OTEL_TRACES_SAMPLER: 'always_off' });
    expect(seen.ends).toEqual(['ok', 'ok', 'exhausted']);
    expect(seen.nanoUsd).toBe(seen.billedNanoUsd);
  });

  test('passes where the provider hides its processors, and instrumented has the line to add', async () => {
    const seen = await run('hidden', ['bare', 'openai', 'openai', 'openai']);
    expect(ringTwo(seen)).toMatchObject({
      state: 'found-not-hooked',
      why: expect.stringMatching(/add .*spanProcessors: \[budgetSpanProcessor\(\)/) as string,
    });
    expect(seen.ends, 'ring 1 does not need it').toEqual(['ok', 'ok', 'ok', 'exhausted']);
  });
});

describe.concurrent('an SDK that is hooked', () => {
  test('reserves once for an exchange, whoever else traces it', async () => {
    const seen = await run('official', ['anthropic', 'openai']);
    expect(seen.ends).toEqual(['ok', 'ok']);
    expect(seen.reserved).toEqual([1, 1]);
    expect(seen.nanoUsd).toBe(seen.billedNanoUsd);
    expect(lastOf(seen.points, 'tollgate.calls')).toEqual({ ok: 2 });
    const inference = seen.spans.filter(({ attributes }) => attributes['gen_ai.request.model'] !== undefined);
    expect(inference.map(({ scope }) => scope.split('.').at(-1))).toHaveLength(2);
    for (const { attributes } of inference) expect(attributes).toMatchObject({ 'tollgate.metered': true });
  });

  test('is refused and counted right although the app samples nothing', async () => {
    const seen = await run('unsampled', ['anthropic', 'openai', 'openai']);
    expect(seen.ends).toEqual(['ok', 'ok', 'exhausted']);
    expect(seen.requests).toBe(2);
    expect(seen.spans).toEqual([]);
    expect(lastOf(seen.points, 'tollgate.calls')).toEqual({ ok: 2, denied: 1 });
    expect(sumOf(seen.points, 'tollgate.cost')).toBe(seen.billedNanoUsd);
  });
});

/** A gauge's points as `budget unit` → integer. */
function gauges(points: ReceivedPoint[], metric: string): Record<string, number> {
  const own = points.filter((point) => point.metric === metric);
  return Object.fromEntries(
    own.map(({ attributes, value }) => [
      [attributes['budget'], attributes['unit']].join(' '),
      attributes['unit'] === 'usd' ? Math.round(value * 1e9) : value,
    ]),
  );
}

/** The same of a standing. What is not limited is not shown. */
function measures(budget: string, amounts: Measures, limit: Measures): [key: string, amount: number][] {
  const units = [
    ['usd', 'nanoUsd'],
    ['tokens', 'tokens'],
    ['calls', 'calls'],
  ] as const;
  return units.flatMap(([unit, field]) =>
    limit[field] === undefined ? [] : [[`${budget} ${unit}`, amounts[field] ?? 0] as [string, number]],
  );
}

type Measures = RingTwoAnswer['snapshots'][number][number]['limit'];

/** The last value of each series of a counter. */
function lastPoints(points: ReceivedPoint[], metric: string): ReceivedPoint[] {
  const last = new Map<string, ReceivedPoint>();
  for (const point of points) if (point.metric === metric) last.set(JSON.stringify(point.attributes), point);
  return [...last.values()];
}

function sumOf(points: ReceivedPoint[], metric: string): number {
  return lastPoints(points, metric).reduce((sum, { value }) => sum + Math.round(value * 1e9), 0);
}

function lastOf(points: ReceivedPoint[], metric: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { attributes, value } of lastPoints(points, metric)) {
    const outcome = String(attributes['outcome']);
    counts[outcome] = (counts[outcome] ?? 0) + value;
  }
  return counts;
}
