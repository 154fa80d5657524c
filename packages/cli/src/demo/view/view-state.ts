import type { Dimension, Refusal, Standing, UsageRow } from '@tollgate/core';

/** The dimensions that the demo shows spend by. */
export const SHOWN: readonly ShownDimension[] = ['agent', 'task', 'step', 'model'];

/** One of them. */
export type ShownDimension = Extract<Dimension, 'agent' | 'task' | 'step' | 'model'>;

/** An SDK copy, and whether its calls are seen. */
export interface HookedModule {
  module: string;
  version: string;
  format: 'esm' | 'cjs';
  state: 'hooked' | 'found-not-hooked' | 'failed';
  why?: string | undefined;
}

/** A call that a budget has refused. */
export interface Denial {
  budget: string;
  account: Standing['account'];
  reason: Refusal;
  /** Epoch ms. */
  at: number;
}

/** An account that has passed a part of its limit. */
export interface Warning {
  budget: string;
  account: Standing['account'];
  /** Of the limit: 0.8. */
  threshold: number;
}

/** All that the view shows. */
export interface ViewState {
  by: Record<ShownDimension, UsageRow[]>;
  budgets: Standing[];
  /** Oldest first. */
  denials: Denial[];
  /** Oldest first. */
  warnings: Warning[];
  instrumented: HookedModule[];
  /** What the provider server has billed, once the run is over. */
  server?: { nanoUsd: number; requests: number } | undefined;
}

/** What a row of spend is about: `triager`, or `(none)`. */
export function nameOf(row: UsageRow, dimension: Dimension): string {
  return row.by[dimension] ?? '(none)';
}

/** The account of a standing in words: `one-task T-1042`. */
export function accountName({ budget, account }: Pick<Standing, 'budget' | 'account'>): string {
  return [budget, ...Object.values(account)].filter((part) => part !== undefined).join(' ');
}
