import type { Attributes, Span } from '@opentelemetry/api';

/** The part of the SDK's span that is read here, in SDK 2.x and 3.x alike. */
export interface SpanLike extends Span {
  readonly attributes: Attributes;
  readonly instrumentationScope?: { name: string } | undefined;
  readonly parentSpanContext?: { spanId: string } | undefined;
  readonly status?: { code: number } | undefined;
}

/** The first of `keys` that has a value. */
export function firstString(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The first of `keys` that holds a number: a double, or a string as some emitters have it. Never negative. */
export function firstNumber(attributes: Attributes, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = attributes[key];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return Math.round(number);
  }
  return undefined;
}
