import { METRICS, prometheusName, type AttributeKey, type MetricName } from '@tollgate/otel/conventions';

/** A metric as Prometheus names it, e.g. `tollgate_cost_total`. A name without a row in the conventions does not compile. */
export function series(metric: MetricName): string {
  return prometheusName(metric, METRICS[metric]);
}

/** An attribute as Prometheus names it as a label: every character beside letters, digits and `_` is `_`. */
export function label(key: AttributeKey): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}
