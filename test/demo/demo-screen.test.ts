import { describe, expect, test } from 'vitest';
import { runDemo } from './run-program.ts';

describe('the demo where there is no terminal', () => {
  test('writes lines while it runs, and a table at the end', async () => {
    const { stdout, stderr, exitCode } = await runDemo([]);
    expect(exitCode, stderr).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^instrumented: openai [\d.]+ \(esm\) .+ @anthropic-ai\/sdk [\d.]+ \(esm\)$/);
    expect(lines.filter((line) => /^\$\d\.\d+ .+ calls? .+ tokens$/.test(line)).length).toBeGreaterThan(3);
    expect(lines).toContain("'one-task P-1' has passed 75 % of its limit");
    expect(lines).toContain("refused by 'one-task P-1': exhausted");
    const table = stdout.slice(stdout.indexOf('\nby agent '));
    expect(table).toMatch(/\ntotal +\d+ +1 +\d+ .+\$0\.\d+\n/);
    expect(table).toMatch(/\n {2}one-task P-1 +\$0\.\d+ of \$0\.\d+ {2}closed\n/);
    expect(table).toMatch(/billed \$0\.\d+ for \d+ requests: to the nano-USD what Tollgate counted\./);
    expect(table).toMatch(/\nP-1 {2}refused: Budget 'one-task' \(task=P-1\) is exhausted/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr.match(/^Tollgate: /gm)).toBeNull();
  });
});

describe('the command line of the demo', () => {
  test('--help says what there is', async () => {
    const { stdout, stderr, exitCode } = await runDemo(['--help']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    for (const word of ['--json', '--real', 'OPENAI_API_KEY', 'OTEL_EXPORTER_OTLP_ENDPOINT']) {
      expect(stdout).toContain(word);
    }
  });

  test('refuses what it does not know', async () => {
    const { stdout, stderr, exitCode } = await runDemo(['--jsno']);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain("'--jsno'");
    expect(stderr).toContain('Usage: npm run demo');
  });

  test('ends at once where the environment has options that can not be used', async () => {
    const { stdout, stderr, exitCode } = await runDemo(['--json'], { TOLLGATE_MAX_WAIT: 'soon' });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toContain('TOLLGATE_MAX_WAIT');
  });

  test('--real names the keys that it lacks', async () => {
    const { stdout, stderr, exitCode } = await runDemo(['--real'], { OPENAI_API_KEY: 'none' });
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: '',
      stderr: '--real needs ANTHROPIC_API_KEY in the environment\n',
      exitCode: 2,
    });
  });
});
