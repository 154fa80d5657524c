import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProvider } from '@tollgate/provider-sim';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../steps.ts';
import type { OptionsAnswer, OptionsSettings } from './apps/options.ts';
import { ask, runApp, type AppEnd, type AppOptions } from './run-app.ts';

/** Wrong in four places: each is to be named, with what to do. */
const BROKEN = {
  budgets: [
    { name: 'day', limit: { usd: -1 }, window: 'day' },
    { name: 'typo', limit: { usd: 1 }, windwo: 'day' },
  ],
  maxWait: 'soon',
  otle: 'own',
};
const WRONG_PLACES = ['budgets[0].limit.usd', 'budgets[1].windwo', 'maxWait', 'otle'];
const ONE_CALL = { name: 'one-call', limit: { calls: 1 }, window: 'total' } as const;

interface Run extends OptionsAnswer {
  stderr: string;
  requests: number;
}

async function run(options: object | undefined, how: Pick<AppOptions, 'env' | 'flags'> = {}): Promise<Run> {
  await using provider = await startProvider();
  const hosts = { [new URL(provider.openaiBaseUrl).host]: 'openai' };
  const settings: OptionsSettings = {
    openaiBaseUrl: provider.openaiBaseUrl,
    ...(options !== undefined && { options: { hosts, ...options } }),
  };
  const said = await ask<OptionsAnswer>('options.ts', { settings, ...how });
  return { ...said, requests: provider.requests.length };
}

/** A file of options in the build cache, by its path. */
async function configFile(name: string, content: object): Promise<string> {
  const folder = join(ROOT, '.cache/otel-config');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(content));
  return file;
}

const PRELOAD = ['--import', '@tollgate/otel/register'];

describe.concurrent('options that are wrong', () => {
  test('throw one ConfigError with every place and what to do there, and nothing is hooked', async () => {
    const { thrown, isTouched, ends } = await run(BROKEN);
    expect(thrown?.name).toBe('ConfigError');
    const paths = thrown?.issues.map(({ path }) => path) ?? [];
    for (const place of WRONG_PLACES) expect(paths).toContain(place);
    for (const { path, message } of thrown?.issues ?? []) expect(thrown?.message).toContain(`${path}: ${message}`);
    expect(thrown?.message).toContain("did you mean 'window'?");
    expect(thrown?.message).toContain("did you mean 'otel'?");
    expect(isTouched).toBe(false);
    expect(ends).toEqual(['ok', 'ok']);
  });

  test('in the preload are printed, and the app does not start', async () => {
    const end = await preloaded({ TOLLGATE_CONFIG: await configFile('broken', BROKEN) });
    expect(end).toMatchObject({ code: 1, stdout: '' });
    for (const place of WRONG_PLACES) expect(end.stderr).toContain(place);
    expect(end.stderr, 'no stack').not.toContain('    at ');
  });

  test.each(['off', 'OFF'])('are printed and do not stop anything under TOLLGATE_MODE=%s', async (mode) => {
    const { thrown, isTouched, ends, stderr } = await run(BROKEN, { env: { TOLLGATE_MODE: mode } });
    expect({ thrown, isTouched, ends }).toEqual({ thrown: undefined, isTouched: false, ends: ['ok', 'ok'] });
    for (const place of WRONG_PLACES) expect(stderr).toContain(place);
  });

  test('neither stop an app whose preload is switched off', async () => {
    const env = { TOLLGATE_CONFIG: await configFile('broken-off', BROKEN), TOLLGATE_MODE: 'OFF' };
    const end = await preloaded(env);
    expect(end.code).toBe(0);
    for (const place of WRONG_PLACES) expect(end.stderr).toContain(place);
  });

  test("are left out under onInvalid: 'skip', budget by budget, and shown; the valid ones hold", async () => {
    const budgets = [ONE_CALL, ...BROKEN.budgets];
    const { thrown, ends, stderr, budgets: standings } = await run({ budgets, onInvalid: 'skip' });
    expect(thrown).toBeUndefined();
    expect(ends).toEqual(['ok', 'exhausted']);
    expect(standings.map(({ budget, invalid }) => [budget, invalid !== undefined])).toEqual([
      ['one-call', false],
      ['day', true],
      ['typo', true],
    ]);
    const lines = stderr.split('\n').filter((line) => line.includes('left out'));
    expect(lines.map((line) => /'(\w+)'/.exec(line)?.[1])).toEqual(['day', 'typo']);
  });
});

describe.concurrent('TOLLGATE_MODE', () => {
  test('observe beats the code: calls are counted and none is refused', async () => {
    const seen = await run({ budgets: [ONE_CALL], mode: 'enforce' }, { env: { TOLLGATE_MODE: 'observe' } });
    expect(seen).toMatchObject({ isTouched: true, ends: ['ok', 'ok'], usage: [{ calls: 2, denied: 0 }] });
  });

  test.each(['off', 'OFF'])(
    '%s beats the code: no method of an SDK is touched, nothing counted or refused',
    async (mode) => {
      const seen = await run({ budgets: [ONE_CALL], mode: 'enforce' }, { env: { TOLLGATE_MODE: mode } });
      expect(seen).toMatchObject({
        isTouched: false,
        ends: ['ok', 'ok'],
        usage: [{ calls: 0, denied: 0 }],
        stderr: '',
      });
    },
  );

  test('enforce beats the code', async () => {
    const seen = await run({ budgets: [ONE_CALL], mode: 'off' }, { env: { TOLLGATE_MODE: 'enforce' } });
    expect(seen).toMatchObject({ isTouched: true, ends: ['ok', 'exhausted'], requests: 1 });
  });

  test('stands beside a preload whose options are in a file, and register() gives its handle', async () => {
    const file = await configFile('preload', { budgets: [ONE_CALL], hosts: { '127.0.0.1': 'openai' } });
    const seen = await run(undefined, { env: { TOLLGATE_CONFIG: file }, flags: PRELOAD });
    expect(seen).toMatchObject({ ends: ['ok', 'exhausted'], budgets: [{ budget: 'one-call', closed: true }] });
  });
});

describe.concurrent('register() beside a preload', () => {
  const other = { name: 'other', limit: { calls: 9 }, window: 'total' } as const;

  test('says which of its options do not hold, once', async () => {
    const file = await configFile('preload-other', { budgets: [ONE_CALL], hosts: { '127.0.0.1': 'openai' } });
    const options = { hosts: { '127.0.0.1': 'openai' }, budgets: [other], maxWait: '10s' };
    const seen = await run(options, { env: { TOLLGATE_CONFIG: file }, flags: PRELOAD });
    expect(seen).toMatchObject({ ends: ['ok', 'exhausted'], budgets: [{ budget: 'one-call' }] });
    const lines = seen.stderr.split('\n').filter((line) => line.includes('register() was called before'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('what this one says of budgets is ignored');
  });

  test('says nothing where it repeats what holds', async () => {
    const options = { hosts: { '127.0.0.1': 'openai' }, budgets: [ONE_CALL] };
    const file = await configFile('preload-same', options);
    const seen = await run(options, { env: { TOLLGATE_CONFIG: file }, flags: PRELOAD });
    expect(seen.ends).toEqual(['ok', 'exhausted']);
    expect(seen.stderr).not.toContain('register()');
  });
});

function preloaded(env: Record<string, string>): Promise<AppEnd> {
  return runApp('nothing.mjs', { env, flags: PRELOAD });
}
