import { startProvider, type Provider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { script } from '../../packages/cli/src/demo/script/script.ts';
import { runDemo } from './run-program.ts';

function fastProvider(): Promise<Provider> {
  return startProvider({ script: (request) => ({ ...script(request), paceMs: 0 }) });
}

test('--real talks to where the SDKs are told to, with the keys of the environment, and compares no bill', async () => {
  await using openai = await fastProvider();
  await using anthropic = await fastProvider();
  const { stdout, stderr, exitCode } = await runDemo(['--real'], {
    OPENAI_API_KEY: 'key-of-openai',
    OPENAI_BASE_URL: openai.openaiBaseUrl,
    ANTHROPIC_API_KEY: 'key-of-anthropic',
    ANTHROPIC_BASE_URL: anthropic.anthropicBaseUrl,
    TOLLGATE_HOSTS: `${new URL(openai.url).host}=openai,${new URL(anthropic.url).host}=anthropic`,
  });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain("refused by 'one-task P-1': exhausted");
  expect(stdout).not.toContain('provider server');
  expect(keysIn(openai)).toEqual(['key-of-openai']);
  expect(keysIn(anthropic)).toEqual(['key-of-anthropic']);
});

function keysIn({ requests }: Provider): string[] {
  const keys = requests.map(({ headers }) => headers['x-api-key'] ?? headers['authorization'] ?? 'none');
  return [...new Set(keys.map((key) => key.replace('Bearer ', '')))];
}
