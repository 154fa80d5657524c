import { DIMENSIONS, type Attribution, type Dimension } from '@tollgate/core/start';
import { later } from '../later.ts';
import type { CheckedBudgets } from './broken-budgets.ts';
import { hosts } from './check-hosts.ts';
import { instrumentations } from './check-instrumentations.ts';
import { propagate } from './check-propagate.ts';
import { store } from './check-store.ts';
import { choice, duration, flag, listOf, mapOf, text } from './checks.ts';
import { anyCase, json, jsonListOrText, pairs, plain, wordOr, words, yesOrNo, type FromText } from './from-text.ts';
import type { Check } from './place.ts';
import type { RegisterOptions, ResolvedOptions } from './register-options.ts';

const late = { budgets: later('./options/check-budgets'), prices: later('./options/check-prices') };

/** What each option is once its check has read it. */
export interface CheckedOptions extends Pick<
  ResolvedOptions,
  | 'store'
  | 'mode'
  | 'onStoreError'
  | 'prices'
  | 'unknownPrice'
  | 'users'
  | 'summary'
  | 'otel'
  | 'metrics'
  | 'onInvalid'
  | 'hosts'
  | 'instrumentations'
  | 'semconv'
  | 'attributes'
> {
  serviceName: string | undefined;
  budgets: CheckedBudgets;
  maxWait: number;
  captureContent: boolean | undefined;
  propagate: (keyof Attribution)[];
  labels: Dimension[];
}

/** One option: what it is when nobody says anything, how it is read, and how its `TOLLGATE_*` text becomes a value. */
export interface Option<T> {
  readonly fallback: T;
  readonly check: Check<T>;
  readonly fromText: FromText;
}

const attribute: Check<string | number | boolean> = (value, place) =>
  typeof value === 'number' || typeof value === 'boolean' ? value : text(value, place);

/** One of a few words: in code as they are, in a variable in any case. */
function oneOf<const W extends string>(...choices: readonly W[]): Pick<Option<W>, 'check' | 'fromText'> {
  return { check: choice(...choices), fromText: anyCase(...choices) };
}

/** Every option there is, with its default. */
export const OPTIONS: { readonly [K in keyof Required<RegisterOptions>]: Option<CheckedOptions[K]> } = {
  serviceName: { fallback: undefined, check: text, fromText: plain },
  budgets: {
    fallback: { budgets: [], broken: [] },
    check: (value, place) => late.budgets().budgets(value, place),
    fromText: json,
  },
  store: { fallback: 'auto', check: store, fromText: anyCase('auto', 'memory') },
  mode: { fallback: 'enforce', ...oneOf('enforce', 'observe', 'off') },
  maxWait: { fallback: 10_000, check: duration, fromText: plain },
  onStoreError: { fallback: 'deny', ...oneOf('deny', 'allow') },
  prices: {
    fallback: { overrides: { rules: [] }, file: undefined },
    check: (value, place) => late.prices().prices(value, place),
    fromText: jsonListOrText,
  },
  unknownPrice: { fallback: 'family', ...oneOf('family', 'deny', 'allow-unpriced') },
  captureContent: { fallback: undefined, check: flag, fromText: yesOrNo },
  users: { fallback: 'plain', ...oneOf('plain', 'hash') },
  summary: { fallback: 'auto', ...oneOf('auto', 'on', 'off') },
  otel: { fallback: 'auto', ...oneOf('auto', 'attach', 'own', 'off') },
  metrics: { fallback: 'process', ...oneOf('process', 'collector') },
  onInvalid: { fallback: 'throw', ...oneOf('throw', 'skip') },
  hosts: { fallback: {}, check: hosts, fromText: pairs },
  instrumentations: {
    fallback: { only: undefined, disable: [] },
    check: instrumentations,
    fromText: wordOr('auto'),
  },
  semconv: { fallback: 'latest', ...oneOf('latest', 'both') },
  propagate: {
    fallback: [],
    check: propagate,
    fromText: (given, place) => (given.toLowerCase() === 'false' ? false : { baggage: words(given, place) }),
  },
  attributes: { fallback: {}, check: mapOf(attribute, "{ 'deployment.environment.name': 'prod' }"), fromText: pairs },
  labels: { fallback: [], check: listOf(DIMENSIONS, "['task']"), fromText: words },
};

/** The names of all options. */
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly (keyof RegisterOptions)[];

/** `maxWait` → `TOLLGATE_MAX_WAIT`. */
export function variableOf(option: string): string {
  return `TOLLGATE_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
