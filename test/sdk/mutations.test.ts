import { PRICE_LIST } from '@tollgate/provider-sim';
import { describe, expect, it } from 'vitest';
import { recordOf } from './describe-sdk.ts';
import { miscounted, noticed } from './judge.ts';
import type { Scenario, ScenarioRecord } from './scenario.ts';
import { CATALOGUE } from './scenarios/catalogue.ts';
import { playInApp, type AppOptions } from './start-app.ts';

const CACHED = 'chat.completions.create gives a completion';
const app: AppOptions = { sdk: 'openai', format: 'esm', wiring: 'first', only: [CACHED] };
const scenario = CATALOGUE.openai.scenarios.find(({ name }) => name === CACHED) as Scenario;
const { 'gpt-4o': price = { input: '0' } } = PRICE_LIST;

async function play(changed: Partial<AppOptions>): Promise<ScenarioRecord> {
  return recordOf(CACHED, await playInApp({ ...app, ...changed }));
}

describe('the comparison with the bill finds', () => {
  it('nothing where all is right', async () => {
    const record = await play({});
    expect(miscounted(scenario, record, record)).toEqual([]);
  });

  it('one price that is wrong', async () => {
    const record = await play({ prices: { 'gpt-4o': { ...price, input: '2.501' } } });
    expect(miscounted(scenario, record, record)).toEqual([expect.stringMatching(/^nano-USD: /)]);
  });

  it('one usage reader that is wrong', async () => {
    const record = await play({ also: 'break-reader.ts' });
    expect(miscounted(scenario, record, record)).toEqual([
      expect.stringMatching(/^nano-USD: /),
      expect.stringMatching(/^usage: /),
    ]);
  });
});

describe('the comparison of what the app saw finds', () => {
  const seen: ScenarioRecord = {
    name: 'stream',
    notes: [['chunk', { id: 'a', usage: null }]],
    http: [
      { method: 'POST', url: '/', route: undefined, headers: {}, body: { stream: true }, status: 200, aborted: false },
    ],
    bill: { nanoUsd: 0, usage: {} },
    spans: [],
    openSpans: 0,
  };
  const [request] = seen.http as [ScenarioRecord['http'][number]];

  it.each<[string, Partial<ScenarioRecord>]>([
    ['a value that is another', { notes: [['chunk', { id: 'b', usage: null }]] }],
    ['a key that is missing', { notes: [['chunk', { id: 'a' }]] }],
    ['a key that stands elsewhere', { notes: [['chunk', { usage: null, id: 'a' }]] }],
    ['one chunk more', { notes: [...seen.notes, ['chunk', {}]] }],
    ['a request that was not cancelled', { http: [{ ...request, aborted: true }] }],
    ['a body that was changed', { http: [{ ...request, body: { stream: true, n: 2 } }] }],
  ])('%s', (_what, changed) => {
    expect(noticed(seen, { ...seen, ...changed })).toHaveLength(1);
  });

  it('no fault with a stream that is asked for its usage', () => {
    const body = { stream: true, stream_options: { include_usage: true } };
    expect(noticed(seen, { ...seen, http: [{ ...request, body }] })).toEqual([]);
  });
});
