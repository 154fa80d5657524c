/** The schema that the `gen_ai.*` names below are from; set on our tracer and meter. */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev';

/** The instrumentation scope of everything that we emit. */
export const SCOPE_NAME = '@tollgate/otel';

/** Version of this list: raised when a name, a label or a meaning changes in a way that breaks a reader. */
export const CONVENTIONS_VERSION = 1;

/** Every attribute key on spans and metrics, by the name that the code uses. */
export const KEY = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  responseId: 'gen_ai.response.id',
  finishReasons: 'gen_ai.response.finish_reasons',
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  serviceTier: 'openai.response.service_tier',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  errorType: 'error.type',
  tokenType: 'gen_ai.token.type',
  tokenModality: 'gen_ai.token.modality',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheReadTokens: 'gen_ai.usage.cache_read.input_tokens',
  cacheWriteTokens: 'gen_ai.usage.cache_write.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  audioInputTokens: 'gen_ai.usage.audio.input_tokens',
  audioCacheReadTokens: 'gen_ai.usage.audio.cache_read.input_tokens',
  audioOutputTokens: 'gen_ai.usage.audio.output_tokens',
  imageInputTokens: 'gen_ai.usage.image.input_tokens',
  imageOutputTokens: 'gen_ai.usage.image.output_tokens',
  costAmount: 'gen_ai.usage.cost.amount',
  costCurrency: 'gen_ai.usage.cost.currency',
  costSource: 'gen_ai.usage.cost.source',
  agent: 'gen_ai.agent.name',
  user: 'user.id',
  session: 'session.id',
  team: 'tollgate.team',
  task: 'tollgate.task.id',
  taskType: 'tollgate.task.type',
  step: 'tollgate.step.name',
  callId: 'tollgate.call.id',
  callOutcome: 'tollgate.call.outcome',
  attempts: 'tollgate.attempts',
  usageState: 'tollgate.usage.state',
  cacheWriteLongTokens: 'tollgate.usage.cache_write_1h.input_tokens',
  billedUnits: 'tollgate.usage.units',
  speed: 'tollgate.usage.speed',
  geo: 'tollgate.usage.geo',
  unpricedReason: 'tollgate.unpriced.reason',
  costInput: 'tollgate.cost.input',
  costCacheRead: 'tollgate.cost.cache_read',
  costCacheWrite: 'tollgate.cost.cache_write',
  costOutput: 'tollgate.cost.output',
  costReasoning: 'tollgate.cost.reasoning',
  costFees: 'tollgate.cost.fees',
  costOrigin: 'tollgate.cost.origin',
  priceTableVersion: 'tollgate.price_table.version',
  metered: 'tollgate.metered',
  billing: 'tollgate.billing',
  outputCap: 'tollgate.output_cap',
  denialReason: 'tollgate.denial.reason',
  denialBudget: 'tollgate.denial.budget',
  denialAccount: 'tollgate.denial.account',
  denialWindow: 'tollgate.denial.window',
  denialUnit: 'tollgate.denial.unit',
  denialLimit: 'tollgate.denial.limit',
  denialSpent: 'tollgate.denial.spent',
  denialReserved: 'tollgate.denial.reserved',
  denialResetsAt: 'tollgate.denial.resets_at',
  suppressed: 'tollgate.suppressed',
  rollupCost: 'tollgate.rollup.cost',
  rollupAssumed: 'tollgate.rollup.cost.assumed',
  rollupCalls: 'tollgate.rollup.calls',
  rollupDenied: 'tollgate.rollup.denied',
  rollupAttempts: 'tollgate.rollup.attempts',
  rollupInputTokens: 'tollgate.rollup.input_tokens',
  rollupOutputTokens: 'tollgate.rollup.output_tokens',
  state: 'state',
  reason: 'reason',
  kind: 'kind',
  outcome: 'outcome',
  decision: 'decision',
  budget: 'budget',
  unit: 'unit',
  window: 'window',
  reach: 'reach',
  store: 'store',
  mode: 'mode',
  label: 'label',
  version: 'version',
} as const;

/** Every key of `KEY`. */
export type AttributeKey = (typeof KEY)[keyof typeof KEY];
/** What a key holds; lists are of one type. */
export type AttributeType = 'string' | 'string[]' | 'int' | 'double' | 'boolean';

/** What an attribute holds, for readers in other languages. */
export interface AttributeRow {
  type: AttributeType;
  doc: string;
}

/** Type and meaning of every key; `conventions.json` is written from it. */
export const ATTRIBUTES: { readonly [K in AttributeKey]: AttributeRow } = {
  'gen_ai.operation.name': { type: 'string', doc: 'chat, embeddings, … on calls; invoke_agent on agent spans' },
  'gen_ai.provider.name': { type: 'string', doc: 'who serves the call, in the names of the conventions' },
  'gen_ai.request.model': { type: 'string', doc: 'the model as it was asked for' },
  'gen_ai.response.model': { type: 'string', doc: 'the model that answered' },
  'gen_ai.response.id': { type: 'string', doc: 'the id that the provider gave the answer' },
  'gen_ai.response.finish_reasons': { type: 'string[]', doc: 'why each choice ended' },
  'gen_ai.response.time_to_first_chunk': { type: 'double', doc: 'seconds from sending to the first chunk of a stream' },
  'openai.response.service_tier': { type: 'string', doc: 'the tier that was used; it decides the price' },
  'server.address': { type: 'string', doc: 'host that the request goes to' },
  'server.port': { type: 'int', doc: 'port that the request goes to' },
  'error.type': { type: 'string', doc: 'budget_exceeded for a denied call, else the kind of error' },
  'gen_ai.token.type': { type: 'string', doc: 'input or output; on the older token histogram only' },
  'gen_ai.token.modality': { type: 'string', doc: 'text, audio, image or unknown' },
  'gen_ai.usage.input_tokens': { type: 'int', doc: 'all input, caches and modalities included' },
  'gen_ai.usage.output_tokens': { type: 'int', doc: 'all output, reasoning and modalities included' },
  'gen_ai.usage.cache_read.input_tokens': { type: 'int', doc: 'part of input_tokens that was read from a cache' },
  'gen_ai.usage.cache_write.input_tokens': { type: 'int', doc: 'part of input_tokens that was written to a cache' },
  'gen_ai.usage.reasoning.output_tokens': { type: 'int', doc: 'part of output_tokens that was reasoning' },
  'gen_ai.usage.audio.input_tokens': { type: 'int', doc: 'part of input_tokens that was audio' },
  'gen_ai.usage.audio.cache_read.input_tokens': { type: 'int', doc: 'part of cache_read that was audio' },
  'gen_ai.usage.audio.output_tokens': { type: 'int', doc: 'part of output_tokens that was audio' },
  'gen_ai.usage.image.input_tokens': { type: 'int', doc: 'part of input_tokens that was images' },
  'gen_ai.usage.image.output_tokens': { type: 'int', doc: 'part of output_tokens that was images' },
  'gen_ai.usage.cost.amount': { type: 'double', doc: 'cost of the call in USD; absent where there is no price' },
  'gen_ai.usage.cost.currency': { type: 'string', doc: 'USD' },
  'gen_ai.usage.cost.source': { type: 'string', doc: 'provider or local' },
  'gen_ai.agent.name': { type: 'string', doc: 'the agent that the call is for' },
  'user.id': { type: 'string', doc: 'the user that the call is for; on spans only' },
  'session.id': { type: 'string', doc: 'the session that the call is for; on spans only' },
  'tollgate.team': { type: 'string', doc: 'the team that the call is for' },
  'tollgate.task.id': { type: 'string', doc: 'unique id of the unit of work' },
  'tollgate.task.type': { type: 'string', doc: 'kind of the unit of work, one of few values' },
  'tollgate.step.name': { type: 'string', doc: 'the named move in a task' },
  'tollgate.call.id': { type: 'string', doc: 'unique id of the call, the same in the ledger and in a history' },
  'tollgate.call.outcome': {
    type: 'string',
    doc: 'aborted: the app gave the call up; other ends are told by error.type',
  },
  'tollgate.attempts': { type: 'int', doc: 'HTTP requests of the call' },
  'tollgate.usage.state': { type: 'string', doc: 'reported, estimated or unknown' },
  'tollgate.usage.cache_write_1h.input_tokens': {
    type: 'int',
    doc: 'part of cache_write that lives for an hour or more',
  },
  'tollgate.usage.units': {
    type: 'string[]',
    doc: 'what is billed by the piece, sorted: web_search=3, audio_second=12.5',
  },
  'tollgate.usage.speed': { type: 'string', doc: 'the speed that was sold, where it is not the standard one' },
  'tollgate.usage.geo': { type: 'string', doc: 'the geography that was sold, where it is not the global one' },
  'tollgate.unpriced.reason': {
    type: 'string',
    doc: 'why price or usage are not known for sure, as tollgate.unpriced counts it',
  },
  'tollgate.cost.input': { type: 'double', doc: 'USD for input that is in no other part' },
  'tollgate.cost.cache_read': { type: 'double', doc: 'USD for input read from a cache' },
  'tollgate.cost.cache_write': { type: 'double', doc: 'USD for input written to a cache' },
  'tollgate.cost.output': { type: 'double', doc: 'USD for output that is in no other part' },
  'tollgate.cost.reasoning': { type: 'double', doc: 'USD for reasoning' },
  'tollgate.cost.fees': { type: 'double', doc: 'USD for tools that are billed by the piece' },
  'tollgate.cost.origin': { type: 'string', doc: 'provider, table, emitter or collector' },
  'tollgate.price_table.version': { type: 'string', doc: 'version of the price table that was applied' },
  'tollgate.metered': { type: 'boolean', doc: 'true: this process has counted the call in its own metrics' },
  'tollgate.billing': { type: 'string', doc: 'duplicate, wrapper or resend: not priced, not counted' },
  'tollgate.output_cap': { type: 'int', doc: 'the output cap that a budget has set or lowered on the request' },
  'tollgate.denial.reason': { type: 'string', doc: 'why a budget refused the call' },
  'tollgate.denial.budget': { type: 'string', doc: 'the budget that refused' },
  'tollgate.denial.account': { type: 'string[]', doc: 'dimension=value of the account that refused' },
  'tollgate.denial.window': { type: 'string', doc: 'the window of the account' },
  'tollgate.denial.unit': { type: 'string', doc: 'usd, tokens or calls: what limit, spent and reserved count' },
  'tollgate.denial.limit': { type: 'double', doc: 'limit of the account' },
  'tollgate.denial.spent': { type: 'double', doc: 'spent in the account' },
  'tollgate.denial.reserved': { type: 'double', doc: 'reserved in the account' },
  'tollgate.denial.resets_at': { type: 'double', doc: 'unix seconds at which the window ends' },
  'tollgate.suppressed': { type: 'int', doc: 'denials like this one that were not sent since the last' },
  'tollgate.rollup.cost': { type: 'double', doc: 'USD of all calls beneath this span; no sum may count it' },
  'tollgate.rollup.cost.assumed': { type: 'double', doc: 'USD assumed for calls without a price beneath this span' },
  'tollgate.rollup.calls': { type: 'int', doc: 'calls beneath this span' },
  'tollgate.rollup.denied': { type: 'int', doc: 'denied calls beneath this span' },
  'tollgate.rollup.attempts': { type: 'int', doc: 'HTTP requests beneath this span' },
  'tollgate.rollup.input_tokens': { type: 'int', doc: 'input tokens of all calls beneath this span' },
  'tollgate.rollup.output_tokens': { type: 'int', doc: 'output tokens of all calls beneath this span' },
  state: { type: 'string', doc: 'reported, estimated or unknown' },
  reason: { type: 'string', doc: 'why; the values depend on the metric' },
  kind: {
    type: 'string',
    doc: 'kind of token, disjoint: input, cache_read, cache_write, output, reasoning, audio_in, …',
  },
  outcome: { type: 'string', doc: 'how a call, an attempt or a task ended' },
  decision: { type: 'string', doc: 'allow, warn, wait or deny' },
  budget: { type: 'string', doc: 'name of the budget' },
  unit: { type: 'string', doc: 'usd, tokens or calls' },
  window: { type: 'string', doc: 'total, minute … month, or rolling' },
  reach: { type: 'string', doc: 'process, host or shared' },
  store: { type: 'string', doc: 'id of the store that holds the accounts' },
  mode: { type: 'string', doc: 'enforce or observe' },
  label: { type: 'string', doc: 'the label whose cap was reached' },
  version: { type: 'string', doc: 'version of what the metric is about' },
};

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
type Task = 'tasks' | 'task.cost' | 'task.over';
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

/** Labels of everything that is said about a budget; those `by` values that may be labels come on top. */
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
  'tollgate.task.over': ['gauge', '1', P, OVER, 'spent by limit of tasks that are over or closed; at most 20'],
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
