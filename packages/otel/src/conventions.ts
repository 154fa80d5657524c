/** The schema that the `gen_ai.*` names below are from; set on our tracer and meter. */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev';

/** The instrumentation scope of everything that we emit. */
export const SCOPE_NAME = '@tollgate/otel';

/** Version of this list: raised when a name, a label or a meaning changes in a way that breaks a reader. */
export const CONVENTIONS_VERSION = 1;

export { type AttributeKey, type AttributeRow, ATTRIBUTES, type AttributeType, KEY } from './conventions/attributes.ts';
export {
  BUDGET_LABELS,
  CALL_LABELS,
  INFERENCE_LABELS,
  type InstrumentKind,
  type MetricName,
  type MetricRow,
  METRICS,
  prometheusName,
  SECONDS_BUCKETS,
  TOKEN_BUCKETS,
  USD_BUCKETS,
  type Writer,
} from './conventions/metrics.ts';
