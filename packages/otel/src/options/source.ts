import type { ConfigIssue } from '@tollgate/core';
import { didYouMean } from '@tollgate/core/start';
import type { ConfigFile } from './config-file.ts';
import { isRecord } from './checks.ts';
import { OPTION_NAMES, OPTIONS, variableOf } from './option-table.ts';
import type { Place } from './place.ts';
import type { RegisterOptions } from './register-options.ts';
import { show, withoutPassword } from './show.ts';

/** One of the places that options come from. */
export interface Source {
  /** What it says about an option; undefined when it says nothing. */
  get(option: keyof RegisterOptions, place: Place): unknown;
  /** What relative paths in it start from. */
  readonly directory: string;
  /** How a message points at `option` + `part` in this source. */
  label(option: string, part: string): string;
}

/** `register()`'s argument. Fields that are undefined say nothing. */
export function argumentSource(argument: unknown, directory: string, issues: ConfigIssue[]): Source {
  const fields = fieldsOf(argument, { path: 'register()', label: (key) => key }, issues);
  return { directory, get: (option) => fields[option], label: (option, part) => option + part };
}

/** The content of a config file. */
export function fileSource(file: ConfigFile, issues: ConfigIssue[]): Source {
  const label = (option: string, part: string): string => {
    const line = file.lineOf?.(option + part);
    return `${file.name}${line === undefined ? '' : `:${line}`}: ${option}${part}`;
  };
  const fields = fieldsOf(file.value, { path: file.name, label: (key) => label(key, '') }, issues);
  return { directory: file.directory, get: (option) => fields[option], label };
}

/** `TOLLGATE_*`. Empty variables say nothing. */
export function environmentSource(env: NodeJS.ProcessEnv, directory: string, issues: ConfigIssue[]): Source {
  const variables = [...OPTION_NAMES.map(variableOf), 'TOLLGATE_CONFIG'];
  for (const name of Object.keys(env)) {
    // Only near misses: Kubernetes sets TOLLGATE_PORT and the like beside a service called tollgate.
    const near = name.startsWith('TOLLGATE_') && !variables.includes(name) ? didYouMean(name, variables) : undefined;
    if (near !== undefined) {
      issues.push({
        path: name,
        message: `is not a variable of ours: did you mean ${near}?`,
        received: withoutPassword(env[name]),
      });
    }
  }
  return {
    directory,
    get: (option, place) => {
      const text = env[variableOf(option)]?.trim();
      return text === undefined || text === '' ? undefined : OPTIONS[option].fromText(text, place);
    },
    label: (option, part) => variableOf(option) + part,
  };
}

function fieldsOf(
  value: unknown,
  names: { path: string; label: (key: string) => string },
  issues: ConfigIssue[],
): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    issues.push({ path: names.path, message: `must be an object of options, is ${show(value)}`, received: value });
    return {};
  }
  const known: readonly string[] = OPTION_NAMES;
  for (const key of Object.keys(value)) {
    // `$schema` is for editors.
    if (known.includes(key) || key === '$schema') continue;
    const near = didYouMean(key, known);
    const instead = near === undefined ? `options are ${known.join(', ')}` : `did you mean '${near}'?`;
    issues.push({
      path: names.label(key),
      message: `is not an option: ${instead}`,
      received: withoutPassword(value[key]),
    });
  }
  return value;
}
