import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { moduleFile } from './loader/module-file.ts';

/** One SDK copy of the process, and whether its calls are seen. `why` says what to do where they are not. */
export interface Hooked {
  module: string;
  version: string;
  format: 'esm' | 'cjs';
  state: 'hooked' | 'found-not-hooked' | 'failed';
  why?: string | undefined;
}

function versionAt(root: string): string {
  try {
    const path = root.startsWith('file:') ? fileURLToPath(`${root}package.json`) : `${root}package.json`;
    return String((JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }).version);
  } catch {
    return 'unknown';
  }
}

/** What was hooked so far, one entry per copy and format, and what was found but not hooked. */
export class HookReport {
  readonly #copies = new Map<string, Hooked>();
  readonly #wanted: (module: string) => boolean;

  constructor(wanted: (module: string) => boolean) {
    this.#wanted = wanted;
  }

  /** Hooks the SDK whose module this is, and notes what came of it. Never throws. */
  readonly onLoad = (path: string, exports: object): void => {
    const file = moduleFile(path);
    if (file === undefined) return;
    const { sdk, format, root } = file;
    const key = `${format} ${root}`;
    if (!this.#wanted(sdk.name)) {
      this.#note(key, root, {
        module: sdk.name,
        format,
        state: 'found-not-hooked',
        why: 'switched off by `instrumentations`',
      });
      return;
    }
    const result = sdk.hook(exports);
    if (result.state === 'nothing') return;
    if (result.state === 'hooked') this.#note(key, root, { module: sdk.name, format, state: 'hooked' });
    else if (this.#copies.get(key)?.state !== 'hooked') {
      this.#note(key, root, { module: sdk.name, format, state: 'failed', why: result.why });
    }
  };

  #note(key: string, root: string, entry: Omit<Hooked, 'version'>): void {
    this.#copies.set(key, { ...entry, version: this.#copies.get(key)?.version ?? versionAt(root) });
  }

  /** Notes what came of hooking the class of a client that the app has handed over. */
  noteClient(name: string, isHooked: boolean, why: string | undefined): void {
    const state = isHooked ? 'hooked' : 'found-not-hooked';
    this.#copies.set(`client ${name}`, {
      module: `instrument(${name})`,
      version: 'unknown',
      format: 'esm',
      state,
      why,
    });
  }

  list(): Hooked[] {
    return [...this.#copies.values()];
  }
}
