import { isMainThread } from 'node:worker_threads';
import type { Standing } from '@tollgate/core';
import { ConfigError } from '@tollgate/core/start';
import { createEvents } from './book/events.ts';
import { createHandle, type Tollgate } from './handle.ts';
import type { HookReport } from './instrument/hook-report.ts';
import { hookSdks } from './instrument/hook-sdks.ts';
import { later } from './later.ts';
import { nodeIssues } from './options/check-node.ts';
import { loadOptions } from './options/load-options.ts';
import type { RegisterOptions } from './options/register-options.ts';
import type { SkippedBudget } from './options/broken-budgets.ts';
import type { Resolution } from './options/resolve-options.ts';
import { notice } from './notice.ts';
import { RingTwoLink } from './ring2/ring-two-link.ts';
import { createProviders } from './providers/providers.ts';
import type { Foundation, Runtime } from './runtime.ts';
import { shared } from './shared.ts';
import { printAtExit } from './summary/print-at-exit.ts';
import { VERSION } from './version.ts';
import { warmUpLater } from './warm-up.ts';

const calls = later('./runtime');
const travel = later('./attribution/baggage');
const hashed = later('./attribution/hashed-budgets');
const further = later('./options/ignored-options');

/**
 * From now on every call of the LLM SDKs in this process is attributed, priced, metered, and refused before it is sent
 * when a budget would be exceeded; also calls of clients that exist already. Synchronous, without network. A second call
 * returns the same handle, and says on stderr which of its options do not hold. Throws `ConfigError` for options that
 * can't be used, and for a Node that is too old, with every issue, before anything is hooked, and nothing else; under
 * `TOLLGATE_MODE=off` the issues are printed instead.
 */
export function register(options: RegisterOptions = {}): Tollgate {
  if (shared.handle !== undefined) {
    tellIgnored(options);
    return shared.handle;
  }
  const said = loadOptions(options, process.env);
  const resolution = said.options.users === 'plain' ? said : hashed().withHashedUsers(said);
  const issues = [...nodeIssues(process.versions.node), ...resolution.issues];
  if (issues.length > 0) {
    const broken = new ConfigError(issues);
    if (!isSwitchedOff(process.env)) throw broken;
    notice(broken.message);
  }
  for (const { budget, issue } of resolution.skipped) notice(`the budget '${budget}' is left out: ${issue}`);
  const isOff = resolution.options.mode === 'off';
  const sdks = isOff ? undefined : hookSdks(resolution.options.instrumentations);
  const ringTwo = new RingTwoLink();
  const base = foundationOf(resolution, ringTwo.attach, sdks);
  shared.options = said.options;
  shared.handle = handleOf(base, () => [...(sdks?.listAll() ?? []), ...ringTwo.report()]);
  if (isOff) return shared.handle;
  tellThread(resolution);
  ringTwo.bind(() => base.runtime().ring);
  shared.hooks = sdks;
  shared.makeMeter = () => base.runtime().meter;
  const { baggage, prices } = resolution.options;
  if (baggage.length > 0) shared.baggage = travel().createBaggageCarrier(baggage);
  // A change of the file that comes before the first call is one.
  if (prices.file !== undefined) base.runtime();
  base.providers.start();
  warmUpLater();
  printAtExit(resolution.options, base);
  return shared.handle;
}

/** The way out at three in the morning: it has to be open, whatever is wrong with the options. */
function isSwitchedOff(env: NodeJS.ProcessEnv): boolean {
  return env['TOLLGATE_MODE']?.trim().toLowerCase() === 'off';
}

/** Each thread has modules, and so a ledger, of its own. */
function tellThread({ options: { budgets } }: Resolution): void {
  if (isMainThread || budgets.length === 0) return;
  notice(
    'a worker thread keeps accounts of its own: its budgets hold for it alone, beside those of the main thread and of other workers',
  );
}

const told = new Set<string>();

/** Budgets must not be lost without a word because a preload, or another file, was first. Said once of the same options. */
function tellIgnored(options: RegisterOptions): void {
  if (shared.options === undefined || isSwitchedOff(process.env)) return;
  const ignored = further().ignoredOptions(options, shared.options, process.env).join(', ');
  if (ignored === '' || told.has(ignored)) return;
  told.add(ignored);
  notice(
    `register() was called before, by --import @tollgate/otel/register or by other code, and that call holds: what this one says of ${ignored} is ignored. Pass all options to the first call, or put them into tollgate.config.json; control.set() adds a budget later`,
  );
}

/** What there is from the start on, and what is made of it when the first call, or a question about calls, comes. */
interface Base extends Foundation {
  readonly runtime: () => Runtime;
  /** The runtime if there has been a need for it. */
  readonly madeRuntime: () => Runtime | undefined;
}

function foundationOf(
  resolution: Resolution,
  onTracerProvider: (provider: object, isOurs: boolean) => void,
  sdks: HookReport | undefined,
): Base {
  const { options } = resolution;
  const report = (where: string, fault: unknown): void => runtime().report(where, fault);
  const foundation: Foundation = {
    resolution,
    events: createEvents(report),
    providers: createProviders({
      mode: options.otel,
      serviceName: options.serviceName,
      attributes: options.attributes,
      propagates: options.baggage.length > 0,
      version: VERSION,
      env: process.env,
      notice,
      report,
      beforeFlush: () => made?.tellHeld(),
      beforeEnd: () => made?.meter.open.settle(),
      onTracerProvider,
    }),
    isHooked: (module) => sdks?.list().some((sdk) => sdk.module === module && sdk.state === 'hooked') === true,
  };
  let made: Runtime | undefined;
  const runtime = (): Runtime => (made ??= calls().createRuntime(foundation));
  return { ...foundation, runtime, madeRuntime: () => made };
}

function handleOf(base: Base, instrumented: () => Tollgate['instrumented']): Tollgate {
  const { resolution, events, providers } = base;
  return createHandle({
    ledger: () => base.runtime().ledger,
    book: () => base.runtime().book,
    events,
    users: resolution.options.users,
    invalid: resolution.skipped.map(invalidStanding),
    instrumented,
    now: Date.now,
    flush: () => providers.flush(),
    async shutdown() {
      base.madeRuntime()?.prices.stop();
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
