import { CHUNK } from '../chunk.ts';

/** Events in a stream of the answer, the one with its usage and the last one included. */
export const EVENTS = 303;

/** Events of an answer of one sentence. */
export const FEW_EVENTS = 33;

const ANSWER = 'The budget holds until Friday, and the next call would be refused. '.repeat(18);

const CHAT_USAGE = {
  prompt_tokens: 1207,
  completion_tokens: 300,
  total_tokens: 1507,
  prompt_tokens_details: { cached_tokens: 640, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 64,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

const CHAT = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: 'gpt-5-2025-08-07',
  choices: [
    { index: 0, message: { role: 'assistant', content: ANSWER, refusal: null }, logprobs: null, finish_reason: 'stop' },
  ],
  usage: CHAT_USAGE,
  service_tier: 'default',
  system_fingerprint: 'fp_1',
});

const MESSAGES = JSON.stringify({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-5-5',
  content: [{ type: 'text', text: ANSWER }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: {
    input_tokens: 567,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 640,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: 300,
    service_tier: 'standard',
  },
});

const LAST_EVENTS = [
  CHUNK.replace('{"content":" budget"}', '{}').replace('"finish_reason":null', '"finish_reason":"stop"'),
  JSON.stringify({ ...(JSON.parse(CHUNK) as object), choices: [], usage: CHAT_USAGE }),
  '[DONE]',
];

function streamOf(events: number): Uint8Array[] {
  return encoded([...Array<string>(events - LAST_EVENTS.length).fill(CHUNK), ...LAST_EVENTS]);
}

function encoded(events: readonly string[]): Uint8Array[] {
  return events.map((event) => new TextEncoder().encode(`data: ${event}\n\n`));
}

const LONG = streamOf(EVENTS);
const SHORT = streamOf(FEW_EVENTS);

/** What the provider answers, made before the clock runs. */
export const REPLIES: Readonly<Record<'chat' | 'messages' | 'chat stream' | 'chat stream, short', () => Response>> = {
  chat: () => jsonReply(CHAT),
  messages: () => jsonReply(MESSAGES),
  'chat stream': () => streamReply(LONG),
  'chat stream, short': () => streamReply(SHORT),
};

function jsonReply(body: string): Response {
  return new Response(body, { headers: { 'content-type': 'application/json', 'x-request-id': 'req_1' } });
}

/** One piece per event, as they come over a network that is slower than the app. */
function streamReply(events: readonly Uint8Array[]): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const event = events[next];
        next += 1;
        if (event === undefined) controller.close();
        else controller.enqueue(event);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
