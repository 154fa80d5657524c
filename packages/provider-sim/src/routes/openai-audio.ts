import { generatedTokensOf, promptTokensOf, usageOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { ReplyPlan } from '../plan.ts';
import { defaultText } from '../replies/default-text.ts';
import { countTokens, splitTokens } from '../replies/split-tokens.ts';
import { SseWriter, type SseEvent } from '../replies/sse-writer.ts';
import { asNumber, asObject, asText, type JsonObject } from '../sim-request.ts';
import type { Route } from './route.ts';

const BYTES_PER_SECOND = 32_000;
const AUDIO_TOKENS_PER_SECOND = 10;
const SPOKEN_TOKENS_PER_TOKEN = 12;

/** `POST /v1/audio/transcriptions` (multipart). Whisper is billed by the second, the others by the token. */
export const openaiTranscriptions: Route = {
  name: 'audio.transcriptions',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/audio\/transcriptions$/,
  needsModel: true,
  promptOf: (body) => `${asText(body['prompt']) ?? ''}${JSON.stringify(body['file'])}`,
  reply({ body, prompt, model, stream }, plan) {
    const text = plan.text ?? defaultText(prompt);
    const usage = transcriptionUsage(body, { ...plan, text }, model.startsWith('whisper'));
    if (stream) return { usage, content: { kind: 'events', events: transcriptEvents(text, usage) } };
    return { usage, content: { kind: 'json', json: { text, usage: toldUsage(usage) } } };
  },
};

/** `POST /v1/audio/speech`: bytes, with no usage in the reply. */
export const openaiSpeech: Route = {
  name: 'audio.speech',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/audio\/speech$/,
  needsModel: true,
  promptOf: (body) => asText(body['input']) ?? '',
  reply({ prompt }, plan) {
    const input = countTokens(prompt);
    const usage = usageOf({ input, audioOut: input * SPOKEN_TOKENS_PER_TOKEN, ...plan.usage });
    return { usage, content: { kind: 'bytes', bytes: Buffer.alloc(usage.audioOut * 8, 'ID3'), type: 'audio/mpeg' } };
  },
};

function transcriptionUsage(body: JsonObject, { text, usage }: ReplyPlan, bySecond: boolean): BilledUsage {
  const seconds =
    usage?.audioSeconds ?? Math.max(1, Math.ceil((asNumber(asObject(body['file'])['size']) ?? 0) / BYTES_PER_SECOND));
  if (bySecond) return usageOf({ audioSeconds: seconds });
  const counted = {
    input: countTokens(asText(body['prompt']) ?? ''),
    audioIn: seconds * AUDIO_TOKENS_PER_SECOND,
    output: countTokens(text ?? ''),
  };
  return usageOf({ ...counted, ...usage, audioSeconds: 0 });
}

function toldUsage(usage: BilledUsage): JsonObject {
  if (usage.audioSeconds > 0) return { type: 'duration', seconds: usage.audioSeconds };
  const [input, output] = [promptTokensOf(usage), generatedTokensOf(usage)];
  return {
    type: 'tokens',
    input_tokens: input,
    input_token_details: { audio_tokens: usage.audioIn, text_tokens: usage.input },
    output_tokens: output,
    total_tokens: input + output,
  };
}

function transcriptEvents(text: string, usage: BilledUsage): SseEvent[] {
  const writer = new SseWriter();
  const tokens = splitTokens(text);
  const write = (type: string, fields: JsonObject, generated: number): void =>
    writer.write({ type, ...fields }, { name: type, generated });
  tokens.forEach((delta, index) => {
    write('transcript.text.delta', { delta }, Math.floor((usage.output * (index + 1)) / tokens.length));
  });
  write('transcript.text.done', { text, usage: toldUsage(usage) }, generatedTokensOf(usage));
  return writer.events;
}
