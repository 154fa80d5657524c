import { expect, it } from 'vitest';
import { demoResult, shortcomings } from './demo-result.ts';
import type { ViewState } from './view/view-state.ts';
import { sampleState } from './view/sample-state.ts';

function refusedLoop(): ViewState {
  const state = sampleState();
  for (const row of state.by.task) if (row.by.task === 'T-3') row.by.task = 'P-1';
  for (const denial of state.denials) denial.account = { task: 'P-1' };
  return { ...state, server: { nanoUsd: 35_500_000, requests: 32 } };
}

it('finds nothing wrong with a run whose loop was refused and whose bill is met', () => {
  expect(shortcomings(refusedLoop())).toEqual([]);
});

it('says so when the loop was not refused by its budget', () => {
  const complaint = ["the loop of P-1 was not refused by the budget 'one-task'"];
  expect(shortcomings({ ...refusedLoop(), denials: [] })).toEqual(complaint);
  const observed = refusedLoop();
  for (const row of observed.by.task) row.denied = 0;
  expect(shortcomings(observed)).toEqual(complaint);
});

it('says by which sums the bill is missed', () => {
  const state = { ...refusedLoop(), server: { nanoUsd: 35_500_001, requests: 32 } };
  expect(shortcomings(state)).toEqual(['Tollgate counted 35500000 nano-USD, and the provider servers billed 35500001']);
});

it('compares nothing with providers that tell no bill', () => {
  expect(shortcomings({ ...refusedLoop(), server: undefined })).toEqual([]);
});

it('adds up the ledger over all agents', () => {
  const { version, ledger, server } = demoResult(refusedLoop(), { nanoUsd: 1, requests: 2 });
  expect({ version, ledger, server }).toEqual({
    version: 1,
    ledger: { nanoUsd: 35_500_000, calls: 29, attempts: 32 },
    server: { nanoUsd: 1, requests: 2 },
  });
});
