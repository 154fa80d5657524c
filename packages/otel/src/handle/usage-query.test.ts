import { ConfigError } from '@tollgate/core';
import { expect, test } from 'vitest';
import { readUsageQuery } from './usage-query.ts';

test('a question by known dimensions is asked as it is', () => {
  expect(readUsageQuery(undefined)).toEqual({});
  expect(readUsageQuery({ by: undefined })).toEqual({ by: undefined });
  expect(readUsageQuery({ by: ['agent', 'model'] })).toEqual({ by: ['agent', 'model'] });
});

test.each([
  [{ by: ['agnet'] }, 'query.by[0]', "did you mean 'agent'?"],
  [{ by: ['team', 4] }, 'query.by[1]', 'is 4'],
  [{ by: 'agent' }, 'query.by', "must be a list such as ['agent'], is 'agent'"],
  [{ By: ['agent'] }, 'query.By', "did you mean 'by'?"],
  ['agent', 'query', "must be an object such as { by: ['agent'] }"],
])('%j gets no total: it asks for something else', (query, path, fix) => {
  const read = (): unknown => readUsageQuery(query);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${path}: `);
  expect(read).toThrow(fix);
});
