import type { Attributes } from '@opentelemetry/api';
import { totalInput, totalOutput, type CallRecord, type Usage } from '@tollgate/core';
import { KEY, type MetricName } from '../conventions.ts';
import type { LabelSet, LabelSets } from './label-sets.ts';
import type { Recorder } from './recorder.ts';
import type { CallDetails, CallStart } from './telemetry.ts';

/** A call that is over, and what its metrics are made from. */
export interface EndedCall {
  record: CallRecord;
  details: CallDetails;
  server: CallStart['server'];
}

interface Target {
  recorder: Recorder;
  sets: LabelSets;
  /** Also the names that the conventions had until 2026. */
  older: boolean;
}

type Modality = 'text' | 'audio' | 'image';
type Read = readonly [MetricName, Modality, (usage: Usage) => number];

const INPUT = 'gen_ai.client.inference.usage.input_tokens';
const OUTPUT = 'gen_ai.client.inference.usage.output_tokens';
const CACHE_READ = 'gen_ai.client.inference.usage.cache_read.input_tokens';

const COUNTED: readonly Read[] = [
  [INPUT, 'text', (usage) => usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h],
  [INPUT, 'audio', (usage) => usage.audioIn + usage.audioCacheRead],
  [INPUT, 'image', (usage) => usage.imageIn],
  [OUTPUT, 'text', (usage) => usage.output + usage.reasoning],
  [OUTPUT, 'audio', (usage) => usage.audioOut],
  [OUTPUT, 'image', (usage) => usage.imageOut],
  [CACHE_READ, 'text', (usage) => usage.cacheRead],
  [CACHE_READ, 'audio', (usage) => usage.audioCacheRead],
  [
    'gen_ai.client.inference.usage.cache_write.input_tokens',
    'text',
    (usage) => usage.cacheWrite5m + usage.cacheWrite1h,
  ],
  ['gen_ai.client.inference.usage.reasoning.output_tokens', 'text', (usage) => usage.reasoning],
];

/** The metrics that the semantic conventions define, of one call that was sent. An estimate is no usage of the provider's: it is left out. */
export function recordInference(to: Target, { record, details, server }: EndedCall): void {
  const labels = to.sets.of(
    [KEY.operation, record.operation],
    [KEY.provider, record.provider],
    [KEY.requestModel, record.requestModel],
    [KEY.responseModel, record.responseModel],
    [KEY.serverAddress, server?.address],
    [KEY.serverPort, server?.port],
  );
  const { attributes: result } = details.error === undefined ? labels : labels.with(KEY.errorType, details.error.type);
  const seconds = (record.endedAt - record.startedAt) / 1000;
  to.recorder.record('gen_ai.client.inference.duration', seconds, result);
  if (to.older) to.recorder.record('gen_ai.client.operation.duration', seconds, result);
  if (details.timeToFirstChunk !== undefined) {
    to.recorder.record('gen_ai.client.inference.time_to_first_chunk', details.timeToFirstChunk, labels.attributes);
  }
  if (record.cost.state === 'reported') recordUsage(to, record.usage, labels, result);
}

function recordUsage(to: Target, usage: Usage, labels: LabelSet, result: Attributes): void {
  for (const [name, modality, read] of COUNTED) {
    const tokens = read(usage);
    if (tokens > 0) to.recorder.add(name, tokens, labels.with(KEY.tokenModality, modality).attributes);
  }
  const input = totalInput(usage);
  const output = totalOutput(usage);
  to.recorder.record('gen_ai.client.inference.operation.input_tokens', input, result);
  to.recorder.record('gen_ai.client.inference.operation.output_tokens', output, result);
  if (!to.older) return;
  to.recorder.record('gen_ai.client.token.usage', input, labels.with(KEY.tokenType, 'input').attributes);
  to.recorder.record('gen_ai.client.token.usage', output, labels.with(KEY.tokenType, 'output').attributes);
}
