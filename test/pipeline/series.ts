import type { StoredSpan } from './jaeger-api.ts';
import type { Pipeline } from './start-pipeline.ts';

/** The metric that all totals are read from. */
export const COST = 'tollgate_cost_total';

/** Who has written a series, which is not what it counts. */
const WRITER = new Set(['__name__', 'job', 'instance', 'service_name', 'service_instance_id']);

/** What a call's span says under other names than the labels of its cost, or under the same. */
const LABELS = [
  ['gen_ai.agent.name'],
  ['tollgate.task.type'],
  ['tollgate.step.name'],
  ['gen_ai.request.model'],
  ['gen_ai.response.model'],
  ['gen_ai.provider.name'],
  ['tollgate.team'],
  ['tollgate.usage.state', 'state'],
] as const;

/** Money as it is counted: integer nano-USD. */
export function toNanoUsd(usd: unknown): number {
  return typeof usd === 'number' ? Math.round(usd * 1e9) : 0;
}

/** Where amounts are: all of them, or those of the calls that Prometheus is to know of. */
export function nanoUsdOn(spans: readonly StoredSpan[]): number {
  return spans.reduce((sum, { attributes }) => sum + toNanoUsd(attributes['gen_ai.usage.cost.amount']), 0);
}

/** All that was spent, in nano-USD, as a panel asks for it. */
export async function totalNanoUsd({ query }: Pick<Pipeline, 'query'>): Promise<number> {
  const [total] = await query(`sum(${COST})`);
  return toNanoUsd(total?.value);
}

/** What a metric has been counted to (cost: in nano-USD), by labels without those of the writer. */
export async function countedBy({ query }: Pick<Pipeline, 'query'>, metric: string): Promise<Record<string, number>> {
  const samples = await query(metric);
  return addUp(samples.map(({ labels, value }) => [labels, metric === COST ? toNanoUsd(value) : value]));
}

/** What the series of cost have to be, by labels, where these are all the spans. */
export function costBy(spans: readonly StoredSpan[]): Record<string, number> {
  const priced = spans.filter(({ attributes }) => 'gen_ai.usage.cost.amount' in attributes);
  return addUp(
    priced.map(({ attributes }) => [labelsOf(attributes), toNanoUsd(attributes['gen_ai.usage.cost.amount'])]),
  );
}

function labelsOf(attributes: StoredSpan['attributes']): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, label = key.replaceAll('.', '_')] of LABELS) {
    if (attributes[key] !== undefined) labels[label] = String(attributes[key]);
  }
  return labels;
}

function addUp(parts: (readonly [labels: Readonly<Record<string, string>>, value: number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [labels, value] of parts) {
    const kept = Object.entries(labels).filter(([label]) => !WRITER.has(label));
    const key = JSON.stringify(Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))));
    // A series that has counted nothing says no more than one that is not there.
    if (value !== 0) sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}
