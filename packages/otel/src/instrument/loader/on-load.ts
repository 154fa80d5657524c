// As a whole: an older Node lacks the name, and is to hear which one it has to be.
import nodeModule from 'node:module';
import { moduleFile } from './module-file.ts';

/** Told of each SDK module of the process as it is loaded: its path or file URL, and its exports. */
export type OnLoad = (path: string, exports: object) => void;

const KEY = Symbol.for('tollgate.loaded@0');
type Holder = { [KEY]?: OnLoad };

/** A generic line for the end of a module, by format, that hands its own exports to us. The module's behaviour stays the same. */
function handOver(url: string, format: 'esm' | 'cjs'): string {
  const call = `globalThis[Symbol.for('tollgate.loaded@0')]?.(${JSON.stringify(url)},`;
  return format === 'esm'
    ? `\nimport * as $tollgate from ${JSON.stringify(url)};\n${call} $tollgate);\n`
    : `\n;${call} module.exports);\n`;
}

function withHandOver(source: string, url: string, format: 'esm' | 'cjs'): string {
  // A source map comment must stay on the last line to be found.
  const map = source.lastIndexOf('\n//# sourceMappingURL=');
  const line = handOver(url, format);
  return map < 0 ? source + line : source.slice(0, map) + line + source.slice(map);
}

/**
 * From now on every SDK that is loaded, by `import` or `require`, from whichever copy in the tree, is shown to `onLoad`
 * before the app sees it. Loads nothing by itself. Returns a function that ends it.
 */
export function watchLoads(onLoad: OnLoad): () => void {
  (globalThis as Holder)[KEY] = onLoad;
  const hooks = nodeModule.registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      const file = moduleFile(url);
      if (file === undefined || result.source === undefined || result.source === null) return result;
      const source =
        typeof result.source === 'string' ? result.source : Buffer.from(result.source as Uint8Array).toString('utf8');
      const format = result.format === 'module' ? 'esm' : 'cjs';
      return { ...result, source: withHandOver(source, url, format) };
    },
  });
  return () => {
    hooks.deregister();
    delete (globalThis as Holder)[KEY];
  };
}
