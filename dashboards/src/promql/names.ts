import { METRICS, prometheusName, type AttributeKey, type MetricName } from '@tollgate/otel/conventions';

/** Labels that every series has from the resource that sent it, as far as the process says them. */
export const RESOURCE = {
  environment: 'deployment_environment_name',
  service: 'service_name',
  instance: 'service_instance_id',
} as const;

/** A metric as Prometheus names it, e.g. `tollgate_cost_total`. A name without a row in the conventions does not compile. */
export function series(metric: MetricName): string {
  return prometheusName(metric, METRICS[metric]);
}

/** An attribute as Prometheus names it as a label: every character beside letters, digits and `_` is `_`. */
export function label(key: AttributeKey): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}
