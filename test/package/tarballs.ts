import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, Failure } from '../steps.ts';

/** The packages that are published. */
export const PACKAGES: readonly string[] = ['@tollgate/core', '@tollgate/otel'];

const EXPECTED = /^package\/(package\.json|README\.md|LICENSE|conventions\.json|config\.schema\.json|(src|dist)\/.+)$/;
const UNEXPECTED = /\.test\.|-fixture\.|\.tsbuildinfo$|\/(testdata|fixtures|recordings)\//;

/** Packs every published package into `folder`. */
export async function pack(folder: string): Promise<void> {
  await execute('npm', ['pack', '--pack-destination', folder, ...PACKAGES.map((name) => `--workspace=${name}`)]);
}

/** The tarball of a package in `folder`. */
export async function tarball(folder: string, name: string): Promise<string> {
  const prefix = `${name.slice(1).replace('/', '-')}-`;
  const found = (await readdir(folder)).find((file) => file.startsWith(prefix) && file.endsWith('.tgz'));
  if (found === undefined) throw new Failure(`${name} was not packed`);
  return join(folder, found);
}

/** Throws when the tarball carries a file that a user has no use for, or lacks its licence, README or build. */
export async function unexpectedFiles(file: string): Promise<void> {
  const files = (await execute('tar', ['-tzf', file])).trim().split('\n');
  const wrong = files.filter((path) => !EXPECTED.test(path) || UNEXPECTED.test(path));
  const needed = ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'];
  const missing = needed.filter((path) => !files.includes(`package/${path}`));
  if (wrong.length + missing.length > 0)
    throw new Failure([...wrong, ...missing.map((path) => `missing: ${path}`)].join('\n'));
}
