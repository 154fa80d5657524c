import { randomUUID } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { CallRecord } from '@tollgate/core';
import {
  createLedger,
  Gate,
  OutputEstimator,
  SpanGate,
  TokenEstimator,
  type GateParts,
  type Ledger,
  type LedgerObserver,
} from '@tollgate/core/plugin';
import type { EventHub } from './book/events.ts';
import { createUsageBook, type UsageBook } from './book/usage-book.ts';
import { observeLedger, type StoreRef } from './ledger-glue.ts';
import type { Meter } from './call/meter.ts';
import { OpenCalls } from './call/open-calls.ts';
import { later } from './later.ts';
import { notice } from './notice.ts';
import type { ResolvedOptions } from './options/register-options.ts';
import type { Resolution } from './options/resolve-options.ts';
import { destinations, unnamedHosts } from './call/destinations.ts';
import { createPriceSource, type PriceSource } from './price-source.ts';
import type { Providers } from './providers/providers.ts';
import { createGateRing } from './ring2/gate-ring.ts';
import type { RingTwo } from './ring2/ring-two.ts';
import { createScopeTracker } from './attribution/scope-tracker.ts';
import { createTelemetry, type Telemetry, type TelemetryOptions } from './telemetry/create-telemetry.ts';
import { unpricedReason } from './call/unpriced.ts';
import { attributionKeeper } from './attribution/users.ts';
import { VERSION } from './version.ts';

const capture = later('./content/content-capture');

/** All that calls need: one set per process, made when the first of them, or a question about them, comes. */
export interface Runtime {
  readonly ledger: Ledger;
  /** The gate for spans that others start. */
  readonly ring: RingTwo;
  readonly book: UsageBook;
  readonly prices: PriceSource;
  readonly meter: Meter;
  readonly report: (where: string, fault: unknown) => void;
  /** Makes spans of denials that were held back. */
  readonly tellHeld: () => void;
}

/** What there is from the start on. */
export interface Foundation {
  readonly resolution: Resolution;
  readonly providers: Providers;
  readonly events: EventHub;
  /** Whether the calls of an SDK are seen, by its module. */
  readonly isHooked: (module: string) => boolean;
}

/** Builds the parts and joins them. Starts nothing. */
export function createRuntime({ resolution, providers, events, isHooked }: Foundation): Runtime {
  const { options } = resolution;
  const report = (where: string, fault: unknown): void => telemetry.faults.report(where, fault);
  const store: StoreRef = { id: randomUUID(), reach: 'process' };
  const prices = createPriceSource(options.prices, notice);
  const ledger = ledgerOf(
    options,
    store,
    observeLedger(() => telemetry, events, store, notice),
  );
  const telemetry: Telemetry = telemetryOf(resolution, { ledger, providers, prices, store });
  const parts = gatePartsOf(options, ledger, prices);
  const book = createUsageBook();
  const keep = attributionKeeper(options.users);
  const meter: Meter = {
    mode: modeOf(options),
    gate: new Gate(parts),
    telemetry,
    open: new OpenCalls(Date.now, report),
    scopes: createScopeTracker(telemetry, keep),
    content: goesOntoSpans(options) ? capture().captureContent : undefined,
    providerAt: destinations(options.hosts),
    noteUnnamed: unnamedHosts(notice),
    keep,
    now: Date.now,
    report,
    warmUp() {
      telemetry.isMetering();
      parts.prices().read();
    },
    record: (record) => recordCall(book, events, record),
  };
  const ring = createGateRing({ gate: new SpanGate(parts), meter, telemetry, isHooked });
  return { ledger, ring, book, prices, meter, report, tellHeld: () => telemetry.tellHeld() };
}

/** Whether messages are captured: without spans there is nothing to put them on. */
function goesOntoSpans({ captureContent, otel }: ResolvedOptions): boolean {
  return captureContent && otel !== 'off';
}

function modeOf({ mode }: ResolvedOptions): Meter['mode'] {
  return mode === 'observe' ? 'observe' : 'enforce';
}

function ledgerOf(options: ResolvedOptions, store: StoreRef, observer: LedgerObserver): Ledger {
  return createLedger({
    budgets: options.budgets,
    store,
    serviceName: options.serviceName,
    maxWaitMs: options.maxWaitMs,
    mode: modeOf(options),
    denyUnpriced: options.unknownPrice === 'deny',
    setTimer,
    observer,
  });
}

function gatePartsOf(options: ResolvedOptions, ledger: Ledger, prices: PriceSource): GateParts {
  return {
    ledger,
    prices: () => prices.table(),
    inputs: new TokenEstimator({ pause }),
    outputs: new OutputEstimator(),
    unknownPrice: options.unknownPrice,
    now: Date.now,
  };
}

interface TelemetrySources {
  ledger: Ledger;
  providers: Providers;
  prices: PriceSource;
  store: StoreRef;
}

function telemetryOf(
  { options, skipped }: Resolution,
  { ledger, providers, prices, store }: TelemetrySources,
): Telemetry {
  return createTelemetry({
    signals: providers,
    serviceName: options.serviceName,
    metrics: options.metrics,
    semconv: options.semconv,
    labels: options.labels,
    standings: (now) => ledger.standings(now),
    budgetFacts: budgetFactsOf(ledger),
    oldestReservation(now) {
      const age = ledger.oldestReservation(now);
      return age === undefined ? undefined : now - age;
    },
    store: () => ({ id: store.id, up: true }),
    priceTable: priceTableFacts(prices),
    version: VERSION,
    configErrors: skipped.length,
    now: Date.now,
    log: notice,
  });
}

function recordCall(book: UsageBook, events: EventHub, record: CallRecord): void {
  book.record(record);
  events.emit('call', record);
  const reason = unpricedReason(record);
  if (reason === undefined) return;
  events.emit('unpriced', { provider: record.provider, model: record.requestModel, reason });
}

function setTimer(ms: number, fire: () => void): () => void {
  const timer = setTimeout(fire, ms);
  return () => clearTimeout(timer);
}

function budgetFactsOf(ledger: Ledger): TelemetryOptions['budgetFacts'] {
  return (name) => {
    const budget = ledger.budgets().find((candidate) => candidate.name === name);
    return budget && { window: budget.window.kind, mode: budget.mode, match: budget.match };
  };
}

/** The table's age is told with the metrics; a process that collects none never reads the table for it. */
function priceTableFacts(prices: PriceSource): { version: string; madeAt: number } {
  return {
    get version() {
      return prices.table().version;
    },
    get madeAt() {
      return prices.table().timestamp * 1000;
    },
  };
}
