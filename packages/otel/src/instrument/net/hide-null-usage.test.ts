import { describe, expect, it } from 'vitest';
import { hideNullUsage } from './hide-null-usage.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hidden = (text: string): string => new TextDecoder().decode(hideNullUsage(bytes(text)));

describe('hideNullUsage', () => {
  it('cuts the key out wherever it stands', () => {
    expect(hidden('data: {"id":"a","usage":null}\n\n')).toBe('data: {"id":"a"}\n\n');
    expect(hidden('data: {"usage":null,"id":"a"}\n\n')).toBe('data: {"id":"a"}\n\n');
    expect(hidden('data: {"id": "a", "usage": null, "x": 1}\n\n')).toBe('data: {"id": "a", "x": 1}\n\n');
    expect(hidden('data: {"usage":null}\n\n')).toBe('data: {}\n\n');
  });

  it('cuts it out of each of several events', () => {
    expect(hidden('data: {"a":1,"usage":null}\n\ndata: {"b":2,"usage":null}\n\n')).toBe(
      'data: {"a":1}\n\ndata: {"b":2}\n\n',
    );
  });

  it('leaves a usage that says something, and texts about it', () => {
    const usage = 'data: {"id":"a","usage":{"total_tokens":3}}\n\n';
    expect(hidden(usage)).toBe(usage);
    const content = `data: ${JSON.stringify({ content: ',"usage":null' })}\n\n`;
    expect(hidden(content)).toBe(content);
  });

  it('gives the very same bytes back where it cuts nothing', () => {
    const given = bytes('data: {"id":"a"}\n\n');
    expect(hideNullUsage(given)).toBe(given);
  });

  it('leaves the bytes that it is given as they are, and keeps their class', () => {
    const given = Buffer.from('data: {"id":"a","usage":null}\n\n');
    const before = given.toString();
    expect(Buffer.isBuffer(hideNullUsage(given))).toBe(true);
    expect(given.toString()).toBe(before);
  });
});
