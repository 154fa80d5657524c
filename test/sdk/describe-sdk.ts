import { beforeAll, describe, expect, it } from 'vitest';
import { miscounted, noticed } from './judge.ts';
import type { ScenarioRecord, SdkName } from './scenario.ts';
import { CATALOGUE } from './scenarios/catalogue.ts';
import { playInApp, type AppOptions, type Format } from './start-app.ts';

/** The ways in that are tried with some scenarios only: they differ in how the SDK is hooked, not in what happens then. */
const OTHER_WIRINGS = {
  late: 'a client made before register()',
  preload: 'node --import @tollgate/otel/register',
} as const;

/** Declares the tests of an SDK: every scenario in both formats, without us and with us; `some` of them in the other ways in. */
export function describeSdk(sdk: SdkName, some: readonly string[] = []): void {
  describe.each<Format>(['esm', 'cjs'])(`${sdk}, %s`, (format) => {
    // Played once for all ways in.
    let without: Promise<ScenarioRecord[]> | undefined;
    const before = (): Promise<ScenarioRecord[]> => (without ??= playInApp({ sdk, format, wiring: 'without' }));
    const run = (app: AppOptions): Runs => ({ without: before, withUs: () => playInApp(app) });
    const first: AppOptions = { sdk, format, wiring: 'first' };
    describeRun('imported after us', first, run(first));
    if (some.length === 0) return;
    for (const [wiring, title] of Object.entries(OTHER_WIRINGS) as [keyof typeof OTHER_WIRINGS, string][]) {
      const app: AppOptions = { sdk, format, wiring, only: some };
      describeRun(title, app, run(app));
    }
  });
}

/** Plays the scenarios of an app without us, and with us. */
export interface Runs {
  without(): Promise<ScenarioRecord[]>;
  withUs(): Promise<ScenarioRecord[]>;
}

/** Declares one test per scenario of a run: the app notices nothing, and we count what the provider bills. */
export function describeRun(title: string, app: AppOptions, runs: Runs): void {
  const scenarios = CATALOGUE[app.sdk].scenarios.filter(({ name }) => app.only?.includes(name) ?? true);
  describe(`${app.wiring}: ${title}`, () => {
    let without: ScenarioRecord[] = [];
    let withUs: ScenarioRecord[] = [];
    beforeAll(async () => {
      [without, withUs] = await Promise.all([runs.without(), runs.withUs()]);
    });
    it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
      const [unmetered, metered] = [recordOf(name, without), recordOf(name, withUs)];
      expect(noticed(unmetered, metered)).toEqual([]);
      expect(miscounted(scenario, unmetered, metered)).toEqual([]);
    });
  });
}

/** The record of a scenario that must have been played. */
export function recordOf(name: string, records: readonly ScenarioRecord[]): ScenarioRecord {
  const record = records.find((one) => one.name === name);
  if (record === undefined) throw new Error(`'${name}' was not played`);
  return record;
}
