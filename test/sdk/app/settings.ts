import type { PriceList } from '@tollgate/provider-sim';
import type { SdkName } from '../scenario.ts';

/** What the test tells the app's process, through the environment. */
export interface Settings {
  sdk: SdkName;
  /** The names of the scenarios to play; all of them where undefined. */
  only?: readonly string[] | undefined;
  /** Whether `register()` was called, whichever way. */
  isMetered: boolean;
  /** Prices that the provider bills by instead of its own. */
  prices?: PriceList | undefined;
}

/** The settings of this process. */
export function readSettings(): Settings {
  return JSON.parse(process.env['SDK_TEST_SETTINGS'] ?? '{}') as Settings;
}
