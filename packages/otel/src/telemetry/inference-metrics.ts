import type { Attributes } from '@opentelemetry/api';
import { totalInput, totalOutput, type CallRecord, type Usage } from '@tollgate/core';
import { KEY, type MetricName } from '../conventions.ts';
import { TokenSeries, type CountedTokens } from './call-series.ts';
import type { LabelSet } from './label-sets.ts';
import type { Recorder } from './recorder.ts';
import type { CallDetails, CallStart } from './telemetry.ts';
import type { TokenClass } from './token-kinds.ts';

/** A call that is over, and what its metrics are made from. */
export interface EndedCall {
  record: CallRecord;
  details: CallDetails;
  server: CallStart['server'];
}

const INPUT = 'gen_ai.client.inference.usage.input_tokens';
const OUTPUT = 'gen_ai.client.inference.usage.output_tokens';
const CACHE_READ = 'gen_ai.client.inference.usage.cache_read.input_tokens';
const CACHE_WRITE = 'gen_ai.client.inference.usage.cache_write.input_tokens';
const REASONING = 'gen_ai.client.inference.usage.reasoning.output_tokens';

const BY_MODALITY: readonly CountedTokens[] = [
  counted(INPUT, 'text', ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h']),
  counted(INPUT, 'audio', ['audioIn', 'audioCacheRead']),
  counted(INPUT, 'image', ['imageIn']),
  counted(OUTPUT, 'text', ['output', 'reasoning']),
  counted(OUTPUT, 'audio', ['audioOut']),
  counted(OUTPUT, 'image', ['imageOut']),
  counted(CACHE_READ, 'text', ['cacheRead']),
  counted(CACHE_READ, 'audio', ['audioCacheRead']),
  counted(CACHE_WRITE, 'text', ['cacheWrite5m', 'cacheWrite1h']),
  counted(REASONING, 'text', ['reasoning']),
];

function counted(metric: MetricName, value: 'text' | 'audio' | 'image', classes: readonly TokenClass[]): CountedTokens {
  return { metric, key: KEY.tokenModality, value, classes };
}

/** The metrics that the semantic conventions define, of calls with the same labels. */
export class InferenceSeries {
  readonly #recorder: Recorder;
  readonly #labels: LabelSet;
  readonly #tokens: TokenSeries;
  readonly #older: boolean;

  /** `older`: also the names that the conventions had until 2026. */
  constructor(recorder: Recorder, labels: LabelSet, older: boolean) {
    this.#recorder = recorder;
    this.#labels = labels;
    this.#older = older;
    this.#tokens = new TokenSeries(recorder, labels, BY_MODALITY);
  }

  /** Records one call that was sent. An estimate is no usage of the provider's: it is left out. What was reported counts without a price too. */
  record({ startedAt, endedAt, cost, usage }: CallRecord, { error, timeToFirstChunk }: CallDetails): void {
    const to = this.#recorder;
    const { attributes } = this.#labels;
    const result = error === undefined ? attributes : this.#labels.with(KEY.errorType, error.type).attributes;
    const seconds = (endedAt - startedAt) / 1000;
    to.record('gen_ai.client.inference.duration', seconds, result);
    if (this.#older) to.record('gen_ai.client.operation.duration', seconds, result);
    if (timeToFirstChunk !== undefined) {
      to.record('gen_ai.client.inference.time_to_first_chunk', timeToFirstChunk, attributes);
    }
    if ((cost.usageState ?? cost.state) === 'reported') this.#recordUsage(usage, result);
  }

  #recordUsage(usage: Usage, result: Attributes): void {
    this.#tokens.add(usage);
    const input = totalInput(usage);
    const output = totalOutput(usage);
    const to = this.#recorder;
    to.record('gen_ai.client.inference.operation.input_tokens', input, result);
    to.record('gen_ai.client.inference.operation.output_tokens', output, result);
    if (!this.#older) return;
    to.record('gen_ai.client.token.usage', input, this.#labels.with(KEY.tokenType, 'input').attributes);
    to.record('gen_ai.client.token.usage', output, this.#labels.with(KEY.tokenType, 'output').attributes);
  }
}
