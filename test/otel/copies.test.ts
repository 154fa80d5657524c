import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProvider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { ROOT } from '../steps.ts';
import type { CopiesAnswer, CopiesSettings } from './apps/copies.ts';
import { ask } from './run-app.ts';

test('two copies of the plugin in one process share one ledger, and meter each call once', async () => {
  const folder = join(ROOT, '.cache/second-copy');
  await rm(folder, { recursive: true, force: true });
  await cp(join(ROOT, 'packages/otel/package.json'), join(folder, 'package.json'));
  await cp(join(ROOT, 'packages/otel/src'), join(folder, 'src'), { recursive: true });
  await using provider = await startProvider();
  const settings: CopiesSettings = {
    copy: pathToFileURL(join(folder, 'src/index.ts')).href,
    openaiBaseUrl: provider.openaiBaseUrl,
  };
  expect(await ask<CopiesAnswer>('copies.ts', { settings })).toMatchObject({
    areTwo: true,
    isOneHandle: true,
    agents: ['one', 'two'],
    calls: 2,
    nanoUsd: provider.bill.nanoUsd,
    refusal: 'exhausted',
    inferenceSpans: 2,
  });
  expect(provider.requests).toHaveLength(2);
});
