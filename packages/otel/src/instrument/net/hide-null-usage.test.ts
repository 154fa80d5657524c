import { describe, expect, it } from 'vitest';
import { hideNullUsage } from './hide-null-usage.ts';

/** The events as they are read afterwards, and whether something was hidden. */
function hidden(text: string): [isHidden: boolean, ...events: unknown[]] {
  const bytes = Buffer.from(text);
  const isHidden = hideNullUsage(bytes);
  const events = bytes
    .toString()
    .split('\n\n')
    .filter((event) => event !== '');
  return [isHidden, ...events.map((event): unknown => JSON.parse(event.slice('data: '.length)))];
}

describe('hideNullUsage', () => {
  it.each([
    ['data: {"id":"a","usage":null}\n\n', { id: 'a' }],
    ['data: {"usage":null,"id":"a"}\n\n', { id: 'a' }],
    ['data: {"id": "a", "usage": null, "x": 1}\n\n', { id: 'a', x: 1 }],
    ['data: {"usage": null , "id": "a"}\n\n', { id: 'a' }],
    ['data: {"usage":null}\n\n', {}],
  ])('takes the key out wherever it stands: %s', (text, event) => {
    expect(hidden(text)).toEqual([true, event]);
  });

  it('takes it out of each of several events', () => {
    const text = 'data: {"a":1,"usage":null}\n\ndata: {"b":2,"usage":null}\n\n';
    expect(hidden(text)).toEqual([true, { a: 1 }, { b: 2 }]);
  });

  it.each([
    { id: 'a', usage: { total_tokens: 3 } },
    { id: 'a' },
    { content: ',"usage":null' },
    { content: '"usage":', null: 'usage' },
  ])('leaves an event without it as it is: %o', (event) => {
    const text = `data: ${JSON.stringify(event)}\n\n`;
    const bytes = Buffer.from(text);
    expect([hideNullUsage(bytes), bytes.toString()]).toEqual([false, text]);
  });

  it('takes bytes that end within the key', () => {
    const bytes = Buffer.from('data: {"id":"a","usage":nu');
    expect([hideNullUsage(bytes), bytes.toString()]).toEqual([false, 'data: {"id":"a","usage":nu']);
  });
});
