import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { ROOT } from '../steps.ts';

/** A folder of an app, until it is disposed of. */
export interface LinkedApp extends AsyncDisposable {
  readonly folder: string;
}

const SOURCES = ['core', 'otel'] as const;

/**
 * The folder of an app that has the packages of an on-demand project, and ours as copies of their sources: they then find
 * the OpenTelemetry of that project, as installed ones would. The files of `apps/` lie in it. Outside of the repository:
 * an app below it would find the packages of the repository too.
 */
export async function linkedApp(project: string): Promise<LinkedApp> {
  const installed = join(await ensureProject(project), 'node_modules');
  const app = await mkdtemp(join(tmpdir(), `tollgate-${project}-`));
  const modules = join(app, 'node_modules');
  await cp(fileURLToPath(new URL('apps/', import.meta.url)), app, { recursive: true });
  await writeFile(
    join(app, 'package.json'),
    JSON.stringify({ ...(await manifest(join(installed, '..'))), type: 'module' }),
  );
  await mkdir(join(modules, '@tollgate'), { recursive: true });
  const theirs = await readdir(installed);
  for (const name of theirs) await symlink(join(installed, name), join(modules, name));
  for (const name of SOURCES) {
    const from = join(ROOT, 'packages', name);
    const to = join(app, 'packages', name);
    await cp(join(from, 'src'), join(to, 'src'), { recursive: true });
    await cp(join(from, 'package.json'), join(to, 'package.json'));
    await symlink(to, join(modules, '@tollgate', name));
    const { dependencies = {} } = await manifest(from);
    const missing = Object.keys(dependencies).filter(
      (each) => !each.startsWith('@tollgate/') && !theirs.includes(each),
    );
    for (const each of missing) await symlink(join(ROOT, 'node_modules', each), join(modules, each));
  }
  return { folder: app, [Symbol.asyncDispose]: () => rm(app, { recursive: true }) };
}

async function manifest(folder: string): Promise<{ dependencies?: Record<string, string> }> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { dependencies?: Record<string, string> };
}
