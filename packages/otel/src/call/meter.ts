import type { Attribution, CallRecord } from '@tollgate/core';
import type { Gate } from '@tollgate/core/plugin';
import type { CallContent } from '../content/call-content.ts';
import type { Address } from '../instrument/net/address.ts';
import type { OpenCalls } from './open-calls.ts';
import type { ScopeTracker } from '../attribution/scope-tracker.ts';
import type { CallTelemetry } from '../telemetry/telemetry.ts';

/** Who answers at an address. */
export interface Destination {
  provider: string;
  /** A stream may be asked for its usage there. */
  includeUsage: boolean;
  /** What the address says about the price; undefined for a server that the user has named. */
  baseUrl: string | undefined;
}

/** What calls pass on their way. One per process, made by `register()`. */
export interface Meter {
  /** In `observe` a request is never refused, delayed or changed. */
  readonly mode: 'enforce' | 'observe';
  readonly gate: Gate;
  readonly telemetry: CallTelemetry;
  /** The calls that have not ended. */
  readonly open: OpenCalls;
  readonly scopes: ScopeTracker;
  /** Captures what is said in a call; undefined unless messages go onto spans. */
  readonly content: ((wireId: string, body: unknown) => CallContent | undefined) | undefined;
  readonly providerAt: (address: Address | undefined) => Destination | undefined;
  /** Told of every call that is sent to an address that nobody has named: it has no price. */
  readonly noteUnnamed: (host: string) => void;
  /** An attribution as it may be kept: with the user's id, or its hash. */
  readonly keep: (at: Attribution) => Attribution;
  /** Told of every call that is over, refused ones included. Never throws. */
  readonly record: (record: CallRecord) => void;
  /** A fault of ours, which the app must not notice. */
  readonly report: (where: string, fault: unknown) => void;
  /** Reads the prices, and begins to export how the budgets stand, before the first call does. Never throws. */
  readonly warmUp: () => void;
  /** Epoch ms. */
  readonly now: () => number;
}
