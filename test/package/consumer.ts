import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { execute } from '../steps.ts';
import { PACKAGES, tarball } from './tarballs.ts';

/** An app in `<folder>/<name>`: the on-demand project of that name, the packed tarballs installed as a user would, and the files of `consumer/`. */
export async function makeConsumer(name: string, folder: string): Promise<void> {
  const app = join(folder, name);
  await cp(await ensureProject(name), app, { recursive: true, verbatimSymlinks: true });
  await cp(fileURLToPath(new URL('consumer/', import.meta.url)), app, { recursive: true });
  const tarballs = await Promise.all(PACKAGES.map((each) => tarball(folder, each)));
  await execute('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], {
    cwd: app,
  });
}
