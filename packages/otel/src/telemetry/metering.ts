import type { Meter } from '@opentelemetry/api';
import type { Dimension, Standing } from '@tollgate/core';
import { KEY, METRICS, type MetricName } from '../conventions.ts';
import { createBudgetMetrics, type BudgetFacts, type BudgetMetrics } from './budget-metrics.ts';
import { createCallMetrics, type CallMetrics } from './call-metrics.ts';
import { LabelCaps } from './label-caps.ts';
import { furtherLabels, labelKeys } from './label-dimensions.ts';
import { LabelSets } from './label-sets.ts';
import { Recorder, type Observe } from './recorder.ts';
import type { Signals } from './signals.ts';
import { TaskCalls } from './task-calls.ts';

const OLDER: ReadonlySet<MetricName> = new Set<MetricName>([
  'gen_ai.client.operation.duration',
  'gen_ai.client.token.usage',
]);

/** What the metrics are read from, and how many of them there are. */
export interface MeteringSource {
  signals: Signals;
  /** Whose calls those are that have no agent. */
  serviceName: string;
  /** `collector`: this process counts nothing, and marks nothing as counted. */
  metrics: 'process' | 'collector';
  /** `both`: also the names that the conventions had until 2026. */
  semconv: 'latest' | 'both';
  /** Dimensions that are labels as well: tasks, users, sessions. */
  labels: readonly Dimension[];
  standings(now: number): readonly Standing[];
  budgetFacts: BudgetFacts;
  /** When the oldest reservation was made, epoch ms. */
  oldestReservation(now: number): number | undefined;
  /** The store that holds the accounts, and whether it answers. */
  store(): { id: string; up: boolean };
  priceTable: { version: string; madeAt: number };
  version: string;
  /** Budgets that were left out because they are invalid. */
  configErrors: number;
  now(): number;
}

/** Metrics that are bound to the meter of the moment. */
export interface Metering {
  readonly recorder: Recorder;
  readonly sets: LabelSets;
  readonly calls: CallMetrics;
  readonly budgets: BudgetMetrics;
}

/** Gives the metrics to record into now, or undefined where nothing is to be recorded. */
export function createMetering(source: MeteringSource): () => Metering | undefined {
  let meter: Meter | undefined;
  let bound: Metering | undefined;
  const tasks = new TaskCalls(source.serviceName);
  return () => {
    if (source.metrics === 'collector') return undefined;
    const current = source.signals.meter();
    if (current === meter) return bound;
    meter = current;
    bound?.recorder.drain();
    bound = current === undefined ? undefined : bind(source, tasks, current, () => meter === current);
    return bound;
  };
}

function bind(source: MeteringSource, tasks: TaskCalls, meter: Meter, isCurrent: () => boolean): Metering {
  const older = source.semconv === 'both';
  const names = (Object.keys(METRICS) as MetricName[]).filter((name) => older || !OLDER.has(name));
  const recorder = new Recorder(meter, names, (observe) => {
    // A meter that was left for another one is still collected once more: its gauges would be told twice.
    if (isCurrent()) observeAll(source, tasks, budgets, observe);
  });
  const caps = new LabelCaps((label) => recorder.add('tollgate.label.overflow', 1, overflowOf(label)));
  const sets = new LabelSets(caps, furtherLabels(source.labels));
  const overflows = new Map<string, Record<string, string>>();
  function overflowOf(label: string): Record<string, string> {
    const known = overflows.get(label) ?? { [KEY.label]: label };
    overflows.set(label, known);
    return known;
  }
  const budgets = createBudgetMetrics(recorder, sets, labelKeys(source.labels), source.budgetFacts);
  if (source.configErrors > 0) recorder.add('tollgate.config.errors', source.configErrors, {});
  return { recorder, sets, calls: createCallMetrics(recorder, sets, tasks, older), budgets };
}

function observeAll(source: MeteringSource, tasks: TaskCalls, budgets: BudgetMetrics, observe: Observe): void {
  const now = source.now();
  budgets.observe(source.standings(now), observe, (task, ofAccount) => tasks.agentOf(task, ofAccount));
  tasks.observe(now, observe);
  const oldest = source.oldestReservation(now);
  if (oldest !== undefined) observe('tollgate.reservation.oldest_age', (now - oldest) / 1000, {});
  const store = source.store();
  observe('tollgate.store.up', store.up ? 1 : 0, { [KEY.store]: store.id });
  observe('tollgate.price_table.timestamp', source.priceTable.madeAt / 1000, {
    [KEY.version]: source.priceTable.version,
  });
  observe('tollgate.build', 1, { [KEY.version]: source.version });
}
