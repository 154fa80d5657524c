import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from './attribution.ts';
import type { BaggageCarrier } from './attribution/baggage.ts';
import type { Tollgate } from './handle.ts';
import type { HookReport } from './instrument/hook-report.ts';
import type { Meter } from './call/meter.ts';
import type { OpenCall } from './call/open-call.ts';
import type { ResolvedOptions } from './options/register-options.ts';

/**
 * What every copy of this package in a process shares, whatever module format or nested install it came from: two copies
 * with a ledger each would let a budget be spent twice.
 */
export interface Shared {
  /** Who the running code works for. */
  readonly scopes: AsyncLocalStorage<Scope>;
  /** The call whose HTTP requests are being made by the running code. */
  readonly calls: AsyncLocalStorage<OpenCall>;
  /** What calls pass: made at the first look, undefined before `register()`. */
  readonly meter: Meter | undefined;
  makeMeter: (() => Meter) | undefined;
  /** Where attribution travels in baggage. */
  baggage: BaggageCarrier | undefined;
  handle: Tollgate | undefined;
  /** What the handle was made with. */
  options: ResolvedOptions | undefined;
  /** What was hooked; undefined until `register()`, and where it touches nothing. */
  hooks: HookReport | undefined;
}

const KEY = Symbol.for('tollgate.shared@0');

type Holder = { [KEY]?: Shared };

/** The one state of this process, made at the first look. */
export const shared: Shared = ((globalThis as Holder)[KEY] ??= {
  scopes: new AsyncLocalStorage(),
  calls: new AsyncLocalStorage(),
  get meter() {
    return this.makeMeter?.();
  },
  makeMeter: undefined,
  baggage: undefined,
  handle: undefined,
  options: undefined,
  hooks: undefined,
});
