import { readFileSync } from 'node:fs';
// As a whole: an older Node lacks the name, and is to hear which one it has to be.
import nodeModule from 'node:module';

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** The packages that the app around this module says it uses; empty where nothing can be read. */
export function declaredPackages(main: string): Set<string> {
  try {
    const path = nodeModule.findPackageJSON('.', main);
    if (path === undefined) return new Set();
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      [field in (typeof FIELDS)[number]]?: Record<string, unknown>;
    };
    return new Set(FIELDS.flatMap((field) => Object.keys(manifest[field] ?? {})));
  } catch {
    return new Set();
  }
}
