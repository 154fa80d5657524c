import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, ROOT } from '../steps.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CACHE = join(ROOT, '.cache/on-demand');

/**
 * The folder of an installed project of `test/on-demand/<name>`: packages that only some tests need. Installed once by
 * `npm ci` for each content of its lock file; later calls only look. Throws with npm's output when it can't be installed.
 */
export async function ensureProject(name: string): Promise<string> {
  const lock = await readFile(join(HERE, name, 'package-lock.json'));
  const folder = join(CACHE, `${name}-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;

  const unfinished = `${folder}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await cp(join(HERE, name), unfinished, { recursive: true });
  await execute('npm', ['ci', '--no-audit', '--no-fund'], { cwd: unfinished });
  // Another process may have installed the same project meanwhile: the first one to finish gives the folder its name.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}
