import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every `node_modules` that modules of this folder can resolve from. */
function moduleFolders(start: string): string[] {
  const folders: string[] = [];
  for (let at = start; ; at = dirname(at)) {
    const folder = join(at, 'node_modules');
    if (existsSync(folder)) folders.push(folder);
    if (dirname(at) === at) return folders;
  }
}

/** Copies of these packages that the list of an installer names; undefined where there is no list that we can read. */
function listedCopies(folder: string, names: readonly string[]): number | undefined {
  const npmList = join(folder, '.package-lock.json');
  if (existsSync(npmList)) {
    const list = readFileSync(npmList, 'utf8');
    return names.reduce((sum, name) => sum + list.split(`node_modules/${name}": {`).length - 1, 0);
  }
  const pnpmStore = join(folder, '.pnpm');
  if (!existsSync(pnpmStore)) return undefined;
  const prefixes = names.map((name) => `${name.replace('/', '+')}@`);
  return readdirSync(pnpmStore).filter((entry) => prefixes.some((prefix) => entry.startsWith(prefix))).length;
}

/**
 * Whether other copies of these packages than the `known` ones may be installed around the app: packages that bring an SDK
 * along keep it in a folder of their own. By the installer's own list, in a millisecond or two; true where there is none.
 */
export function mayHaveOtherCopies(main: string, names: readonly string[], known: number): boolean {
  try {
    const copies = moduleFolders(dirname(main)).map((folder) => listedCopies(folder, names));
    if (copies.length === 0) return false;
    return copies.includes(undefined) || copies.reduce((sum: number, count) => sum + (count ?? 0), 0) > known;
  } catch {
    return true;
  }
}
