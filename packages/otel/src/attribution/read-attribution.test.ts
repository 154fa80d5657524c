import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readAttribution } from './read-attribution.ts';

test('ids that are numbers or booleans are the texts of them', () => {
  const given = { user: 42, task: 7n, team: false, agent: 'a', session: 0 };
  expect(readAttribution(given)).toEqual({ user: '42', task: '7', team: 'false', agent: 'a', session: '0' });
});

test('what says nothing is left out without a word', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const given of [{ user: undefined, task: null, agent: '' }, {}, undefined, null, 'user']) {
    expect(readAttribution(given)).toEqual({});
  }
  expect(write).not.toHaveBeenCalled();
  write.mockRestore();
});

test('what is no id is left out, with one notice for each dimension', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(readAttribution({ user: { id: 7 }, task: Symbol('t'), agent: 'a' })).toEqual({ agent: 'a' });
  expect(readAttribution({ user: () => 7, task: ['t'] })).toEqual({});
  expect(write.mock.calls.map(([line]) => line)).toEqual([
    'tollgate: a user that is an object is ignored: give its id, a text\n',
    'tollgate: a task that is a symbol is ignored: give its id, a text\n',
  ]);
  write.mockRestore();
});

test('whatever comes, there are only texts in it', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('user', 'task', 'agent'), fc.anything()), (given) => {
      for (const value of Object.values(readAttribution(given))) expect(value).toMatch(/^[^]+$/);
    }),
  );
  write.mockRestore();
});
