import { CONTENT_READERS, type ContentReader } from '@tollgate/core/content';
import { describe, expect, it } from 'vitest';
import type { ResponseObserver } from '../instrument/net/tap-response.ts';
import { CallContent } from './call-content.ts';

const chat = CONTENT_READERS.get('openai-chat') as ContentReader;
const body = { messages: [{ role: 'user', content: 'a question' }] };

function event(content: string): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
}

function observer(): ResponseObserver & { seen: unknown[] } {
  const seen: unknown[] = [];
  return {
    seen,
    chunk: (bytes) => {
      seen.push(bytes);
      return bytes;
    },
    reading: () => undefined,
    end: () => undefined,
    whole: () => undefined,
    json: (json) => void seen.push(json),
    cancelled: () => void seen.push('cancelled'),
    failed: (error) => void seen.push(error),
  };
}

/** What was answered, as the texts of all of its messages. */
function textsIn(attributes: object): unknown {
  const messages = (attributes as Record<string, string>)['gen_ai.output.messages'];
  if (messages === undefined) return undefined;
  return (JSON.parse(messages) as { parts: { content: string }[] }[]).map((message) => message.parts[0]?.content);
}

describe('the content of a call', () => {
  it('is what was asked and answered', () => {
    const content = new CallContent(chat, body);
    expect(Object.keys(content.input())).toEqual(['gen_ai.input.messages']);
    content.reply({ choices: [{ message: { content: 'an answer' } }] });
    expect(textsIn(content.output())).toEqual(['an answer']);
  });

  it('is not read before a span asks, nor after it has asked last', () => {
    const content = new CallContent(chat, body);
    const early = observer();
    expect(content.stream(early)).toBe(early);
    content.input();
    content.output();
    content.reply({ choices: [{ message: { content: 'late' } }] });
    expect(content.output()).toEqual({});
    expect(content.input()).toEqual({});
  });

  it('shows the stream to its observer as it is, and has what has come, its last event cut short too', () => {
    const content = new CallContent(chat, body);
    content.input();
    const inner = observer();
    const outer = content.stream(inner);
    const chunks = [event('one '), event('two').subarray(0, -2)];
    expect(chunks.map((chunk) => outer.chunk(chunk))).toEqual(chunks);
    outer.cancelled();
    expect(inner.seen).toEqual([...chunks, 'cancelled']);
    expect(textsIn(content.output())).toEqual(['one two']);
  });

  it('is that of the last attempt', () => {
    const content = new CallContent(chat, body);
    content.input();
    content.stream(observer()).chunk(event('broken'));
    content.stream(observer()).chunk(event('whole'));
    expect(textsIn(content.output())).toEqual(['whole']);
  });

  it('is there of a stream that is read in one piece, as text, bytes or JSON', () => {
    for (const whole of [Buffer.from(event('all')).toString(), event('all')]) {
      const content = new CallContent(chat, body);
      content.input();
      content.stream(observer()).whole(whole);
      expect(textsIn(content.output())).toEqual(['all']);
    }
    const content = new CallContent(chat, body);
    content.input();
    content.stream(observer()).json({ choices: [{ message: { content: 'all' } }] });
    expect(textsIn(content.output())).toEqual(['all']);
  });
});
