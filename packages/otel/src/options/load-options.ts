import { loadConfigFile } from './config-file.ts';
import { resolveOptions, type Resolution } from './resolve-options.ts';

/** All that `register()` needs to know: the config file is found and read, and everything merged and checked. Never throws. */
export function loadOptions(argument: unknown, env: NodeJS.ProcessEnv, directory: string = process.cwd()): Resolution {
  const { file, issues } = loadConfigFile(env, directory);
  const resolution = resolveOptions(argument, env, file, directory);
  return { ...resolution, issues: [...issues, ...resolution.issues] };
}
