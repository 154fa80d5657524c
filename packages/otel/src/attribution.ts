import type { Attribution } from '@tollgate/core';
import type { Rollup } from './book/rollup.ts';
import { readAttribution } from './attribution/read-attribution.ts';
import { watchEnd } from './attribution/watch-end.ts';
import { shared } from './shared.ts';

/** Who the running code works for, and what its agent, task or step has spent so far. */
export interface Scope {
  readonly at: Attribution;
  readonly rollup: Rollup | undefined;
  /** The innermost task, so that only an outermost one is counted as a task. */
  readonly inTask: boolean;
}

const NOBODY: Attribution = Object.freeze({});

/** The attribution of the running code; what a call is charged to. What came in by baggage is the outermost. */
export function currentAttribution(): Attribution {
  const at = shared.scopes.getStore()?.at ?? NOBODY;
  return shared.baggage?.beneath(at) ?? at;
}

/** The scope of the running code, if any. */
export function currentScope(): Scope | undefined {
  return shared.scopes.getStore();
}

function merged(more: Attribution): Attribution {
  return Object.freeze({ ...currentAttribution(), ...more });
}

/**
 * Runs `fn` for whom `at` says, merged with the outer scope: inner values win, `undefined` keeps the outer one. So does the
 * body of a generator object that `fn` returns or promises.
 */
export function attribute<T>(at: Attribution, fn: () => T): T {
  const outer = currentScope();
  return runUntracked({ at: merged(readAttribution(at)), rollup: outer?.rollup, inTask: outer?.inTask ?? false }, fn);
}

function runUntracked<T>(scope: Scope, fn: () => T): T {
  const within = <R>(step: () => R): R => runWithin(scope, step);
  return watchEnd(within(fn), within, () => {});
}

function runWithin<T>(scope: Scope, fn: () => T): T {
  const { baggage } = shared;
  return shared.scopes.run(scope, baggage === undefined ? fn : () => baggage.carry(scope.at, fn));
}

/** What a task is: its unique id, and optionally its kind (one of few values, so that it may be a metric label). */
export interface Task {
  id: string;
  type?: string | undefined;
}

type Kind = 'invoke_agent' | 'task' | 'step';

/**
 * Runs `fn` as the agent of this name, under a span `invoke_agent {name}` that ends with what it spent: when `fn` is
 * through, its promise is settled, or the generator object that it returned or promised has been read.
 */
export function withAgent<T>(name: string, fn: () => T): T {
  return runScope('invoke_agent', 'agent', { agent: name }, fn);
}

/** Runs `fn` as one task, under a span `task {type}` that ends with what it spent. */
export function withTask<T>(task: Task | string, fn: () => T): T {
  const { id, type } = (typeof task === 'object' ? (task ?? {}) : { id: task }) as Partial<Task>;
  return runScope('task', 'taskType', { task: id, taskType: type }, fn);
}

/** Runs `fn` as one named step of a task, under a span `step {name}` that ends with what it spent. */
export function withStep<T>(name: string, fn: () => T): T {
  return runScope('step', 'step', { step: name }, fn);
}

function runScope<T>(kind: Kind, named: 'agent' | 'taskType' | 'step', given: Attribution, fn: () => T): T {
  const outer = currentScope();
  const more = readAttribution(given);
  const at = merged(more);
  const inTask = outer?.inTask === true || kind === 'task';
  const tracker = shared.meter?.scopes.open({
    kind,
    name: more[named] ?? kind,
    at,
    outer: outer?.rollup,
    outermostTask: kind === 'task' && outer?.inTask !== true,
  });
  if (tracker === undefined) return runUntracked({ at, rollup: undefined, inTask }, fn);
  const scope: Scope = { at, rollup: tracker.rollup, inTask };
  const within = <R>(step: () => R): R => tracker.run(() => runWithin(scope, step));
  const end = (failure?: { error: unknown }): void => tracker.end(failure);
  try {
    return watchEnd(within(fn), within, end);
  } catch (error) {
    end({ error });
    throw error;
  }
}
