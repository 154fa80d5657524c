import { beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from './describe-sdk.ts';
import type { ScenarioRecord, SdkName } from './scenario.ts';
import { playInApp, type AppOptions } from './start-app.ts';

/** A budget that nothing fits into. */
const options = { budgets: [{ name: 'nothing', limit: { usd: 0 }, window: 'total' }] };

/** Calls whose error is the budget's own, as it was thrown. */
const DIRECT: Partial<Record<SdkName, readonly string[]>> = {
  openai: [
    'chat.completions.create gives a completion',
    'chat.completions.create succeeds after two 429',
    'chat stream is read to its end',
    'withResponse gives the completion and its response',
    'asResponse().json() reads the body',
    'client.post makes a call that no resource has',
    'chat.completions.parse gives the parsed answer',
    'responses.create gives a response',
    'responses.create streams',
    'responses.parse gives the parsed answer',
    'embeddings.create gives vectors of numbers',
    'images.generate gives images',
    'audio.transcriptions.create takes a file',
  ],
  '@anthropic-ai/sdk': [
    'messages.create gives a message',
    'messages.create succeeds after two 529',
    'message stream is read to its end',
    'messages.create().withResponse() gives the message and its response',
    'messages.create().asResponse() gives the body to read',
    'client.post makes a message that no resource has',
    'beta message stream is read to its end',
  ],
};

/** Helpers that wrap whatever error they meet. */
const WRAPPED: Partial<Record<SdkName, readonly string[]>> = {
  openai: [
    'chat.completions.stream is iterated',
    'chat.completions.stream emits its events and the final completion',
    'chat.completions.runTools calls a function and asks again',
    'responses.stream emits its events and the final response',
  ],
  '@anthropic-ai/sdk': [
    'messages.stream is iterated',
    'messages.stream emits its events and the final message',
    'beta.messages.toolRunner calls a tool and asks again',
  ],
};

function errorOf({ notes }: ScenarioRecord): { [key: string]: unknown } {
  return notes.at(-1)?.[1] as { [key: string]: unknown };
}

describe.each<[SdkName, AppOptions['format']]>([
  ['openai', 'esm'],
  ['openai', 'cjs'],
  ['@anthropic-ai/sdk', 'esm'],
  ['@anthropic-ai/sdk', 'cjs'],
])('a call of %s, %s, that a budget refuses', (sdk, format) => {
  const [direct, wrapped] = [DIRECT[sdk] ?? [], WRAPPED[sdk] ?? []];
  let records: ScenarioRecord[] = [];
  beforeAll(async () => {
    records = await playInApp({ sdk, format, wiring: 'first', options, only: [...direct, ...wrapped] });
  });

  it.each([...direct, ...wrapped])('makes no request and is not tried again: %s', (name) => {
    const { http, metered, openSpans } = recordOf(name, records);
    expect(http).toEqual([]);
    expect(metered?.refusals).toEqual([true]);
    expect(metered?.records.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([['denied', 0]]);
    expect(metered?.row).toMatchObject({ denied: 1, attempts: 0, nanoUsd: 0 });
    expect(openSpans).toBe(0);
  });

  it.each(direct)("fails with the budget's own error: %s", (name) => {
    expect(errorOf(recordOf(name, records))).toMatchObject({
      '«classes»': ['BudgetExceededError', 'Error', 'Object'],
      code: 'BUDGET_EXCEEDED',
      status: 402,
    });
  });
});
