import type { Provider } from '@tollgate/provider-sim';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import type { ScenarioRecord } from '../scenario.ts';
import { meterScenario } from './metered.ts';
import { play, type Stage } from './play.ts';
import { readSettings } from './settings.ts';

interface Repointable {
  baseURL: string;
  withOptions(options: object): object;
}

/** Plays the scenarios of an SDK one after the other and prints their records. `early`: a client made before `register()`. */
export async function runScenarios(sdk: unknown, early?: Repointable): Promise<void> {
  const settings = readSettings();
  const { scenarios, baseUrl, client } = CATALOGUE[settings.sdk];
  const stage: Stage = {
    sdk,
    settings,
    client(provider: Provider, options: object) {
      const baseURL = baseUrl(provider);
      if (early === undefined) return client(sdk, { baseURL, maxRetries: 0, ...options });
      early.baseURL = baseURL;
      return early.withOptions({ baseURL, ...options });
    },
    around: settings.isMetered
      ? await meterScenario()
      : async (_name, run) => {
          await run();
          return undefined;
        },
  };
  const records: ScenarioRecord[] = [];
  for (const scenario of scenarios) {
    if (settings.only?.includes(scenario.name) ?? true) records.push(await play(scenario, stage));
  }
  process.stdout.write(JSON.stringify(records));
}

/** A client as an app makes it that calls `register()` too late. It is pointed to a provider later on. */
export function makeEarlyClient(sdk: unknown): Repointable {
  return CATALOGUE[readSettings().sdk].client(sdk, { baseURL: 'http://127.0.0.1:9', maxRetries: 0 }) as Repointable;
}
