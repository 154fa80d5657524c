import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hooked, UsageRow } from '@tollgate/otel';
import { startProvider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { execute, ROOT } from '../steps.ts';
import { CLOSED } from './play-app.ts';

interface BundledAnswer {
  before: Hooked[];
  after: Hooked[];
  isTheSame: boolean;
  refusal: string;
  rows: UsageRow[];
}

test.each([
  ['esm', 'beside it'],
  ['cjs', 'beside it'],
  ['esm', 'in it'],
] as const)(
  'a bundled client is seen once it is handed to instrument(), %s with the plugin %s',
  async (format, plugin) => {
    const program = await bundle(format, plugin);
    expect(/\b(from|require\()\s*['"]openai['"]/.test(await readFile(program, 'utf8')), 'the SDK is imported').toBe(
      false,
    );
    await using provider = await startProvider();
    const options = {
      otel: 'off',
      summary: 'off',
      budgets: CLOSED,
      hosts: { [new URL(provider.url).host]: 'openai' },
    };
    const output = await execute(process.execPath, ['--conditions=@tollgate/source', program], {
      env: {
        PATH: process.env['PATH'],
        APP_OPTIONS: JSON.stringify(options),
        OPENAI_API_KEY: 'sim',
        OPENAI_BASE_URL: provider.openaiBaseUrl,
      },
    });
    const { before, after, isTheSame, refusal, rows } = JSON.parse(output) as BundledAnswer;
    expect(before).toEqual([]);
    expect(isTheSame).toBe(true);
    expect(after).toMatchObject([{ module: 'instrument(OpenAI)', state: 'hooked' }]);
    expect(provider.requests.map(({ key }) => key)).toEqual(['unseen', 'seen']);
    expect(refusal).toBe('exhausted');
    expect(rows).toMatchObject([
      { by: { agent: 'seen' }, calls: 1, nanoUsd: provider.bill.lines[1]?.nanoUsd },
      { by: { agent: 'closed' }, calls: 0, denied: 1 },
    ]);
  },
);

/** The app as one file, with the SDK in it, and the plugin in it or beside it. */
async function bundle(format: 'esm' | 'cjs', plugin: 'beside it' | 'in it'): Promise<string> {
  const esbuild = join(await ensureProject('esbuild'), 'node_modules/.bin/esbuild');
  const folder = join(ROOT, '.cache/frameworks/bundled');
  const program = join(folder, `app-${plugin.replaceAll(' ', '-')}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await mkdir(folder, { recursive: true });
  const flags = ['--bundle', '--platform=node', `--format=${format}`];
  // `module` is a condition that bundlers have of their own accord where none is given.
  flags.push(plugin === 'in it' ? '--conditions=module,@tollgate/source' : '--external:@tollgate/otel');
  const entry = fileURLToPath(new URL('apps/bundled.mjs', import.meta.url));
  await execute(esbuild, [entry, ...flags, '--log-level=warning', `--outfile=${program}`]);
  return program;
}
