import { ConfigError } from '@tollgate/core';
import { expect, test } from 'vitest';
import { checkAudit, checkTimedAudit } from './audit.ts';

test('an audit says who, and may say why', () => {
  expect(() => checkAudit({ by: 'ops' })).not.toThrow();
  expect(() => checkAudit({ by: 'ops', why: 'incident 42' })).not.toThrow();
  expect(() => checkTimedAudit({ by: 'ops', why: undefined, for: '24h' })).not.toThrow();
});

test.each([
  [{ by: 'ops', fr: '24h' }, 'audit.fr', "did you mean 'for'?"],
  [{ by: 'ops', until: 'noon' }, 'audit.until', 'known: by, why, for'],
  [{}, 'audit.by', 'who makes the change'],
  [{ by: ' ' }, 'audit.by', "is ' '"],
  [{ by: 4 }, 'audit.by', 'is 4'],
  [{ by: 'ops', why: 42 }, 'audit.why', 'is 42'],
  [undefined, 'audit', "{ by: 'ops' }"],
])('%j is refused with its place and the fix', (audit, path, fix) => {
  const check = (): void => checkTimedAudit(audit);
  expect(check).toThrow(ConfigError);
  expect(check).toThrow(`${path}: `);
  expect(check).toThrow(fix);
});

test('a change that lasts until the next one takes no time', () => {
  expect(() => checkAudit({ by: 'ops', for: '24h' })).toThrow('audit.for: is unknown');
});
