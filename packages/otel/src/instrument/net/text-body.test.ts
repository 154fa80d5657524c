import { describe, expect, it } from 'vitest';
import { bodySaid, bodyToSend } from './text-body.ts';

describe('a body that is a text', () => {
  it('is read where it is JSON', () => {
    expect(bodySaid(' {"model":"gpt-5"}')).toEqual({ model: 'gpt-5' });
    expect(bodySaid('model=gpt-5')).toBe('model=gpt-5');
    expect(bodySaid('')).toBe('');
  });

  it('is not read where it is longer than 16 MiB', () => {
    const long = JSON.stringify({ model: 'x'.repeat(16 * 1024 * 1024) });
    expect(bodySaid(long)).toBe(long);
  });

  it('is sent as it is, letter by letter, unless what it says is changed', () => {
    const given = '{ "seed": 12345678901234567890 }';
    const said = bodySaid(given);
    expect(bodyToSend(given, said, said)).toBe(given);
    expect(bodyToSend(given, said, { max_tokens: 5 })).toBe('{"max_tokens":5}');
  });
});

describe('any other body', () => {
  it('is itself, and is sent so', () => {
    const body = { model: 'gpt-5' };
    const changed = { ...body, max_tokens: 5 };
    expect(bodySaid(body)).toBe(body);
    expect(bodyToSend(body, body, body)).toBe(body);
    expect(bodyToSend(body, body, changed)).toBe(changed);
  });
});
