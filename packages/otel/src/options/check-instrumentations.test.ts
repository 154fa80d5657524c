import { expect, test } from 'vitest';
import { SDK_MODULES } from '../instrument/catalogue.ts';
import { resolveOptions } from './resolve-options.ts';

const KNOWN = "'openai', '@anthropic-ai/sdk', 'groq-sdk' or 'together-ai'";

test('every module that can be hooked can be named', () => {
  const names = SDK_MODULES.map(({ name }) => name);
  for (const instrumentations of [names, { disable: names }]) {
    expect(resolveOptions({ instrumentations }, {}).issues).toEqual([]);
  }
});

test.each([
  [['openia'], 'instrumentations[0]', `must be ${KNOWN}, is 'openia': did you mean 'openai'?`],
  [['openai', '@antropic-ai/sdk'], 'instrumentations[1]', "did you mean '@anthropic-ai/sdk'?"],
  [['groq-sdk', 5], 'instrumentations[1]', 'is 5'],
  [{ disable: ['openia'] }, 'instrumentations.disable[0]', "did you mean 'openai'?"],
])('%j would hook or spare nothing, and is refused', (instrumentations, path, message) => {
  const { issues } = resolveOptions({ instrumentations }, {});
  expect(issues).toHaveLength(1);
  expect(issues[0]?.path).toContain(path);
  expect(issues[0]?.message).toContain(message);
});

test('a module that nobody knows is refused in the environment as well', () => {
  const { issues } = resolveOptions({}, { TOLLGATE_INSTRUMENTATIONS: 'openai,langchian' });
  expect(issues).toMatchObject([{ path: 'TOLLGATE_INSTRUMENTATIONS[1]', received: 'langchian' }]);
});
