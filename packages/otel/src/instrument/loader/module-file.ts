import { SDK_MODULES } from '../catalogue.ts';
import type { SdkModule } from '../sdk-module.ts';

/** A file of a known SDK that holds its client classes. `root` ends with a slash. */
export interface ModuleFile {
  sdk: SdkModule;
  format: 'esm' | 'cjs';
  root: string;
}

const ENTRY = new RegExp(`^(.*/node_modules/(${SDK_MODULES.map((sdk) => sdk.name).join('|')})/)([\\w-]+)\\.(m?js)$`);
const BY_NAME = new Map(SDK_MODULES.map((sdk) => [sdk.name, sdk]));

/** Recognises an SDK's entry by its path or file URL; undefined for all other modules of the process. */
export function moduleFile(path: string): ModuleFile | undefined {
  const match = ENTRY.exec(path);
  if (match === null) return undefined;
  const [, root = '', name = '', file = '', extension] = match;
  const sdk = BY_NAME.get(name);
  if (sdk === undefined || !sdk.entries.includes(file)) return undefined;
  return { sdk, format: extension === 'mjs' ? 'esm' : 'cjs', root };
}
