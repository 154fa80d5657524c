import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Tollgate } from '@tollgate/otel';
import { describe, expect, test } from 'vitest';
import { ask } from './run-app.ts';

type Answer = Pick<Tollgate, 'instrumented'>;

const UNSEEN = {
  module: 'openai',
  format: 'esm',
  state: 'found-not-hooked',
  version: expect.stringMatching(/^\d/) as unknown,
  why: expect.stringContaining('call register() first') as unknown,
};

describe('an SDK that was imported before register()', () => {
  test('by a CommonJS app is told as found and not hooked, with what to do', async () => {
    const { instrumented } = await ask<Answer>('late-register.cjs', { settings: { importsFirst: true } });
    expect(instrumented).toMatchObject([UNSEEN]);
  });

  test('by an app that comes through stdin is told too', () => {
    const app = `import 'openai'; import { register } from '@tollgate/otel';
      process.stdout.write(JSON.stringify(register().instrumented));`;
    const { stdout } = spawnSync(process.execPath, ['--conditions=@tollgate/source', '--input-type=module'], {
      input: app,
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject([UNSEEN]);
  });

  test('is hooked where it comes after it', async () => {
    const { instrumented } = await ask<Answer>('late-register.cjs', { settings: { importsFirst: false } });
    expect(instrumented).toMatchObject([{ module: 'openai', format: 'esm', state: 'hooked' }]);
  });
});
