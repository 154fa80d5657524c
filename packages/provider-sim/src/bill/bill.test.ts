import { expect, it } from 'vitest';
import { usageOf } from './billed-usage.ts';
import { BillBook } from './bill.ts';

const head = { route: 'chat.completions', model: 'gpt-4o-mini', key: 'k' };

it('adds up what the lines owe, and remembers when the sum grew', () => {
  let now = 1000;
  const book = new BillBook({ 'gpt-4o-mini': { input: '1', output: '2' } }, () => now);
  const first = book.open({ ...head, number: 1, at: now });
  const second = book.open({ ...head, number: 2, at: now });
  book.charge(first, usageOf({ input: 10 }));
  now = 1005;
  book.charge(second, usageOf({ input: 1 }));
  now = 1010;
  book.charge(first, usageOf({ input: 10, output: 3 }));
  book.charge(first, usageOf({ input: 10, output: 3 }));
  expect(book.timeline).toEqual([
    { at: 1000, number: 1, nanoUsd: 10_000 },
    { at: 1005, number: 2, nanoUsd: 11_000 },
    { at: 1010, number: 1, nanoUsd: 17_000 },
  ]);
  expect(book.nanoUsd).toBe(17_000);
  expect(book.lines.map((line) => line.nanoUsd)).toEqual([16_000, 1000]);
});

it('counts the requests that were billed, not those that were turned away', () => {
  const book = new BillBook({}, () => 0);
  book.open({ ...head, number: 1, at: 0 });
  book.charge(book.open({ ...head, number: 2, at: 0 }), usageOf({ input: 5 }));
  expect(book.billedRequests).toBe(1);
  expect(book.lines[1]).toMatchObject({ state: 'billed', price: undefined, nanoUsd: 0 });
});

it('serves a mode only where the model has a price for it', () => {
  const book = new BillBook({ m: { input: '1', modes: { flex: { input: '0.5' } } } }, () => 0);
  expect([book.servedMode('m', 'flex'), book.servedMode('m', 'auto'), book.servedMode('other', 'flex')]).toEqual([
    'flex',
    undefined,
    undefined,
  ]);
});
