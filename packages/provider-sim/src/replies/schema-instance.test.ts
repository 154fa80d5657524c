import { expect, it } from 'vitest';
import { instanceOf } from './schema-instance.ts';

it('makes a value of each type, the first of alternatives, one item of a list', () => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      kind: { enum: ['b', 'a'] },
      version: { const: 3 },
      count: { type: 'integer', minimum: 5 },
      note: { type: ['null', 'string'] },
      tags: { type: 'array', items: { type: 'number' } },
      either: { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
      owner: { $ref: '#/$defs/person' },
    },
    $defs: { person: { properties: { age: { type: 'integer' } } } },
  };
  expect(instanceOf(schema)).toEqual({
    name: 'word',
    kind: 'b',
    version: 3,
    count: 5,
    note: null,
    tags: [1],
    either: true,
    owner: { age: 1 },
  });
});
