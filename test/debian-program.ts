import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, ROOT } from './steps.ts';

/**
 * The path of a program of Debian's, out of a package that is unpacked into the cache and not installed: that would start
 * its service. Rejects where there is no Debian to get it from.
 */
export async function debianProgram(name: string, program: string): Promise<string> {
  const folder = join(ROOT, '.cache', 'debian', name);
  const path = join(folder, 'usr', 'bin', program);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const download = `apt-get download ${name}`;
  // A fresh machine has no list of packages yet.
  const unpack = `{ ${download} || { apt-get update && ${download}; }; } && dpkg-deb -x ${name}_*.deb .`;
  await execute('sh', ['-c', unpack], { cwd: folder });
  return path;
}
