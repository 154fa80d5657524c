import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './checks.ts';
import { loadOptions } from './load-options.ts';
import { OPTION_NAMES } from './option-table.ts';
import type { RegisterOptions, ResolvedOptions } from './register-options.ts';

/** Options that have another name once they are resolved. */
const RESOLVED_AS = { maxWait: 'maxWaitMs', propagate: 'baggage' } as const;

/**
 * The options that the argument of a further `register()` names and that do not hold: all that say something else than what
 * is in force, and those that can't be used. Empty where it only repeats what holds, by itself or from another source.
 */
export function ignoredOptions(
  argument: RegisterOptions,
  held: ResolvedOptions,
  env: NodeJS.ProcessEnv,
  directory?: string,
): string[] {
  const given = isRecord(argument) ? Object.keys(argument).filter((name) => argument[name] !== undefined) : [];
  if (given.length === 0) return [];
  const { options, issues } = loadOptions(argument, env, directory);
  return given.filter((name) => {
    if (issues.some(({ path }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)))
      return true;
    const option = OPTION_NAMES.find((known) => known === name);
    if (option === undefined) return false;
    const field = option in RESOLVED_AS ? RESOLVED_AS[option as keyof typeof RESOLVED_AS] : option;
    return !isDeepStrictEqual(options[field as keyof ResolvedOptions], held[field as keyof ResolvedOptions]);
  });
}
