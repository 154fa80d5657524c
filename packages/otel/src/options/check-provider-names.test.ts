import { expect, it, test } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import { resolveOptions } from './resolve-options.ts';

takeBundled(PARTS);

const issuesOf = (options: object) => resolveOptions(options, {}, undefined, '/nowhere').issues;

test('a slip in the name of a provider is an issue that says which is meant, and how to mean it', () => {
  const hosts = { 'llm.internal:8080': 'opnai', gateway: { provider: 'antropic', includeUsage: false } };
  expect(issuesOf({ hosts })).toEqual([
    {
      path: "hosts['llm.internal:8080']",
      message:
        "'opnai' has no prices: did you mean 'openai'? For a server of your own, name it in prices too: { provider: 'opnai', model: '*', usdPerCall: 0 }",
      received: 'opnai',
    },
    expect.objectContaining({ path: "hosts['gateway']" }),
  ]);
});

it.each([
  'openai',
  'OpenAI',
  'azure.ai.openai',
  'openai.responses',
  'mistral_ai',
  'ollama',
  'our-llama',
  'vllm',
  'tgi',
])('%s is a provider, or a server of the user', (name) => {
  expect(issuesOf({ hosts: { a: name } })).toEqual([]);
});

test('a name that prices speak of is meant', () => {
  const prices = [{ provider: 'Opnai', model: '*', usdPerCall: 0 }];
  expect(issuesOf({ hosts: { a: 'opnai' }, prices })).toEqual([]);
});
