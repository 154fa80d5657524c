import { countOf, formFields, formFlag } from '../form.ts';
import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import { soundSeconds, spokenTokens } from '../implied.ts';
import { asObject, lengthOf } from '../loose.ts';
import { replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import { createEndUsageReader } from '../end-usage-reader.ts';
import type { Operation, ReplyFacts, RequestFacts, Wire } from '../wire.ts';

const fields = ['model', 'file', 'prompt', 'input', 'instructions', 'stream', 'stream_format'] as const;
const lastEvents = new Set(['transcript.text.done', 'speech.audio.done']);

/** Speech to text and text to speech. Translations read like transcriptions. */
export const openaiAudio: Wire = guard({
  id: 'openai-audio',
  routes: new Map([
    ['audio/transcriptions', 'transcription'],
    ['audio/translations', 'transcription'],
    ['audio/speech', 'speech'],
  ]),
  marks: ['"usage"'],
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body) => body,
  readReply: (operation, body) => readReply(apiOf(operation), body),
  streamReader: (operation) => createEndUsageReader(apiOf(operation), (type) => lastEvents.has(type)),
});

function apiOf(operation: Operation): string {
  return operation === 'speech' ? 'audio.speech' : 'audio.transcriptions';
}

function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = formFields(value, fields);
  if (body === undefined) return undefined;
  const stream = formFlag(body.stream) || body.stream_format === 'sse';
  return {
    ...requestFacts(operation, body.model, readInput(value, new Input())),
    stream,
    ...(operation === 'speech'
      ? { impliedOutput: spokenTokens(lengthOf(body.input)), units: { character: lengthOf(body.input) } }
      : { audioSeconds: soundSeconds(sizeOf(body.file)) }),
    params: {
      'gen_ai.output.type': operation === 'speech' ? 'speech' : 'text',
      ...(stream && { 'gen_ai.request.stream': true }),
    },
  };
}

/** Bytes of a file in memory; undefined for one that is streamed. */
function sizeOf(file: unknown): number | undefined {
  const { size, byteLength } = asObject<'size' | 'byteLength'>(file) ?? {};
  return [size, byteLength].find((bytes) => typeof bytes === 'number');
}

function readInput(value: unknown, input: Input): Input {
  const body = formFields(value, fields);
  input.messages += 1;
  input.text(body?.prompt);
  input.text(body?.input);
  input.text(body?.instructions);
  input.audio += countOf(body?.file);
  return input;
}

/** A transcript may also come as plain text, and speech as sound: neither says anything of usage. */
function readReply(api: string, body: unknown): ReplyFacts {
  const facts = replyFacts(api);
  if (typeof body === 'string') return { ...facts, outputLength: body.length, complete: true };
  const reply = asObject<'text' | 'usage' | 'duration'>(body);
  if (reply === undefined) return facts;
  if (typeof reply.duration === 'number') facts.context['duration'] = reply.duration;
  const usage = asObject(reply.usage);
  return { ...facts, usage, usageFinal: usage !== undefined, outputLength: lengthOf(reply.text), complete: true };
}
