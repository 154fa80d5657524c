import { describe, expect, it } from 'vitest';
import { labelValue } from './label-caps.ts';

describe('the value of a label', () => {
  it.each([0, 1, 255, 256])('is told as it is with %i characters', (length) => {
    const value = 'x'.repeat(length);
    expect(labelValue(value)).toBe(value);
  });

  it.each([257, 1_000_000])('is cut at 256 characters where it has %i', (length) => {
    expect(labelValue('x'.repeat(length))).toBe(`${'x'.repeat(255)}…`);
  });

  it('is never cut within a character', () => {
    expect(labelValue(`${'x'.repeat(254)}😀 and on`)).toBe(`${'x'.repeat(254)}…`);
    expect(labelValue(`${'x'.repeat(253)}😀 and on`)).toBe(`${'x'.repeat(253)}😀…`);
  });

  it('is the same when it is cut again', () => {
    const once = labelValue('😀'.repeat(1000));
    expect(labelValue(once)).toBe(once);
    expect(once.length).toBeLessThanOrEqual(256);
  });
});
