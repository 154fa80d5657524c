import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EventWindow } from './event-window.ts';

const limits = { capacity: 64, kept: 32, largestEvent: 128 };
const event = fc.record({ text: fc.nat({ max: 200 }), end: fc.constantFrom('\n\n', '\r\n\r\n') });
const stream = fc
  .array(event, { maxLength: 20 })
  .map((events) => events.map(({ text, end }) => `:${'é'.repeat(text)}${end}`).join('') + 'data: rest');

function windowOf(chunks: Uint8Array[]): { bytes: string; head: readonly string[]; passed: number } {
  const window = new EventWindow(limits);
  for (const chunk of chunks) window.push(chunk);
  return { bytes: window.bytes().toString('latin1'), head: window.head, passed: window.passed };
}

const all = (text: string): Uint8Array => new TextEncoder().encode(text);
const single = (text: string): Uint8Array[] => Array.from(all(text), (byte) => Uint8Array.of(byte));

describe('a window on a stream', () => {
  it('has the same in it in whatever chunks the bytes come', () => {
    fc.assert(
      fc.property(stream, fc.nat(), (text, at) => {
        const bytes = all(text);
        const place = at % bytes.length;
        const expected = windowOf(single(text));
        expect(windowOf([bytes])).toEqual(expected);
        expect(windowOf([bytes.subarray(0, place), bytes.subarray(place)])).toEqual(expected);
      }),
    );
  });

  it('is the end of the stream, from the beginning of an event on, and no shorter than it has to be', () => {
    fc.assert(
      fc.property(stream, (text) => {
        const { bytes } = windowOf([all(text)]);
        const stretch = Buffer.from(bytes, 'latin1').toString();
        expect(text.endsWith(stretch)).toBe(true);
        const before = text.slice(0, text.length - stretch.length);
        expect(before === '' || before.endsWith('\n\n') || before.endsWith('\r\n\r\n')).toBe(true);
      }),
    );
  });

  it('keeps the first two events', () => {
    const text = `:1\n\n:2\n\n${':more\n\n'.repeat(50)}`;
    const { head, passed, bytes } = windowOf([all(text)]);
    expect(head).toEqual([':1\n\n', ':2\n\n']);
    expect(passed).toBe(text.length);
    expect(bytes.length).toBeGreaterThanOrEqual(limits.kept - ':more\n\n'.length);
    expect(bytes.length).toBeLessThan(limits.capacity);
  });

  it('keeps an event of the largest size, and gives up one that is larger', () => {
    const fits = `:${'x'.repeat(120)}`;
    expect(windowOf([all(fits)]).bytes).toBe(fits);
    const window = windowOf([all(`:${'x'.repeat(1000)}\n\n:after\n\n`)]);
    expect(window).toEqual({ bytes: ':after\n\n', head: [], passed: 8 });
    expect(windowOf([all(`:${'x'.repeat(1000)}\n\n${':after\n\n'.repeat(50)}`)]).passed).toBe(50 * 8);
  });

  it('finds the end of an event that was given up wherever it is cut', () => {
    for (let size = 120; size < 400; size += 1) {
      const { bytes } = windowOf([all(`:${'x'.repeat(size)}\r\n\r\n:after\n\n`)]);
      expect(bytes.endsWith(':after\n\n')).toBe(true);
    }
  });
});
