import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeUtf8 } from './utf8.ts';

it('writes what TextEncoder writes, lone surrogates included', () => {
  const bytes = new Uint8Array(400);
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('\ud83d', '\ude00', 'é', '中', '😀'),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
      const text = units.join('');
      const size = writeUtf8(text, 0, text.length, bytes);
      expect([...bytes.subarray(0, size)]).toEqual([...new TextEncoder().encode(text)]);
    }),
  );
});

it('writes the part that it is asked for, without the half of a pair beyond it', () => {
  const bytes = new Uint8Array(8);
  expect(writeUtf8('abc', 1, 2, bytes)).toBe(1);
  expect(bytes[0]).toBe(0x62);
  expect(writeUtf8('a😀', 1, 2, bytes)).toBe(3);
});
