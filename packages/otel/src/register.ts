import { ConfigError, type Standing } from '@tollgate/core';
import { createBaggageCarrier } from './attribution/baggage.ts';
import { withHashedUsers } from './attribution/hashed-budgets.ts';
import { createHandle, type Tollgate } from './handle.ts';
import { hookSdks } from './instrument/hook-sdks.ts';
import { loadOptions } from './options/load-options.ts';
import type { RegisterOptions } from './options/register-options.ts';
import type { SkippedBudget } from './options/check-budgets.ts';
import type { Resolution } from './options/resolve-options.ts';
import { notice } from './notice.ts';
import { RingTwoLink } from './ring2/ring-two-link.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { shared } from './shared.ts';
import { printAtExit } from './summary/print-at-exit.ts';

/**
 * From now on every call of the LLM SDKs in this process is attributed, priced, metered, and refused before it is sent
 * when a budget would be exceeded; also calls of clients that exist already. Synchronous, without network. A second call
 * returns the same handle. Throws `ConfigError` for options that can't be used, with every issue, before anything is
 * hooked, and nothing else; under `TOLLGATE_MODE=off` the issues are printed instead.
 */
export function register(options: RegisterOptions = {}): Tollgate {
  if (shared.handle !== undefined) return shared.handle;
  const resolution = withHashedUsers(loadOptions(options, process.env));
  if (resolution.issues.length > 0) {
    const broken = new ConfigError(resolution.issues);
    if (!isSwitchedOff(process.env)) throw broken;
    notice(broken.message);
  }
  for (const { budget, issue } of resolution.skipped) notice(`the budget '${budget}' is left out: ${issue}`);
  const ringTwo = new RingTwoLink();
  const runtime = createRuntime(resolution, ringTwo.attach);
  const isOff = resolution.options.mode === 'off';
  const sdks = isOff ? undefined : hookSdks(resolution.options.instrumentations);
  shared.handle = handleOf(runtime, resolution, () => [...(sdks?.list() ?? []), ...ringTwo.report()]);
  if (isOff) return shared.handle;
  ringTwo.bind(
    runtime,
    (module) => sdks?.list().some((sdk) => sdk.module === module && sdk.state === 'hooked') === true,
  );
  shared.hooks = sdks;
  shared.meter = runtime.meter;
  shared.baggage = createBaggageCarrier(resolution.options.baggage);
  runtime.providers.start();
  printAtExit(resolution.options, runtime);
  return shared.handle;
}

/** The way out at three in the morning: it has to be open, whatever is wrong with the options. */
function isSwitchedOff(env: NodeJS.ProcessEnv): boolean {
  return env['TOLLGATE_MODE']?.trim() === 'off';
}

function handleOf(
  { ledger, book, events, providers, prices }: Runtime,
  { options, skipped }: Resolution,
  instrumented: () => Tollgate['instrumented'],
): Tollgate {
  return createHandle({
    ledger,
    book,
    events,
    users: options.users,
    invalid: skipped.map(invalidStanding),
    instrumented,
    now: Date.now,
    flush: () => providers.flush(),
    async shutdown() {
      prices.stop();
      await providers.shutdown();
    },
  });
}

function invalidStanding({ budget, issue }: SkippedBudget): Standing {
  return {
    budget,
    key: budget,
    account: {},
    window: 'total',
    asOf: Date.now(),
    reach: 'process',
    store: '',
    limit: {},
    spent: {},
    reserved: {},
    remaining: {},
    closed: false,
    invalid: issue,
  };
}
