import type { Attribution } from '@tollgate/core';
import { afterEach, expect, test, vi } from 'vitest';
import type { ScopeTracker } from './attribution/scope-tracker.ts';
import {
  attribute,
  currentAttribution,
  currentScope,
  withAgent,
  withStep,
  withTask,
  type Task,
} from './attribution.ts';
import { openRollup } from './book/rollup.ts';
import type { Meter } from './call/meter.ts';
import { shared } from './shared.ts';

afterEach(() => {
  shared.makeMeter = undefined;
  vi.restoreAllMocks();
});

/** Notes the ends of the scopes that are opened from here on. */
function noteEnds(): string[] {
  const ends: string[] = [];
  const scopes: ScopeTracker = {
    open: ({ kind, name, outer }) => ({
      rollup: openRollup(outer),
      run: (fn) => fn(),
      end: (failure) => void ends.push(`${kind} ${name} ${failure === undefined ? 'ok' : String(failure.error)}`),
    }),
  };
  shared.makeMeter = () => ({ scopes }) as unknown as Meter;
  return ends;
}

async function* agent(): AsyncGenerator<Attribution> {
  yield currentAttribution();
  await Promise.resolve();
  yield currentAttribution();
}

test('an agent that is an async generator works for its task until it is read to the end', async () => {
  const ends = noteEnds();
  const seen: Attribution[] = [];
  for await (const at of withTask({ id: 'G', type: 'chat' }, () => agent())) {
    expect(currentAttribution()).toEqual({});
    expect(ends).toEqual([]);
    seen.push(at);
  }
  expect(seen).toEqual([
    { task: 'G', taskType: 'chat' },
    { task: 'G', taskType: 'chat' },
  ]);
  expect(ends).toEqual(['task chat ok']);
});

test('generators in each other keep the scope and the roll-up of each', async () => {
  const ends = noteEnds();
  const inner = async function* (): AsyncGenerator {
    const outer = currentScope()?.rollup;
    yield* withStep('s', async function* () {
      yield { at: currentAttribution(), isNew: currentScope()?.rollup !== outer };
    });
  };
  const seen: unknown[] = [];
  for await (const step of withAgent('a', () => withTask('t', inner))) seen.push(step);
  expect(seen).toEqual([{ at: { agent: 'a', task: 't', step: 's' }, isNew: true }]);
  expect(ends).toEqual(['step s ok', 'task task ok', 'invoke_agent a ok']);
});

test('attribution holds in a generator without a meter and without a span', async () => {
  const seen: Attribution[] = [];
  for await (const at of attribute({ user: 'u' }, agent)) seen.push(at);
  for await (const at of withTask('t', agent)) seen.push(at);
  expect(seen).toEqual([{ user: 'u' }, { user: 'u' }, { task: 't' }, { task: 't' }]);
});

test('a generator that comes as a promise works for its task, and ends it only when it is read', async () => {
  const ends = noteEnds();
  const seen: Attribution[] = [];
  const promised = await withTask({ id: 'G', type: 'chat' }, async () => agent());
  expect(ends).toEqual([]);
  for await (const at of promised) seen.push(at);
  for await (const at of await attribute({ user: 'u' }, async () => agent())) seen.push(at);
  expect(seen).toEqual([
    { task: 'G', taskType: 'chat' },
    { task: 'G', taskType: 'chat' },
    { user: 'u' },
    { user: 'u' },
  ]);
  expect(ends).toEqual(['task chat ok']);
});

test('ids that are numbers are texts, and no id is none', () => {
  const ends = noteEnds();
  const at = (id: unknown): Attribution => withTask({ id } as Task, currentAttribution);
  expect(at(42)).toEqual({ task: '42' });
  expect(attribute({ user: 7 as unknown as string }, currentAttribution)).toEqual({ user: '7' });
  for (const id of [undefined, null, '']) expect(at(id)).toEqual({});
  for (const task of [undefined, null, {}, '']) expect(withTask(task as Task, currentAttribution)).toEqual({});
  expect(withTask(5 as unknown as string, currentAttribution)).toEqual({ task: '5' });
  expect(attribute(undefined as unknown as Attribution, currentAttribution)).toEqual({});
  expect(new Set(ends)).toEqual(new Set(['task task ok']));
});

test('what is no id keeps the outer one, and a scope without a name has that of its kind', () => {
  const ends = noteEnds();
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const inner = withAgent('a', () => withAgent({} as string, currentAttribution));
  expect(inner).toEqual({ agent: 'a' });
  expect(ends).toEqual(['invoke_agent invoke_agent ok', 'invoke_agent a ok']);
  expect(write).toHaveBeenCalledTimes(1);
});
