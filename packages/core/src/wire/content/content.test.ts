import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CONTENT_READERS } from './catalogue.ts';
import { json } from './content-fixture.ts';
import type { ContentReader } from './content-reader.ts';
import { EventSplitter } from './event-splitter.ts';
import { CONTENT_LIMIT } from './room.ts';

/** The text is bounded, and the JSON around it costs no more than this on top. */
const LONGEST_JSON = CONTENT_LIMIT * 2;

const chat = CONTENT_READERS.get('openai-chat') as ContentReader;

interface Told {
  role: string;
  parts: { type: string; content?: string; count?: number; of?: string }[];
}

function messagesOf(...contents: string[]): Told[] {
  const messages = contents.map((content) => ({ role: 'user', content }));
  return json(chat.request({ messages }).inputMessages) as Told[];
}

describe('the limit', () => {
  it('cuts a text, and says how much is missing', () => {
    const [message] = messagesOf('x'.repeat(CONTENT_LIMIT + 5));
    expect(message?.parts).toEqual([
      { type: 'text', content: `${'x'.repeat(CONTENT_LIMIT)} … [5 more characters left out]` },
    ]);
  });

  it('cuts no character in two', () => {
    const [message] = messagesOf(`x${'😀'.repeat(CONTENT_LIMIT / 2)}`);
    const [text = ''] = message?.parts.map((part) => part.content) ?? [];
    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain('[2 more characters left out]');
  });

  it('keeps the first message and the last ones, and counts those in between', () => {
    const told = messagesOf('first', ...Array.from({ length: 100 }, (_, number) => `${number}`.padEnd(10_000)), 'last');
    expect(told[0]?.parts[0]).toEqual({ type: 'text', content: 'first' });
    expect(told.at(-1)?.parts).toEqual([{ type: 'text', content: 'last' }]);
    const gap = told[0]?.parts[1];
    expect(gap).toEqual({ type: 'omitted', count: 102 - told.length, of: 'messages' });
    expect(told[1]?.parts[0]?.content).toMatch(/ more characters left out\]$/);
  });

  it('gives a long first message what the others leave of it', () => {
    const long = 'x'.repeat(CONTENT_LIMIT / 2);
    expect(messagesOf(long, 'last').map(({ parts }) => parts[0]?.content)).toEqual([long, 'last']);
    const [head, last] = messagesOf(long + long, long);
    expect(last?.parts[0]?.content).toBe(long);
    expect(head?.parts[0]?.content?.length).toBeGreaterThan(CONTENT_LIMIT / 4);
  });

  it('counts many small messages, parts and tools', () => {
    const small = Array.from({ length: 100_000 }, () => ({ type: 'text', text: '', role: 'user' }));
    const told = chat.request({ messages: small, tools: small });
    expect(told.inputMessages?.length).toBeLessThan(LONGEST_JSON);
    expect(told.toolDefinitions?.length).toBeLessThan(LONGEST_JSON);
    const one = chat.request({ messages: [{ role: 'user', content: small }] }).inputMessages ?? '';
    expect(one.length).toBeLessThan(LONGEST_JSON);
    expect((json(one) as Told[])[0]?.parts.at(-1)).toMatchObject({ type: 'omitted', of: 'parts' });
  });

  it('holds for arguments, which stay a structure', () => {
    const call = { function: { name: 'save', arguments: JSON.stringify({ text: 'x'.repeat(100), n: 1 }) } };
    const long = { function: { name: 'save', arguments: JSON.stringify({ text: 'x'.repeat(CONTENT_LIMIT) }) } };
    const told = chat.request({ messages: [{ role: 'assistant', tool_calls: [call, long] }] }).inputMessages ?? '';
    expect(told.length).toBeLessThan(LONGEST_JSON);
    expect(json(told)).toMatchObject([{ parts: [{ arguments: { n: 1 } }, { name: 'save' }] }]);
  });

  it('holds for a stream: what comes later is only counted', () => {
    const answer = chat.answer();
    const piece = 'x'.repeat(1000);
    for (let sent = 0; sent < 100; sent += 1) answer.push({ choices: [{ index: 0, delta: { content: piece } }] });
    answer.push({ choices: [{ index: 0, delta: { reasoning: 'late' }, finish_reason: 'stop' }] });
    const [message] = json(answer.json()) as Told[];
    const [text, late] = message?.parts ?? [];
    const leftOut = Number(/\[(\d+) more characters left out\]$/.exec(text?.content ?? '')?.[1]);
    const kept = text?.content?.indexOf(' … ') ?? 0;
    expect(kept).toBeLessThanOrEqual(CONTENT_LIMIT);
    expect(kept + leftOut).toBe(100_000);
    expect(late).toEqual({ type: 'omitted', count: 4, of: 'characters' });
  });
});

const FIELDS =
  'messages input system instructions tools functions prompt content role type text thinking reasoning name id call_id arguments choices delta index message response output item output_index content_block partial_json tool_calls function custom finish_reason stop_reason status source data media_type url image_url file file_id summary action toJSON omitted __proto__';
const WORDS =
  'assistant tool message_delta message content_block_start content_block_delta response.output_text.delta response.output_item.done response.function_call_arguments.delta response.completed tool_result tool_use document image text thinking function function_call reasoning web_search_call base64 data:image/png;base64,AA';

const { value: shape } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown[]>(
      null,
      undefined,
      Number.NaN,
      -1,
      1n,
      () => 1,
      Symbol('s'),
      '\ud800',
      ...WORDS.split(' '),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...FIELDS.split(' ')), tie('value'), { maxKeys: 6, noNullPrototype: false }),
  ),
}));

/** Whether all that is told of a body, as a request and as what was answered, is a list that is not too long. */
function isTold(reader: ContentReader, body: unknown): boolean {
  const answer = reader.answer();
  for (const event of Array.isArray(body) ? body : [body]) answer.push(event);
  return [...Object.values(reader.request(body)), answer.json()].every(
    (text: string | undefined) => text === undefined || (text.length < LONGEST_JSON && Array.isArray(JSON.parse(text))),
  );
}

const cyclic: Record<string, unknown> = { role: 'user', type: 'tool_result' };
for (const field of ['content', 'messages', 'input', 'tools', 'choices', 'output']) cyclic[field] = [cyclic];

function hostile(): never {
  throw new Error('no');
}
const thrower: object = new Proxy({}, { get: hostile, ownKeys: hostile });

function deep(levels: number): unknown {
  let value: unknown = { type: 'text', text: 'x' };
  for (let level = 0; level < levels; level += 1) {
    value = { type: 'tool_result', role: 'user', content: [value], messages: [value], input: [value], output: [value] };
  }
  return value;
}

describe.each([...CONTENT_READERS])('what is said over the wire %s', (_id, reader) => {
  it('is told of any shape of body or event', () => {
    fc.assert(
      fc.property(shape, (body) => {
        expect(isTold(reader, body)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['cyclic', cyclic],
    ['hostile', thrower],
    [
      'hostile inside',
      { messages: [thrower], input: [thrower], tools: [thrower], content: [thrower], output: [thrower] },
    ],
    ['deep', deep(5000)],
    ['wide', { messages: Array.from({ length: 100_000 }, () => ({ role: 'user', content: 'hello' })), input: 'x' }],
  ])('is told of a body that is %s', (_what, body) => {
    expect(isTold(reader, body)).toBe(true);
  });
});

describe('a stream of events', () => {
  const events = ['{"a":"é…😀"}', '{"b":1}', '[DONE]', '{"c":\n"x"}', 'no json', '{"d":2}'];

  it('is split the same in whatever chunks it comes', () => {
    fc.assert(
      fc.property(fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(200), { maxLength: 20 }), (line, cuts) => {
        const text = events.map((event) => `data: ${event.replace('\n', `${line}data: `)}${line}${line}`).join('');
        expect(split(Buffer.from(text.trimEnd()), cuts)).toEqual([{ a: 'é…😀' }, { b: 1 }, { c: 'x' }, { d: 2 }]);
      }),
    );
  });

  it('goes on behind an event that is too long', () => {
    const long = `data: {"long":"${'x'.repeat(2 * 1024 * 1024)}"}\n\n`;
    expect(split(Buffer.from(`${long}data: {"a":1}\n\n`), [1, 1_500_000])).toEqual([{ a: 1 }]);
  });

  function split(bytes: Uint8Array, cuts: number[]): unknown[] {
    const splitter = new EventSplitter();
    const found: unknown[] = [];
    const take = (event: unknown): void => void found.push(event);
    const ends = [...new Set([...cuts, bytes.length])].filter((at) => at <= bytes.length).toSorted((a, b) => a - b);
    let from = 0;
    for (const end of ends) {
      splitter.push(bytes.subarray(from, end), take);
      from = end;
    }
    splitter.flush(take);
    return found;
  }
});
