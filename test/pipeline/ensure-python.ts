import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, ROOT } from '../steps.ts';

const REQUIREMENTS = fileURLToPath(new URL('python/requirements.txt', import.meta.url));
const OLDEST = [3, 11] as const;

/** Why there can be no Python agent here; undefined where there can. */
export function missingPython(): string | undefined {
  const asked = spawnSync('python3', ['-c', 'import sys, venv; print(*sys.version_info[:2])'], { encoding: 'utf8' });
  if (asked.status !== 0) return 'there is no python3 with venv on the PATH';
  const [major = 0, minor = 0] = asked.stdout.trim().split(' ').map(Number);
  const isEnough = major === OLDEST[0] && minor >= OLDEST[1];
  return isEnough ? undefined : `Python ${OLDEST.join('.')} or newer is needed, and this is ${major}.${minor}`;
}

/** The interpreter of an environment that has the packages of requirements.txt: made once, and anew where that has changed. */
export async function ensurePython(): Promise<string> {
  const key = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  const folder = join(ROOT, '.cache', 'python');
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'made-from');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === key) return python;
  await rm(folder, { recursive: true, force: true });
  await execute('python3', ['-m', 'venv', folder]);
  await execute(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '-r',
    REQUIREMENTS,
  ]);
  await writeFile(stamp, key);
  return python;
}
