import type { Attributes } from '@opentelemetry/api';
import type { Dimension, Measures, Refusal, Standing } from '@tollgate/core';
import type { MatchRule } from '@tollgate/core/plugin';
import { KEY, type AttributeKey } from '../conventions.ts';
import { labelKeys, type LabelKeys } from './label-dimensions.ts';
import { BudgetSeries } from './budget-series.ts';
import type { LabelSet, LabelSets } from './label-sets.ts';
import type { Observe, Recorder } from './recorder.ts';
import { amountIn, ratioOf, UNITS } from './standing-units.ts';
import { TasksOver, type AgentOf } from './tasks-over.ts';

const MAX_SERIES = 200;

/** Which account something is said about. */
export type AccountRef = Pick<Standing, 'budget' | 'account' | 'reach' | 'store'>;

/** What a budget's spec says and a standing does not: `window` is its kind (`day`, `total`, `rolling`), not its instance. */
export type BudgetFacts = (
  budget: string,
) => { window: string; mode: string; match?: readonly MatchRule[] | undefined } | undefined;

/** What budgets say and charge. Each may be called for every account that a call matches. */
export interface BudgetMetrics {
  decided(account: AccountRef, decision: 'allow' | 'warn' | 'wait' | 'deny', reason?: Refusal): void;
  overrun(account: AccountRef, by: Measures): void;
  /** Where most calls of an account are counted. */
  series(account: AccountRef): BudgetSeries;
  /** Reports how all accounts stand. `agentOf`: who calls for a task. */
  observe(standings: readonly Standing[], observe: Observe, agentOf: AgentOf): void;
}

/** Counts what budgets do, and shows how they stand: the ledger's own numbers, read when they are collected. */
export function createBudgetMetrics(
  recorder: Recorder,
  sets: LabelSets,
  keys: LabelKeys,
  facts: BudgetFacts,
): BudgetMetrics {
  const tasks = new TasksOver();
  const labelsOf = (ref: AccountRef): LabelSet => sets.of(...labelsOfAccount(ref, keys, facts(ref.budget)));
  return {
    decided(account, decision, reason) {
      const labels = labelsOf(account).with(KEY.decision, decision);
      const { attributes } = reason === undefined ? labels : labels.with(KEY.reason, reason);
      recorder.add('tollgate.budget.decisions', 1, attributes);
    },
    overrun(account, by) {
      const labels = labelsOf(account);
      for (const unit of UNITS) {
        const amount = (unit === 'usd' ? by.nanoUsd : by[unit]) ?? 0;
        if (amount > 0) recorder.add('tollgate.budget.overrun', amount, labels.with(KEY.unit, unit).attributes);
      }
    },
    series: (account) => new BudgetSeries(recorder, labelsOf(account)),
    observe(standings, observe, agentOf) {
      const told = new Set<LabelSet>();
      for (const standing of shown(standings, keys)) {
        const labels = labelsOf(standing);
        // Accounts whose labels are folded share a series: the fullest, which comes first, has it.
        if (!told.has(labels)) observeStanding(standing, labels, observe);
        told.add(labels);
      }
      tasks.observe(standings, observe, agentOf);
    },
  };
}

function labelsOfAccount(
  { budget, account, reach, store }: AccountRef,
  keys: LabelKeys,
  facts: ReturnType<BudgetFacts>,
): [AttributeKey, string | undefined][] {
  const by = Object.entries(account) as [Dimension, string | undefined][];
  return [
    [KEY.budget, budget],
    [KEY.window, facts?.window],
    [KEY.reach, reach],
    [KEY.store, store],
    [KEY.mode, facts?.mode],
    ...by.flatMap(([dimension, value]): [AttributeKey, string | undefined][] => {
      const label = keys[dimension];
      return label === undefined ? worded('any', dimension) : [[label, value]];
    }),
    ...(facts?.match ?? []).filter(({ dimension }) => !(dimension in account)).flatMap((rule) => matched(rule, keys)),
  ];
}

/** Tells a budget of one agent, or of some, from one that all calls share. */
function matched({ dimension, exact, prefixes }: MatchRule, keys: LabelKeys): [AttributeKey, string][] {
  const label = keys[dimension];
  const [value, ...others] = [...exact, ...prefixes];
  const isOne = value !== undefined && others.length === 0 && prefixes.length === 0;
  return label !== undefined && isOne ? [[label, value]] : worded('some', dimension);
}

/** Tells a budget by task, whose accounts share a series, from one that all calls share. */
function worded(word: 'any' | 'some', dimension: Dimension): [AttributeKey, string][] {
  const { [dimension]: label } = labelKeys([dimension]);
  return label === undefined ? [] : [[label, `(${word} ${dimension})`]];
}

function observeStanding(standing: Standing, labels: LabelSet, observe: Observe): void {
  for (const unit of UNITS) {
    const limit = amountIn(unit, standing.limit);
    if (limit === undefined) continue;
    const series = labels.with(KEY.unit, unit).attributes;
    observe('tollgate.budget.limit', limit, series);
    observe('tollgate.budget.spent', amountIn(unit, standing.spent) ?? 0, series);
    observe('tollgate.budget.reserved', amountIn(unit, standing.reserved) ?? 0, series);
    observe('tollgate.budget.closed', standing.closed ? 1 : 0, series);
    observeWindow(standing, series, observe);
  }
}

function observeWindow({ opensAt, resetsAt }: Standing, series: Attributes, observe: Observe): void {
  if (opensAt !== undefined) observe('tollgate.budget.window.start', opensAt / 1000, series);
  // A window without an end must not look over to a rule that compares its end with the time: year 9999.
  observe('tollgate.budget.window.end', (resetsAt ?? 253_402_300_799_000) / 1000, series);
}

/** Of accounts that differ in what is no label (tasks, users, sessions as a rule) the fullest; at most 200 per budget, the fullest first. */
function shown(standings: readonly Standing[], keys: LabelKeys): Standing[] {
  const fullestBy = new Map<string, { standing: Standing; ratio: number }>();
  for (const standing of standings) {
    if (standing.invalid !== undefined) continue;
    const labels = Object.entries(standing.account).filter(([dimension]) => dimension in keys);
    const key = [standing.budget, ...labels.flat()].join('\0');
    const ratio = ratioOf(standing);
    const known = fullestBy.get(key);
    if (known === undefined || ratio > known.ratio) fullestBy.set(key, { standing, ratio });
  }
  const perBudget = new Map<string, number>();
  return [...fullestBy.values()]
    .toSorted((a, b) => b.ratio - a.ratio)
    .filter(({ standing: { budget } }) => {
      const series = (perBudget.get(budget) ?? 0) + 1;
      perBudget.set(budget, series);
      return series <= MAX_SERIES;
    })
    .map(({ standing }) => standing);
}
