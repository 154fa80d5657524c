import { startProvider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { runApp } from './run-app.ts';

test('a worker thread keeps accounts of its own, as a process does, and says so once', async () => {
  await using provider = await startProvider();
  const { stdout, stderr, code } = await runApp('workers.ts', { settings: { openaiBaseUrl: provider.openaiBaseUrl } });
  expect(code).toBe(0);
  const each = { ends: ['ok', 'BudgetExceededError'], reach: ['process'] };
  const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
  expect(answers.map((line) => JSON.parse(line) as unknown)).toEqual([each, each]);
  expect(stderr.split('\n').filter((line) => line.includes('worker thread'))).toHaveLength(1);
});
