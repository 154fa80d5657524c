import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { appFolder, playApp, versionIn, type Played } from './play-app.ts';

const ANSWER = 'an answer of five words';
const USAGE = { input: 120, output: 30 };
/** LangChain tries a call seven times, over a minute and a half: a refusal that it retries takes seconds. */
const AT_ONCE_MS = 3_000;

describe.each(['esm', 'cjs'] as const)('LangChain, %s', (format) => {
  let folder = '';
  let played: Played;
  beforeAll(async () => {
    folder = await appFolder('langchain', `langchain-${format}`);
    const program = join(folder, `langchain.${format === 'esm' ? 'mjs' : 'cjs'}`);
    played = await playApp(program, () => ({ text: ANSWER, usage: USAGE }));
  });

  test('every copy of the SDKs in the tree is hooked', async () => {
    const copies = [
      `@anthropic-ai/sdk ${await versionIn(folder, '@anthropic-ai/sdk')}`,
      `@anthropic-ai/sdk ${await versionIn(folder, '@langchain/anthropic/node_modules/@anthropic-ai/sdk')}`,
      `openai ${await versionIn(folder, 'openai')}`,
      `openai ${await versionIn(folder, '@langchain/openai/node_modules/openai')}`,
    ];
    expect(new Set(copies).size).toBe(4);
    const hooked = played.instrumented.filter(({ state, format: loaded }) => state === 'hooked' && loaded === format);
    expect(hooked.map(({ module, version }) => `${module} ${version}`).toSorted()).toEqual(copies.toSorted());
  });

  test.each(['openai invoke', 'openai stream', 'anthropic invoke', 'anthropic stream'])(
    "%s is one call with the provider's tokens",
    (agent) => {
      expect(played.outcomes[agent]).toMatchObject({ text: ANSWER });
      expect(played.requestsOf(agent)).toHaveLength(1);
      expect(rowOf(agent)).toMatchObject({ calls: 1, attempts: 1, estimatedNanoUsd: 0, usage: USAGE });
      expect(rowOf(agent)?.nanoUsd).toBe(played.billOf(agent));
    },
  );

  test.each([
    'closed openai invoke',
    'closed openai stream',
    'closed anthropic invoke',
    'closed anthropic stream',
    'closed fallbacks',
  ])("%s ends at once with the budget's own error, and no request is sent", (agent) => {
    expect(played.outcomes[agent]?.error).toEqual({
      name: 'BudgetExceededError',
      code: 'BUDGET_EXCEEDED',
      reason: 'exhausted',
      isOriginal: true,
      isFound: true,
    });
    expect(played.outcomes[agent]?.tookMs).toBeLessThan(AT_ONCE_MS);
    expect(played.requestsOf(agent)).toEqual([]);
  });

  test('a refusal is asked for once, and once of each fallback', () => {
    expect(rowOf('closed openai invoke')).toMatchObject({ calls: 0, denied: 1 });
    const rows = played.usage.filter(({ by }) => by.agent === 'closed fallbacks');
    expect(rows.map(({ by, denied }) => `${by.model} ${denied}`).toSorted()).toEqual([
      'claude-haiku-4-5 1',
      'gpt-4o 1',
      'gpt-4o-mini 1',
    ]);
  });

  test.each(['own openai', 'own anthropic'])("the app's %s is counted beside it", (agent) => {
    expect(rowOf(agent)).toMatchObject({ calls: 1, nanoUsd: played.billOf(agent) });
  });

  function rowOf(agent: string): Played['usage'][number] | undefined {
    return played.usage.find(({ by }) => by.agent === agent);
  }
});
