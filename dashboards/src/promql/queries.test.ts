import { METRICS, type MetricName } from '@tollgate/otel/conventions';
import { describe, expect, test } from 'vitest';
import { BOARDS } from '../boards/all-boards.ts';
import { ALL, BUILT_IN, interpolate } from '../check/interpolate.ts';
import { readPromql } from '../check/read-promql.ts';
import { COLLECTOR } from './collector-metrics.ts';
import { label, RESOURCE, series } from './names.ts';
import { RECORDED } from './recorded.ts';
import { everywhere, select } from './selector.ts';
import { withAccount } from './account.ts';

const NAMES = Object.keys(METRICS) as MetricName[];

/** Every series that exists, and the metric that it is of where that is one of the conventions. */
const SERIES = new Map<string, MetricName | undefined>([
  ...NAMES.flatMap((name): [string, MetricName][] =>
    METRICS[name].instrument === 'histogram'
      ? ['_bucket', '_sum', '_count'].map((part) => [`${series(name)}${part}`, name])
      : [[series(name), name]],
  ),
  ...Object.values({ ...RECORDED, ...COLLECTOR }).map((name): [string, undefined] => [name, undefined]),
]);

/** What recorded series and the Collector's own have as labels, and what queries add. */
const OTHER_LABELS = [
  'le',
  'exporter',
  'what',
  'account',
  'budget',
  'unit',
  'window',
  'mode',
  'reach',
  'store',
  'reason',
  'outcome',
];
const ACCOUNT_LABELS = [...withAccount('x').matchAll(/"(\w+)"/g)].map(([, name]) => name ?? '');

/** Who serves a call, which library saw it, where it was scraped: a board on any of them shows nothing to others. */
const VENDOR = /^(gen_ai_system|gen_ai_provider_name|telemetry_sdk_\w+|otel_scope_\w+|service_name|job|instance)\W/;

const queries = BOARDS.flatMap(({ uid, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries: asked }) =>
      asked.flatMap((query) => {
        if (query.source !== 'metrics') return [];
        const reading = readPromql(interpolate(query.expr, ALL));
        return [{ panel: `${uid}: ${title}`, ...query, ...reading }];
      }),
    ),
  ),
);

type PanelQuery = (typeof queries)[number];

/** Panels with what is wrong with their queries. */
function faults(find: (query: PanelQuery) => unknown[]): unknown[] {
  return queries.flatMap((query) => {
    const found = find(query);
    return found.length === 0 ? [] : [{ panel: query.panel, found }];
  });
}

describe('the PromQL of every panel', () => {
  test('is grammatical', () => {
    expect(queries.length).toBeGreaterThan(60);
    expect(faults(({ errors }) => errors)).toEqual([]);
  });

  test('reads series that exist', () => {
    expect(faults(({ metrics }) => metrics.filter((name) => !SERIES.has(name)))).toEqual([]);
    expect(faults(({ metrics }) => (metrics.length === 0 ? ['nothing is read'] : []))).toEqual([]);
  });

  test('reads metrics that somebody writes', () => {
    const isUnwritten = (metric: MetricName | undefined): boolean =>
      metric !== undefined && METRICS[metric].who.length === 0;
    expect(faults(({ metrics }) => metrics.filter((name) => isUnwritten(SERIES.get(name))))).toEqual([]);
  });

  test('names labels that its metrics have', () => {
    expect(faults(({ metrics, labels }) => labels.filter((name) => !labelsOf(metrics).has(name)))).toEqual([]);
  });

  test('filters by no vendor', () => {
    expect(faults(({ matchers }) => matchers.filter((matcher) => VENDOR.test(matcher)))).toEqual([]);
  });

  test('never totals what increase() extrapolates', () => {
    expect(faults(({ functions }) => functions.filter((name) => name === 'increase'))).toEqual([]);
  });

  test('takes rates of curves over the interval that Grafana computes', () => {
    const interval = BUILT_IN['__rate_interval'];
    const wrong = faults(({ at, functions, ranges }) =>
      at === 'range' && functions.includes('rate') ? ranges.filter((range) => range !== interval) : [],
    );
    expect(wrong).toEqual([]);
  });

  test('takes totals only at the end of the time range', () => {
    expect(faults(({ at, expr }) => (at === 'range' && expr.includes('$__range') ? [expr] : []))).toEqual([]);
  });
});

function labelsOf(metrics: readonly string[]): Set<string> {
  const own = metrics.flatMap((name) => {
    const metric = SERIES.get(name);
    return metric === undefined ? [] : METRICS[metric].labels.map(label);
  });
  const ofAccounts = metrics.some((name) => name.includes('budget')) ? ACCOUNT_LABELS : [];
  return new Set([...own, ...ofAccounts, ...Object.values(RESOURCE), ...OTHER_LABELS]);
}

test('a selector is narrowed by the variables that its metric has labels for', () => {
  expect(select('tollgate.tasks', { outcome: '="ok"' })).toBe(
    'tollgate_tasks_total{deployment_environment_name=~"$environment", gen_ai_agent_name=~"$agent", outcome="ok"}',
  );
  expect(everywhere('tollgate.build')).toBe('tollgate_build');
});

test('a selector by a label that the metric lacks is a fault', () => {
  expect(() => select('tollgate.tasks', { budget: '="x"' })).toThrow('tollgate.tasks has no label budget');
});

test('every metric of ours is on some board', () => {
  const read = new Set(queries.flatMap(({ metrics }) => metrics.map((name) => SERIES.get(name))));
  const recordedFrom = ['limit', 'spent', 'reserved', 'closed', 'window.start', 'window.end'];
  const recorded = new Set<string>(recordedFrom.map((name) => `tollgate.budget.${name}`));
  const missing = NAMES.filter((name) => name.startsWith('tollgate.') && !read.has(name) && !recorded.has(name));
  expect(missing).toEqual([]);
});
