import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SDK_MODULES } from '../catalogue.ts';
import { declaredPackages } from './declared-packages.ts';
import { moduleFile } from './module-file.ts';
import type { OnLoad } from './on-load.ts';
import { mayHaveOtherCopies } from './other-copies.ts';
import { parsedScripts } from './parsed-scripts.ts';

const require = createRequire(import.meta.url);
const SDK_NAMES = SDK_MODULES.map(({ name }) => name);

/** CommonJS modules are in Node's own cache: every copy of an SDK in the tree is found there. */
export function showLoadedCommonJs(onLoad: OnLoad): void {
  for (const [path, loaded] of Object.entries(require.cache)) {
    if (loaded?.loaded !== true || moduleFile(path) === undefined) continue;
    const exports: unknown = loaded.exports;
    if ((typeof exports === 'object' && exports !== null) || typeof exports === 'function') {
      onLoad(pathToFileURL(path).href, exports);
    }
  }
}

/** The app's main module when it is ESM: only then can an SDK have been imported statically before `register()` ran. */
function esmMain(): string | undefined {
  const main = process.argv[1];
  if (main === undefined || require.main !== undefined || !existsSync(main)) return undefined;
  return realpathSync(main);
}

/**
 * Node does not tell which ES modules are loaded. An SDK that the app declares as its own is therefore required here:
 * `require` gives the very namespace that the app's `import` gives, and evaluates it now if it was only linked so far.
 * Where others in the tree have brought an SDK along, V8 is asked what it has parsed, so that none is loaded for nothing.
 */
export function showLoadedEsm(onLoad: OnLoad): void {
  const main = esmMain();
  if (main === undefined) return;
  const fromMain = createRequire(main);
  const declared = declaredPackages(main);
  const entries = SDK_MODULES.map(({ name }) => ({ isDeclared: declared.has(name), path: esmEntry(fromMain, name) }));
  for (const { isDeclared, path } of entries) if (isDeclared && path !== undefined) show(path, onLoad);
  const shown = entries.filter(({ isDeclared, path }) => isDeclared && path !== undefined).length;
  if (!mayHaveOtherCopies(main, SDK_NAMES, shown)) return;
  for (const url of parsedScripts()) {
    if (url.startsWith('file:') && moduleFile(url)?.format === 'esm') show(fileURLToPath(url), onLoad);
  }
}

function show(path: string, onLoad: OnLoad): void {
  try {
    onLoad(pathToFileURL(path).href, require(path) as object);
  } catch {
    // A module that cannot be loaded cannot be in use: the app sees the same error when it imports it.
  }
}

function esmEntry(fromMain: NodeJS.Require, name: string): string | undefined {
  try {
    const commonJs = fromMain.resolve(name);
    const esm = commonJs.replace(/\.js$/, '.mjs');
    return esm !== commonJs && existsSync(esm) ? esm : undefined;
  } catch {
    return undefined;
  }
}
