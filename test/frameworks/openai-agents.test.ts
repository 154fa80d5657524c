import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { appFolder, playApp, type Played } from './play-app.ts';

const ANSWER = 'your order has come';
const FIRST_TURN = {
  usage: { input: 100, output: 20 },
  toolCalls: [{ name: 'look_up', arguments: { order: '4711' } }],
};
const LAST_TURN = { usage: { input: 140, output: 15 }, text: ANSWER };
/** The default of its SDK is two retries with a pause before each. */
const AT_ONCE_MS = 3_000;

let played: Played;
beforeAll(async () => {
  const program = join(await appFolder('openai-agents'), 'openai-agents.mjs');
  played = await playApp(program, ({ body }) =>
    JSON.stringify(body['input']).includes('function_call_output') ? LAST_TURN : FIRST_TURN,
  );
});

test('the SDK that it brings along is hooked', () => {
  expect(played.instrumented).toMatchObject([{ module: 'openai', format: 'esm', state: 'hooked' }]);
});

test.each(['run', 'stream'])('a %s is one call for each turn of the model, for the agent around it', (agent) => {
  expect(played.outcomes[agent]).toMatchObject({ text: ANSWER });
  expect(played.requestsOf(agent)).toHaveLength(2);
  expect(rowsOf(agent)).toMatchObject([
    { calls: 2, attempts: 2, denied: 0, estimatedNanoUsd: 0, usage: { input: 240, output: 35 } },
  ]);
  expect(rowsOf(agent)[0]?.nanoUsd).toBe(played.billOf(agent));
});

test.each(['closed run', 'closed stream'])("a %s ends at once with the budget's own error", (agent) => {
  expect(played.outcomes[agent]?.error).toMatchObject({
    code: 'BUDGET_EXCEEDED',
    reason: 'exhausted',
    isOriginal: true,
  });
  expect(played.outcomes[agent]?.tookMs).toBeLessThan(AT_ONCE_MS);
  expect(played.requestsOf(agent)).toEqual([]);
  expect(rowsOf(agent)).toMatchObject([{ calls: 0, denied: 1 }]);
});

function rowsOf(agent: string): Played['usage'] {
  return played.usage.filter(({ by }) => by.agent === agent);
}
