import type { AttributeKey } from './attributes.ts';

type Budget =
  | 'limit'
  | 'spent'
  | 'reserved'
  | 'closed'
  | 'window.start'
  | 'window.end'
  | 'charged'
  | 'decisions'
  | 'overrun';
type Call =
  | 'cost'
  | 'cost.assumed'
  | 'tokens'
  | 'calls'
  | 'attempts'
  | 'call.duration'
  | 'calls.in_flight'
  | 'unpriced';
type Task = 'tasks' | 'task.cost' | 'task.over' | 'task.denied';
type Self = 'label.overflow' | 'config.errors' | 'internal.errors' | 'price_table.timestamp' | 'build';
type Store = 'reservation.oldest_age' | 'store.up' | 'store.errors';
type Used = `${'' | 'cache_read.' | 'cache_write.'}input_tokens` | `${'' | 'reasoning.'}output_tokens`;
type Inference = `usage.${Used}` | `operation.${'input' | 'output'}_tokens` | 'duration' | 'time_to_first_chunk';
type Older = 'operation.duration' | 'token.usage';

/** Every metric that the plugin emits. */
export type MetricName =
  | `tollgate.${Call | Task | Self | Store | `budget.${Budget}`}`
  | `gen_ai.client.${`inference.${Inference}` | Older}`;

/** Which instrument a metric is made with. Gauges are read when they are collected. */
export type InstrumentKind = 'counter' | 'updowncounter' | 'histogram' | 'gauge';

/** Who emits a metric: the plugin, the Collector. */
export type Writer = 'P' | 'C';

/** One metric. Units in braces leave no trace in a Prometheus name. */
export interface MetricRow {
  readonly instrument: InstrumentKind;
  readonly unit: string;
  readonly who: readonly Writer[];
  readonly labels: readonly AttributeKey[];
  readonly doc: string;
  /** Upper bounds of a histogram's buckets. */
  readonly buckets: readonly number[] | undefined;
}

/** Upper bounds of token histograms, as the conventions advise. */
export const TOKEN_BUCKETS: readonly number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** Upper bounds of duration histograms in seconds, as the conventions advise: 0.01 … 81.92. */
export const SECONDS_BUCKETS: readonly number[] = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

/** Upper bounds of what one task costs, in USD. */
export const USD_BUCKETS: readonly number[] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

/** Labels of everything that is counted per call. An absent value is an absent label. */
export const CALL_LABELS: readonly AttributeKey[] = [
  'gen_ai.agent.name',
  'tollgate.task.type',
  'tollgate.step.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.provider.name',
  'tollgate.team',
];

/**
 * Labels of everything that is said about a budget. Its `by` values come on top; tasks, users and sessions are `(any task)`
 * and the like, unless the app wants them as labels.
 */
export const BUDGET_LABELS: readonly AttributeKey[] = ['budget', 'unit', 'window', 'reach', 'store', 'mode'];

/** Labels of the conventions' own metrics. */
export const INFERENCE_LABELS: readonly AttributeKey[] = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'server.address',
  'server.port',
];

const P: readonly Writer[] = ['P'];
const PC: readonly Writer[] = ['P', 'C'];
const AGENT_MODEL: readonly AttributeKey[] = ['gen_ai.agent.name', 'gen_ai.request.model'];
const AGENT_TASK: readonly AttributeKey[] = ['gen_ai.agent.name', 'tollgate.task.type'];
const UNPRICED: readonly AttributeKey[] = ['reason', 'gen_ai.provider.name', 'gen_ai.request.model'];
const OVER: readonly AttributeKey[] = ['tollgate.task.id', 'gen_ai.agent.name', 'reason'];
const DENIED: readonly AttributeKey[] = ['tollgate.task.id', 'gen_ai.agent.name'];
const USAGE: readonly AttributeKey[] = [...INFERENCE_LABELS, 'gen_ai.token.modality'];
const RESULT: readonly AttributeKey[] = [...INFERENCE_LABELS, 'error.type'];

type Row = [
  InstrumentKind,
  unit: string,
  readonly Writer[],
  readonly AttributeKey[],
  doc: string,
  buckets?: readonly number[],
];

const ROWS: Record<MetricName, Row> = {
  'tollgate.cost': ['counter', '{USD}', PC, [...CALL_LABELS, 'state'], 'what calls have cost'],
  'tollgate.cost.assumed': ['counter', '{USD}', P, [...CALL_LABELS, 'reason'], 'charged for calls without a price'],
  'tollgate.tokens': ['counter', '{token}', PC, [...CALL_LABELS, 'kind', 'state'], 'tokens by disjoint kind'],
  'tollgate.calls': ['counter', '{call}', PC, [...CALL_LABELS, 'outcome'], 'calls; outcome ok, error, denied, aborted'],
  'tollgate.attempts': ['counter', '{request}', P, [...CALL_LABELS, 'outcome'], 'HTTP requests; outcome ok or error'],
  'tollgate.call.duration': ['histogram', 's', PC, CALL_LABELS, 'a call, all retries included', SECONDS_BUCKETS],
  'tollgate.calls.in_flight': ['updowncounter', '{call}', P, AGENT_MODEL, 'calls that are running'],
  'tollgate.tasks': ['counter', '{task}', P, [...AGENT_TASK, 'outcome'], 'outermost tasks; outcome ok, error, refused'],
  'tollgate.task.cost': ['histogram', '{USD}', P, AGENT_TASK, 'what an outermost task has cost', USD_BUCKETS],
  'tollgate.task.over': [
    'gauge',
    '1',
    P,
    OVER,
    'spent by limit of tasks that are over or closed, while they spend; at most 20',
  ],
  'tollgate.task.denied': ['gauge', '{call}', P, DENIED, 'refused calls of a task in five minutes; at most 20'],
  'tollgate.budget.limit': ['gauge', '{unit}', P, BUDGET_LABELS, 'limit of an account'],
  'tollgate.budget.spent': ['gauge', '{unit}', P, BUDGET_LABELS, 'spent in an account and its window'],
  'tollgate.budget.reserved': ['gauge', '{unit}', P, BUDGET_LABELS, 'put aside for calls that are running'],
  'tollgate.budget.closed': ['gauge', '{closed}', P, BUDGET_LABELS, '1: the account refuses everything'],
  'tollgate.budget.window.start': ['gauge', '{s}', P, BUDGET_LABELS, 'unix seconds at which the window opened'],
  'tollgate.budget.window.end': ['gauge', '{s}', P, BUDGET_LABELS, 'unix seconds at which the window ends'],
  'tollgate.budget.charged': ['counter', '{unit}', P, BUDGET_LABELS, 'all that was ever charged, over all windows'],
  'tollgate.budget.decisions': [
    'counter',
    '{decision}',
    P,
    [...BUDGET_LABELS, 'decision', 'reason'],
    'what budgets said',
  ],
  'tollgate.budget.overrun': ['counter', '{unit}', P, BUDGET_LABELS, 'charged beyond what was reserved'],
  'tollgate.reservation.oldest_age': ['gauge', 's', P, [], 'age of the oldest reservation'],
  'tollgate.store.up': ['gauge', '{up}', P, ['store'], '1: the store answers'],
  'tollgate.store.errors': ['counter', '{error}', P, ['store'], 'failed requests to the store'],
  'tollgate.unpriced': ['counter', '{call}', PC, UNPRICED, 'calls whose price or usage is not known for sure'],
  'tollgate.label.overflow': ['counter', '{value}', PC, ['label'], 'values folded into other by the cap of a label'],
  'tollgate.config.errors': ['counter', '{error}', P, [], 'budgets left out because they are invalid'],
  'tollgate.internal.errors': ['counter', '{error}', P, [], 'faults of this package, kept away from the app'],
  'tollgate.price_table.timestamp': ['gauge', '{s}', PC, ['version'], 'unix seconds at which the price table was made'],
  'tollgate.build': ['gauge', '{build}', PC, ['version'], 'always 1; the version that is running'],
  'gen_ai.client.inference.usage.input_tokens': ['counter', '{token}', P, USAGE, 'all input tokens'],
  'gen_ai.client.inference.usage.output_tokens': ['counter', '{token}', P, USAGE, 'all output tokens'],
  'gen_ai.client.inference.usage.cache_read.input_tokens': ['counter', '{token}', P, USAGE, 'input read from a cache'],
  'gen_ai.client.inference.usage.cache_write.input_tokens': [
    'counter',
    '{token}',
    P,
    USAGE,
    'input written to a cache',
  ],
  'gen_ai.client.inference.usage.reasoning.output_tokens': [
    'counter',
    '{token}',
    P,
    USAGE,
    'output that was reasoning',
  ],
  'gen_ai.client.inference.operation.input_tokens': [
    'histogram',
    '{token}',
    P,
    RESULT,
    'input per call',
    TOKEN_BUCKETS,
  ],
  'gen_ai.client.inference.operation.output_tokens': [
    'histogram',
    '{token}',
    P,
    RESULT,
    'output per call',
    TOKEN_BUCKETS,
  ],
  'gen_ai.client.inference.duration': ['histogram', 's', P, RESULT, 'a call, all retries included', SECONDS_BUCKETS],
  'gen_ai.client.inference.time_to_first_chunk': [
    'histogram',
    's',
    P,
    INFERENCE_LABELS,
    'streams only',
    SECONDS_BUCKETS,
  ],
  'gen_ai.client.operation.duration': ['histogram', 's', P, RESULT, 'the name until 2026; by option', SECONDS_BUCKETS],
  'gen_ai.client.token.usage': [
    'histogram',
    '{token}',
    P,
    [...INFERENCE_LABELS, 'gen_ai.token.type'],
    'the name until 2026; by option',
    TOKEN_BUCKETS,
  ],
};

/** Every metric that the plugin emits; `conventions.json` is written from it. */
export const METRICS: { readonly [N in MetricName]: MetricRow } = rows();

function rows(): Record<MetricName, MetricRow> {
  const named = Object.entries<Row>(ROWS).map(([name, [instrument, unit, who, labels, doc, buckets]]) => [
    name,
    { instrument, unit, who, labels, doc, buckets },
  ]);
  return Object.fromEntries(named) as Record<MetricName, MetricRow>;
}

/** The name under which Prometheus stores a metric (OTLP, escaped with suffixes): a histogram's without `_bucket`. */
export function prometheusName(name: string, { instrument, unit }: Pick<MetricRow, 'instrument' | 'unit'>): string {
  const base = name.replaceAll('.', '_');
  if (unit === 's') return `${base}_seconds`;
  if (unit === '1' && instrument === 'gauge') return `${base}_ratio`;
  return instrument === 'counter' ? `${base}_total` : base;
}
