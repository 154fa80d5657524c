import { ConfigError } from '@tollgate/core';
import { expect, it } from 'vitest';
import { createEvents } from './events.ts';

const unpriced = { provider: 'openai', model: 'gpt-9', reason: 'unknown_model' };

function hub(): { events: ReturnType<typeof createEvents>; reports: string[] } {
  const reports: string[] = [];
  return { events: createEvents((message, error) => reports.push(`${message} ${String(error)}`)), reports };
}

it('hands an event to its listeners in order, until they are removed', () => {
  const { events } = hub();
  const seen: string[] = [];
  const stop = events.on('unpriced', ({ model }) => seen.push(`first ${model}`));
  events.on('unpriced', ({ model }) => seen.push(`second ${model}`));
  events.emit('unpriced', unpriced);
  stop();
  stop();
  events.emit('unpriced', unpriced);
  expect(seen).toEqual(['first gpt-9', 'second gpt-9', 'second gpt-9']);
});

it('reports the first error of a listener and goes on with the others', async () => {
  const { events, reports } = hub();
  const seen: string[] = [];
  events.on('unpriced', () => {
    throw new Error('thrown');
  });
  events.on('unpriced', () => Promise.reject(new Error('rejected')) as unknown as void);
  events.on('unpriced', ({ model }) => seen.push(model));
  events.emit('unpriced', unpriced);
  events.emit('unpriced', unpriced);
  await Promise.resolve();
  const message = "A listener of 'unpriced' failed; it stays subscribed, and its further errors are not shown.";
  expect(reports).toEqual([`${message} Error: thrown`, `${message} Error: rejected`]);
  expect(seen).toEqual(['gpt-9', 'gpt-9']);
});

it('calls a listener that is removed during the event, and not one that is added', () => {
  const { events } = hub();
  const seen: string[] = [];
  events.on('unpriced', () => {
    stop();
    events.on('unpriced', () => seen.push('added'));
  });
  const stop = events.on('unpriced', () => seen.push('removed'));
  events.emit('unpriced', unpriced);
  expect(seen).toEqual(['removed']);
});

it('refuses a listener of an event that does not exist, with the one that was meant', () => {
  const { events, reports } = hub();
  const listen = (event: string) => () => events.on(event as 'unpriced', () => {});
  expect(listen('budget.exceded')).toThrow(ConfigError);
  expect(listen('budget.exceded')).toThrow("'budget.exceded' is not an event: did you mean 'budget.exceeded'?");
  expect(listen('toString')).toThrow('events are call, budget.warning, budget.exceeded, budget.overrun, unpriced');
  expect(reports).toEqual([]);
});
