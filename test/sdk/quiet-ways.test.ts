import { beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from './describe-sdk.ts';
import { noticed } from './judge.ts';
import type { ScenarioRecord } from './scenario.ts';
import { playInApp, type AppOptions } from './start-app.ts';

const CHAT = 'chat.completions.create gives a completion';
const STREAM = 'chat stream is read to its end';
const BROKEN_OFF = 'chat stream that the app breaks off after 3 chunks cancels the HTTP stream';
const only = [CHAT, STREAM, BROKEN_OFF, 'chat.completions.create succeeds after two 429'];
const app = { sdk: 'openai', format: 'esm', only } as const;

let without: ScenarioRecord[] = [];
beforeAll(async () => {
  without = await playInApp({ ...app, wiring: 'without' });
});

async function play(options: object): Promise<ScenarioRecord[]> {
  return playInApp({ ...app, wiring: 'first', options } satisfies AppOptions);
}

describe('with `otel: off`', () => {
  it('calls are counted to the nano-USD without a span', async () => {
    const records = await play({ otel: 'off' });
    expect(records.flatMap(({ spans }) => spans)).toEqual([]);
    for (const name of [CHAT, STREAM]) {
      const { metered, bill } = recordOf(name, records);
      expect(metered?.row).toMatchObject({ calls: 1, nanoUsd: bill.nanoUsd, estimatedNanoUsd: 0 });
      expect(noticed(recordOf(name, without), recordOf(name, records))).toEqual([]);
    }
  });
});

describe('with `mode: observe`', () => {
  const budgets = [{ name: 'nothing', limit: { usd: 0 }, window: 'total' }];

  it('a request is not changed, and a call that a budget would refuse is sent', async () => {
    const records = await play({ mode: 'observe', budgets });
    for (const name of only) {
      const [before, after] = [recordOf(name, without), recordOf(name, records)];
      expect(after.http).toEqual(before.http);
      expect(after.notes).toEqual(before.notes);
      expect(after.metered?.row).toMatchObject({ calls: 1, denied: 0 });
    }
    expect(recordOf(CHAT, records).metered?.row).toMatchObject({ nanoUsd: recordOf(CHAT, records).bill.nanoUsd });
    expect(recordOf(STREAM, records).metered?.records).toMatchObject([{ state: 'estimated' }]);
  });
});

describe('with `mode: off`', () => {
  it('nothing is touched and nothing is counted', async () => {
    const records = await play({ mode: 'off' });
    for (const name of only) {
      const { http, notes, metered } = recordOf(name, records);
      expect({ http, notes }).toEqual({ http: recordOf(name, without).http, notes: recordOf(name, without).notes });
      expect(metered?.row.calls).toBe(0);
    }
  });
});
