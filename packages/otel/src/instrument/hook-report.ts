import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { moduleFile } from './loader/module-file.ts';
import { parsedScripts } from './loader/parsed-scripts.ts';

/** One SDK copy of the process, and whether its calls are seen. `why` says what to do where they are not. */
export interface Hooked {
  module: string;
  version: string;
  format: 'esm' | 'cjs';
  state: 'hooked' | 'found-not-hooked' | 'failed';
  why?: string | undefined;
}

const UNSEEN =
  'it was imported before register() ran, where that cannot be seen: call register() first, or start with node --import @tollgate/otel/register';

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
  #unseen: Map<string, Hooked> | undefined;

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

  /** What is known without looking for it. */
  list(): Hooked[] {
    return [...this.#copies.values()];
  }

  /** Also the copies that nothing has shown to us. They are looked for once, which takes some hundred milliseconds. */
  listAll(): Hooked[] {
    this.#unseen ??= this.#findUnseen();
    return [...this.list(), ...[...this.#unseen].flatMap(([key, entry]) => (this.#copies.has(key) ? [] : [entry]))];
  }

  /** Whatever is loaded after `register()` is shown to us: what has been parsed and was not shown came before it. */
  #findUnseen(): Map<string, Hooked> {
    const unseen = new Map<string, Hooked>();
    for (const url of parsedScripts()) {
      const file = url.startsWith('file:') ? moduleFile(url) : undefined;
      if (file?.format !== 'esm') continue;
      const { sdk, format, root } = file;
      const version = versionAt(root);
      unseen.set(`${format} ${root}`, { module: sdk.name, version, format, state: 'found-not-hooked', why: UNSEEN });
    }
    return unseen;
  }
}
