import type { ConfigIssue } from '@tollgate/core';
import { judgeBroken, type SkippedBudget } from './broken-budgets.ts';
import { misspelledProviders } from './check-provider-names.ts';
import { asksForContent } from './asks-for-content.ts';
import type { ConfigFile } from './config-file.ts';
import { OPTION_NAMES, OPTIONS, type CheckedOptions } from './option-table.ts';
import type { Place } from './place.ts';
import type { RegisterOptions, ResolvedOptions } from './register-options.ts';
import { defaultServiceName } from './service-name.ts';
import { withoutPassword } from './show.ts';
import { argumentSource, environmentSource, fileSource, type Source } from './source.ts';

/** The options as they hold, and what is wrong with what was said. With any issue, nothing may be hooked. */
export interface Resolution {
  options: ResolvedOptions;
  issues: ConfigIssue[];
  /** Budgets that are left out under `onInvalid: 'skip'`. */
  skipped: SkippedBudget[];
}

/**
 * Merges what code, environment and config file say, in this order of precedence (only `TOLLGATE_MODE` beats code), and
 * checks it. An option is taken whole from one source, and what another source says about it is not looked at. Never throws:
 * where a value is broken, its default stands in `options` and an issue says what to do.
 */
export function resolveOptions(
  argument: unknown,
  env: NodeJS.ProcessEnv,
  file?: ConfigFile,
  directory: string = process.cwd(),
): Resolution {
  const issues: ConfigIssue[] = [];
  const code = attempt('register()', issues, () => argumentSource(argument, directory, issues));
  const environment = environmentSource(env, directory, issues);
  const written = file && attempt(file.name, issues, () => fileSource(file, issues));
  const sources = [code, environment, written].filter((source) => source !== undefined);

  const checked = {} as Record<keyof RegisterOptions, unknown>;
  for (const option of OPTION_NAMES) {
    const order = option === 'mode' ? [environment, ...sources] : sources;
    checked[option] = OPTIONS[option].fallback;
    for (const source of order) {
      const found = read(option, source, issues);
      if (found === undefined) continue;
      checked[option] = found.value ?? checked[option];
      break;
    }
  }
  const options = checked as unknown as CheckedOptions;
  const judged = judgeBroken(options.budgets, options.onInvalid);
  issues.push(...judged.issues, ...contradictions(options), ...misspelledProviders(options));
  const unsaid = {
    serviceName: (): string => defaultServiceName(env, directory),
    captureContent: (): boolean => asksForContent(env),
  };
  return { options: assemble(options, unsaid), issues, skipped: judged.skipped };
}

/** Options that can't both be meant. */
function contradictions({ users, propagate }: CheckedOptions): ConfigIssue[] {
  if (users === 'plain' || !propagate.includes('user')) return [];
  const message = "cannot have 'user' with users: 'hash': a hash would be hashed again where it arrives; leave one out";
  return [{ path: 'propagate.baggage', message, received: propagate }];
}

/** What `source` says about `option`, checked; undefined when it says nothing. */
function read(option: keyof RegisterOptions, source: Source, issues: ConfigIssue[]): { value: unknown } | undefined {
  const place: Place = {
    directory: source.directory,
    path: (part = '') => source.label(option, part),
    reject(message, received, part = '') {
      issues.push({ path: source.label(option, part), message, received: withoutPassword(received) });
      return undefined;
    },
  };
  const before = issues.length;
  return attempt(source.label(option, ''), issues, () => {
    const value = source.get(option, place);
    if (issues.length > before) return { value: undefined };
    return value === undefined ? undefined : { value: OPTIONS[option].check(value, place) };
  });
}

/** Runs `fn` on values of unknown origin, whose getters and proxies may throw: that is an issue like any other. */
function attempt<T>(path: string, issues: ConfigIssue[], fn: () => T): T | undefined {
  try {
    return fn();
  } catch (error) {
    issues.push({ path, message: `cannot be read: ${error instanceof Error ? error.message : 'it throws'}` });
    return undefined;
  }
}

/** `unsaid`: what holds where nobody says anything, and is looked up then. */
function assemble(
  { maxWait, propagate, budgets, serviceName, captureContent, ...rest }: CheckedOptions,
  unsaid: { serviceName: () => string; captureContent: () => boolean },
): ResolvedOptions {
  return {
    ...rest,
    serviceName: serviceName ?? unsaid.serviceName(),
    captureContent: captureContent ?? unsaid.captureContent(),
    budgets: budgets.budgets,
    maxWaitMs: maxWait,
    baggage: propagate,
  };
}
