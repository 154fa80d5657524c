import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTES,
  KEY,
  METRICS,
  prometheusName,
  SECONDS_BUCKETS,
  TOKEN_BUCKETS,
  type MetricName,
} from './conventions.ts';

const call = 'agent taskType step requestModel responseModel provider team';
const budget = 'budget unit window reach store mode';

// The table that the plugin, the Collector and the dashboards have agreed upon: name, instrument, unit, labels, who.
const AGREED: [MetricName, string, string, string, string][] = [
  ['tollgate.cost', 'counter', '{USD}', `${call} state`, 'P C'],
  ['tollgate.cost.assumed', 'counter', '{USD}', `${call} reason`, 'P'],
  ['tollgate.tokens', 'counter', '{token}', `${call} kind state`, 'P C'],
  ['tollgate.calls', 'counter', '{call}', `${call} outcome`, 'P C'],
  ['tollgate.attempts', 'counter', '{request}', `${call} outcome`, 'P'],
  ['tollgate.call.duration', 'histogram', 's', call, 'P C'],
  ['tollgate.calls.in_flight', 'updowncounter', '{call}', 'agent requestModel', 'P'],
  ['tollgate.tasks', 'counter', '{task}', 'agent taskType outcome', 'P'],
  ['tollgate.task.cost', 'histogram', '{USD}', 'agent taskType', 'P'],
  ['tollgate.task.over', 'gauge', '1', 'task agent reason', 'P'],
  ['tollgate.task.denied', 'gauge', '{call}', 'task agent', 'P'],
  ['tollgate.budget.limit', 'gauge', '{unit}', budget, 'P'],
  ['tollgate.budget.spent', 'gauge', '{unit}', budget, 'P'],
  ['tollgate.budget.reserved', 'gauge', '{unit}', budget, 'P'],
  ['tollgate.budget.closed', 'gauge', '{closed}', budget, 'P'],
  ['tollgate.budget.window.start', 'gauge', '{s}', budget, 'P'],
  ['tollgate.budget.window.end', 'gauge', '{s}', budget, 'P'],
  ['tollgate.budget.charged', 'counter', '{unit}', budget, 'P'],
  ['tollgate.budget.decisions', 'counter', '{decision}', `${budget} decision reason`, 'P'],
  ['tollgate.budget.overrun', 'counter', '{unit}', budget, 'P'],
  ['tollgate.reservation.oldest_age', 'gauge', 's', '', 'P'],
  ['tollgate.store.up', 'gauge', '{up}', 'store', 'P'],
  ['tollgate.store.errors', 'counter', '{error}', 'store', 'P'],
  ['tollgate.unpriced', 'counter', '{call}', 'reason provider requestModel', 'P C'],
  ['tollgate.label.overflow', 'counter', '{value}', 'label', 'P C'],
  ['tollgate.config.errors', 'counter', '{error}', '', 'P'],
  ['tollgate.price_table.timestamp', 'gauge', '{s}', 'version', 'P C'],
  ['tollgate.build', 'gauge', '{build}', 'version', 'P C'],
];

describe('conventions', () => {
  it.each(AGREED)('has %s as agreed', (...[name, instrument, unit, labels, who]) => {
    const row = METRICS[name];
    const keys = labels
      .split(' ')
      .filter(Boolean)
      .map((label) => KEY[label as keyof typeof KEY]);
    expect({ ...row, doc: '', buckets: [] }).toEqual({
      instrument,
      unit,
      labels: keys,
      who: who.split(' '),
      doc: '',
      buckets: [],
    });
  });

  it('keeps the bucket bounds that the conventions advise', () => {
    expect([TOKEN_BUCKETS[0], TOKEN_BUCKETS.at(-1), TOKEN_BUCKETS.length]).toEqual([1, 67_108_864, 14]);
    expect([SECONDS_BUCKETS[0], SECONDS_BUCKETS.at(-1), SECONDS_BUCKETS.length]).toEqual([0.01, 81.92, 14]);
  });

  it('knows the name that Prometheus gives each kind of metric', () => {
    expect(prometheusName('tollgate.cost', METRICS['tollgate.cost'])).toBe('tollgate_cost_total');
    expect(prometheusName('tollgate.call.duration', METRICS['tollgate.call.duration'])).toBe(
      'tollgate_call_duration_seconds',
    );
    expect(prometheusName('tollgate.task.over', METRICS['tollgate.task.over'])).toBe('tollgate_task_over_ratio');
    expect(prometheusName('tollgate.budget.window.end', METRICS['tollgate.budget.window.end'])).toBe(
      'tollgate_budget_window_end',
    );
  });

  it('documents every key, and labels metrics with documented keys only', () => {
    expect(Object.keys(ATTRIBUTES).toSorted()).toEqual(Object.values(KEY).toSorted());
    const unknown = Object.values(METRICS).flatMap((row) => row.labels.filter((label) => !(label in ATTRIBUTES)));
    expect(unknown).toEqual([]);
  });

  it('has written conventions.json', () => {
    const file = JSON.parse(readFileSync(new URL('../conventions.json', import.meta.url), 'utf8')) as {
      attributes: object;
      metrics: { name: string }[];
    };
    expect(file.attributes).toEqual(ATTRIBUTES);
    expect(file.metrics.map((metric) => metric.name)).toEqual(Object.keys(METRICS));
  });
});
