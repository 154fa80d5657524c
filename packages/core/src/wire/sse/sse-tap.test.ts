import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anthropicMessages } from '../anthropic-messages/anthropic-messages.ts';
import { openaiChat } from '../openai-chat/openai-chat.ts';
import { openaiResponses } from '../openai-responses/openai-responses.ts';
import type { ReplyFacts } from '../wire.ts';
import { createSseTap } from './sse-tap.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
const head = { id: 'chatcmpl-1', model: 'gpt-5.5' };
const said = (content: string) =>
  `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: { content }, finish_reason: null }], usage: null })}\n\n`;
const finished = `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null })}\n\n`;
const usageOnly = `data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`;
const done = 'data: [DONE]\n\n';

interface Run {
  shown: string;
  facts: ReplyFacts & { events: number };
}

function run(chunks: Uint8Array[], hideUsageOnly: boolean): Run {
  const tap = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly });
  const shown: Uint8Array[] = [];
  for (const bytes of chunks) {
    const chunk = bytes.slice();
    const given = tap.push(chunk);
    if (given !== undefined) shown.push(given.slice());
    // Whoever gets a chunk may use its memory again.
    chunk.fill(0);
  }
  const rest = tap.flush();
  if (rest !== undefined) shown.push(rest);
  return { shown: Buffer.concat(shown).toString('latin1'), facts: { ...tap.facts(), events: tap.events() } };
}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('a stream with a tap', () => {
  const whole = [said('Hel'), said('lö'), finished, usageOnly, done];

  it('is read to its usage', () => {
    expect(run(whole.map(encode), false).facts).toEqual({
      id: 'chatcmpl-1',
      model: 'gpt-5.5',
      finishReasons: ['stop'],
      usage,
      usageFinal: true,
      context: { api: 'chat.completions' },
      outputLength: 0,
      complete: true,
      pending: false,
      events: 5,
    });
  });

  it('hands on the very chunks that it gets', () => {
    const tap = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false });
    const chunk = encode('data: {"x":');
    expect(tap.push(chunk)).toBe(chunk);
    const hiding = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: true });
    const event = encode(said('Hello'));
    expect(hiding.push(event)).toBe(event);
  });

  it('hides the one event that was asked for by us, and nothing else', () => {
    const { shown, facts } = run(whole.map(encode), true);
    expect(shown).toBe(latin1(said('Hel') + said('lö') + finished + done));
    expect(facts.usage).toEqual(usage);
  });

  it('hides nothing where the app itself asked', () => {
    expect(run(whole.map(encode), false).shown).toBe(latin1(whole.join('')));
  });

  it('gives an estimate of its text where it breaks off', () => {
    const { facts } = run([said('Hel'), said('lö'), 'data: {"id":"chatcmpl-1","cho'].map(encode), false);
    expect(facts).toMatchObject({ usage: undefined, usageFinal: false, complete: false, outputLength: 5, events: 2 });
  });

  it('knows its usage after megabytes, and about how much was said', () => {
    const text = 'lorem ipsum '.repeat(10);
    const many = Array.from({ length: 4000 }, () => said(text));
    const complete = run([...many, finished, usageOnly, done].map(encode), true).facts;
    expect(complete).toMatchObject({ usage, usageFinal: true, finishReasons: ['stop'] });
    expect(complete.events / 4003).toBeCloseTo(1, 1);
    const broken = run(many.map(encode), true).facts;
    expect(broken.outputLength / (4000 * text.length)).toBeCloseTo(1, 1);
  });

  it('reads usage behind an event of several megabytes', () => {
    const { facts } = run([said('x'.repeat(3_000_000)), finished, usageOnly, done].map(encode), true);
    expect(facts).toMatchObject({ usage, usageFinal: true, complete: true });
  });

  it('gives up an event that is larger than any, and reads on behind it', () => {
    const chunks = [`data: ${'x'.repeat(40_000_000)}`, '\n', `\n${finished}`, usageOnly, done];
    expect(run(chunks.map(encode), true).facts).toMatchObject({ usage, usageFinal: true, complete: true });
  });

  it('is read with CRLF, comments, several lines of data and a byte order mark', () => {
    const lines = `\uFEFF: hi\n\nevent: x\r\ndata: {"id":"a","choices":[],\r\ndata: "usage":{"prompt_tokens":1}}\r\n\r\n`;
    expect(run([encode(lines)], false).facts).toMatchObject({ id: 'a', usage: { prompt_tokens: 1 }, events: 2 });
    expect(run([encode(lines)], true).shown).toBe(latin1('\uFEFF: hi\n\n'));
    const first = `\uFEFFdata: {"id":"a","choices":[\r\ndata: ],"usage":{"prompt_tokens":1}}\r\n\r\n`;
    expect(run([encode(first)], true)).toMatchObject({ shown: '', facts: { id: 'a', usageFinal: true } });
    const crlf = [said('Hello'), done].map((event) => encode(event.replaceAll('\n', '\r\n')));
    expect(run(crlf, false).facts).toMatchObject({ outputLength: 5, complete: true, usageFinal: false });
  });

  it('hides no event that is longer than any with usage alone', () => {
    const long = `data: ${JSON.stringify({ choices: [], usage: { note: 'x'.repeat(20_000) } })}\n\n`;
    expect(run([encode(long)], true).shown).toBe(long);
  });

  it('is read to the answer that its last event repeats', () => {
    const billed = { input_tokens: 1, output_tokens: 2 };
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }];
    const completed = {
      type: 'response.completed',
      response: { id: 'resp_1', status: 'completed', output, usage: billed },
    };
    const tap = createSseTap({ wire: openaiResponses, operation: 'chat', hideUsageOnly: true });
    for (const text of ['Hel', 'lo'])
      tap.push(encode(`data: {"type":"response.output_text.delta","delta":"${text}"}\n\n`));
    tap.push(encode(`event: response.completed\ndata: ${JSON.stringify(completed)}\n\n`));
    expect(tap.facts()).toMatchObject({ outputLength: 5, usage: billed, usageFinal: true, finishReasons: ['stop'] });
  });

  it('keeps the input that its first event has, however long it gets', () => {
    const start = { type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 50, output_tokens: 1 } } };
    const spoken = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x'.repeat(100) } };
    const tap = createSseTap({ wire: anthropicMessages, operation: 'chat', hideUsageOnly: false });
    for (const event of [start, ...Array.from({ length: 2000 }, () => spoken)])
      tap.push(encode(`data: ${JSON.stringify(event)}\n\n`));
    expect(tap.facts()).toMatchObject({ id: 'msg_1', usage: { input_tokens: 50 }, usageFinal: false, complete: false });
    expect(tap.facts().outputLength / 200_000).toBeCloseTo(1, 1);
    const end = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 800 } };
    tap.push(encode(`data: ${JSON.stringify(end)}\n\n`));
    const billed = { input_tokens: 50, output_tokens: 800 };
    expect(tap.facts()).toMatchObject({ id: 'msg_1', usage: billed, usageFinal: true, finishReasons: ['end_turn'] });
  });

  it('takes the finish reasons of all answers from the whole stream where several were asked for', () => {
    const tap = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false, choices: 2 });
    const second = { ...head, choices: [{ index: 1, delta: {}, finish_reason: 'length' }] };
    const texts = Array.from({ length: 20 }, () => said('x'));
    const events = [...texts, `data: ${JSON.stringify(second)}\n\n`, ...texts];
    for (const event of [...events, finished, usageOnly, done]) tap.push(encode(event));
    expect(tap.facts().finishReasons).toEqual(['stop', 'length']);
  });

  it('may be asked at any time', () => {
    const tap = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false });
    for (const event of whole) {
      tap.push(encode(event));
      tap.facts();
    }
    expect({ ...tap.facts(), events: tap.events() }).toEqual(run(whole.map(encode), false).facts);
  });

  it('stays at what it said when it was closed, and the streams after it have nothing of it', () => {
    const first = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false });
    for (const event of whole) first.push(encode(event));
    const facts = first.facts();
    expect(first.close()).toEqual(facts);
    const second = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false });
    expect(second.facts()).toMatchObject({ id: undefined, usage: undefined, outputLength: 0 });
    second.push(encode(said('of another stream')));
    const chunk = encode(said('too late'));
    expect(first.push(chunk)).toBe(chunk);
    expect([first.close(), first.facts()]).toEqual([facts, facts]);
    expect(second.facts()).toMatchObject({ usage: undefined, outputLength: 17 });
  });
});

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(said),
  fc.constantFrom(
    finished,
    usageOnly,
    done,
    usageOnly.replaceAll('\n', '\r\n'),
    '\n',
    '\r\n',
    ': comment\n\n',
    'id: 1\r\n',
  ),
  fc.constantFrom('data: {"choices":[\ndata: ],"usage":{}}\n\n', `data: ${'y'.repeat(17_000)}\n\n`, 'event: ping\n\n'),
  fc.string({ maxLength: 6 }),
);

function cut(bytes: Uint8Array, at: number[]): Uint8Array[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...places, bytes.length].map((place, index) => bytes.subarray(places[index - 1] ?? 0, place));
}

describe('any chunking of the same bytes', () => {
  it.each([
    ['inside the blank line behind a long event', [`data: ${'y'.repeat(17_000)}\n`, `\n${usageOnly}`]],
    ['behind a blank line too many', [`${finished}\n`, usageOnly]],
  ])('gives the same output where it is cut %s', (_where, parts) => {
    expect(run(parts.map(encode), true)).toEqual(run([encode(parts.join(''))], true));
  });

  const streams = fc.array(piece, { maxLength: 30 }).map((pieces) => encode(pieces.join('')));
  const cuts = fc.array(fc.nat(), { maxLength: 60 });

  it.each([[false], [true]])('gives the same facts and the same output, hiding: %j', (hide) => {
    fc.assert(
      fc.property(streams, cuts, (bytes, at) => {
        expect(run(cut(bytes, at), hide)).toEqual(run([bytes], hide));
      }),
      { numRuns: 500 },
    );
  });

  it.each([[false], [true]])('gives the same where each piece comes by itself, hiding: %j', (hide) => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(run(pieces.map(encode), hide)).toEqual(run([encode(pieces.join(''))], hide));
      }),
      { numRuns: 600 },
    );
  });

  it('leaves the bytes as they are where nothing is to be hidden', () => {
    fc.assert(
      fc.property(streams, cuts, (bytes, at) => {
        expect(run(cut(bytes, at), false).shown).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
  });

  it('gives the same facts where the window slides', () => {
    const long = fc.array(fc.nat({ max: 400 }), { minLength: 500, maxLength: 1500 });
    fc.assert(
      fc.property(long, cuts, (lengths, at) => {
        const bytes = encode(lengths.map((length) => said('é'.repeat(length))).join('') + usageOnly);
        expect(run(cut(bytes, at), true)).toEqual(run([bytes], true));
      }),
      { numRuns: 20 },
    );
  });

  it('throws for no bytes at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), fc.boolean(), (chunks, hide) => {
        const { shown } = run(chunks, hide);
        expect(shown).toBe(Buffer.concat(chunks).toString('latin1'));
      }),
    );
  });
});
