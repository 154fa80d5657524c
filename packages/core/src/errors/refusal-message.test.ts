import { expect, test } from 'vitest';
import type { Standing } from '../budget/standing.ts';
import { refusalMessage } from './refusal-message.ts';

const standing: Standing = {
  budget: 'day',
  key: 'day-1',
  account: {},
  window: 'day',
  asOf: 0,
  reach: 'process',
  store: 'store-1',
  limit: { nanoUsd: 1 },
  spent: { nanoUsd: 0 },
  reserved: { nanoUsd: 0 },
  remaining: { nanoUsd: 1 },
  closed: false,
};
const unpriced = { reason: 'unpriced', standing, needed: { tokens: 5 } } as const;

test('a call without a price is told to get one for its model', () => {
  expect(refusalMessage(unpriced)).toBe(
    "Budget 'day' refuses this call because its model has no known price (unknownPrice: 'deny'). Add a price or an alias for it.",
  );
});

test('a call to a host that nobody has named is told to name it, and nothing of its model', () => {
  expect(refusalMessage({ ...unpriced, unnamedHost: '127.0.0.1:8080' })).toBe(
    "Budget 'day' refuses this call because nobody has named the provider at 127.0.0.1:8080, so it has no price (unknownPrice: 'deny'). Name it: hosts: { '127.0.0.1:8080': 'openai' }.",
  );
});

test('a host with a word that retry loops look for is left out', () => {
  const message = refusalMessage({ ...unpriced, unnamedHost: 'llm.my-network.internal' });
  expect(message).toContain("the provider at its host, so it has no price (unknownPrice: 'deny'). Name it in hosts.");
  expect(message).not.toContain('network');
});

test('another reason says nothing of the host', () => {
  expect(refusalMessage({ ...unpriced, reason: 'exhausted', unnamedHost: 'a:1' })).not.toContain('a:1');
});
