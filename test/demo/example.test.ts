import { readFile } from 'node:fs/promises';
import { startProvider } from '@tollgate/provider-sim';
import { describe, expect, test } from 'vitest';
import { CLI, runProgram } from './run-program.ts';

const EXAMPLES = `${CLI}examples/`;

describe('the plain app', () => {
  test('says nothing of Tollgate in about 15 lines', async () => {
    const source = await readFile(`${EXAMPLES}plain-app.mjs`, 'utf8');
    expect(source).not.toMatch(/tollgate/i);
    expect(source.split('\n').length).toBeLessThan(25);
  });

  test('is metered and refused when the plugin is loaded before it', async () => {
    await using provider = await startProvider();
    const { stdout, stderr, exitCode } = await runProgram(['--import', '@tollgate/otel/register', 'plain-app.mjs'], {
      cwd: EXAMPLES,
      env: { OPENAI_BASE_URL: provider.openaiBaseUrl, OPENAI_API_KEY: 'none' },
    });
    expect(exitCode, stderr).toBe(0);
    expect(provider.requests).toHaveLength(3);
    expect(stdout).toMatch(
      /^Lisbon: .+\nOslo: .+\nKyoto: .+\nThat is all for today\. Budget 'three-tips' is exhausted/,
    );
    expect(stderr).toMatch(/^Tollgate: \$0\.\d+ . 3 calls .+ 1 refused$/m);
  });

  test('is alone when nothing is loaded before it', async () => {
    await using provider = await startProvider();
    const { stdout, stderr } = await runProgram(['plain-app.mjs'], {
      cwd: EXAMPLES,
      env: { OPENAI_BASE_URL: provider.openaiBaseUrl, OPENAI_API_KEY: 'none' },
    });
    expect(provider.requests).toHaveLength(5);
    expect(stdout).not.toContain('That is all for today');
    expect(stderr).toBe('');
  });

  test('runs against a provider server of its own by one command', async () => {
    const { stdout, stderr, exitCode } = await runProgram(['run-with-local-provider.mjs'], { cwd: EXAMPLES });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/The provider server saw 3 requests and billed [1-9]\d* nano-USD\.\n$/);
  });
});
