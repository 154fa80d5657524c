import { randomUUID } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { BudgetExceededError, BudgetStoreUnavailableError, emptyUsage, type CallRecord } from '@tollgate/core';
import type { Operation, Refused, SpanGate, SpanHold } from '@tollgate/core/plugin';
import { currentAttribution } from '../attribution.ts';
import type { Meter } from '../call/meter.ts';
import { shared } from '../shared.ts';
import { spendAttributes } from '../telemetry/call-attributes.ts';
import type { Telemetry } from '../telemetry/create-telemetry.ts';
import type { CallDetails } from '../telemetry/telemetry.ts';
import type { RingTwo, SettledSpan, SpanCall, SpanOutcome } from './ring-two.ts';
import { spanUsage } from './span-usage.ts';

/** Emitters of spans that are part of an SDK, by the module whose calls ring 1 sees. */
const SDK_SCOPES: readonly (readonly [scope: string, module: string])[] = [
  ['com.anthropic.sdk.typescript', '@anthropic-ai/sdk'],
];

/** What ring 2 works with. */
export interface GateRingParts {
  gate: SpanGate;
  meter: Meter;
  telemetry: Telemetry;
  /** Modules that ring 1 has hooked: it answers for the spans of their own, which begin before its gate is asked. */
  isHooked: (module: string) => boolean;
}

/** The second ring on the same ledger: judges inference spans of other emitters by the very totals that the metrics show. */
export function createGateRing({ gate, meter, telemetry, isHooked }: GateRingParts): RingTwo {
  const isOfHookedSdk = (scope: string): boolean =>
    SDK_SCOPES.some(([prefix, module]) => scope.startsWith(prefix) && isHooked(module));
  return {
    ownedByRingOne: (scope) => isOfHookedSdk(scope) || shared.calls.getStore() !== undefined,
    spanIn: (context) => trace.getSpan(context),
    usageOf: spanUsage,
    admit(span) {
      const call = callOf(meter, span);
      const admission = gate.admit(call);
      if (!admission.ok) throw refuse(meter, telemetry, call, admission);
      const { hold } = admission;
      let isOpen = true;
      return {
        settle(outcome) {
          if (!isOpen) return undefined;
          isOpen = false;
          return settle({ gate, meter, telemetry }, call, hold, outcome);
        },
        release() {
          isOpen = false;
          hold.reservation.release();
        },
      };
    },
    isMetering: () => telemetry.isMetering(),
    report: (where, fault) => telemetry.faults.report(where, fault),
  };
}

interface OpenedSpanCall {
  id: string;
  at: CallRecord['at'];
  provider: string;
  model: string;
  operation: Operation;
  outputCap: number | undefined;
  address: string | undefined;
  serviceTier: string | undefined;
  startedAt: number;
}

function callOf(meter: Meter, span: SpanCall): OpenedSpanCall {
  return {
    id: randomUUID(),
    // What the running code says of itself is closer to the call than what its emitter guesses.
    at: meter.keep(Object.freeze({ ...span.at, ...currentAttribution() })),
    provider: span.provider,
    model: span.model,
    operation: span.operation as Operation,
    outputCap: span.outputCap,
    address: span.address,
    serviceTier: span.serviceTier,
    startedAt: meter.now(),
  };
}

type Parts = Pick<GateRingParts, 'gate' | 'meter' | 'telemetry'>;

function settle(
  { gate, meter, telemetry }: Parts,
  call: OpenedSpanCall,
  hold: SpanHold,
  outcome: SpanOutcome,
): SettledSpan {
  // A span that failed and says nothing of usage stands for a request that was not billed.
  const isBilled = outcome.usage !== undefined || outcome.error === undefined || outcome.isLost;
  const { usage, flags, served } = outcome;
  const end = usage === undefined ? undefined : { ...served, usage, flags };
  const { cost, assumedNanoUsd } = gate.settle(hold, end, isBilled);
  const record: CallRecord = {
    ...recordOf(call, meter.now()),
    responseModel: outcome.responseModel,
    outcome: outcome.error === undefined ? 'ok' : 'error',
    attempts: 1,
    usage: cost.usage,
    cost,
    assumedNanoUsd,
  };
  meter.record(record);
  const details = {
    ...NO_DETAILS,
    error: outcome.error === undefined ? undefined : { type: outcome.error, message: undefined },
  };
  const isMetered = telemetry.count({ record, details, server: undefined });
  return { attributes: spendAttributes(record, isMetered) };
}

function refuse(meter: Meter, telemetry: Telemetry, call: OpenedSpanCall, refused: Refused): Error {
  const { reason, standing } = refused;
  const error =
    reason === 'store-away'
      ? new BudgetStoreUnavailableError(standing.budget, standing.store)
      : new BudgetExceededError(refused);
  const record: CallRecord = { ...recordOf(call, meter.now()), outcome: 'denied', refusal: reason };
  const { id, operation, provider, model, at, startedAt } = call;
  meter.record(record);
  // The span that is refused never comes to be, so the denial leaves as a span of ours.
  telemetry
    .open({
      id,
      operation,
      provider,
      requestModel: model,
      at,
      params: {},
      server: undefined,
      startedAt,
      foreign: undefined,
    })
    .end(record, { ...NO_DETAILS, denial: { reason, standing, message: error.message } });
  return error;
}

function recordOf({ id, at, provider, model, operation, startedAt }: OpenedSpanCall, endedAt: number): CallRecord {
  const usage = emptyUsage();
  const cost = { nanoUsd: 0, state: 'reported', origin: 'none', usage, breakdown: {}, flags: [] } as const;
  return {
    id,
    startedAt,
    endedAt,
    at,
    provider,
    requestModel: model,
    operation,
    outcome: 'ok',
    attempts: 0,
    usage,
    cost: { ...cost, flags: [] },
  };
}

const NO_DETAILS: CallDetails = {
  responseId: undefined,
  finishReasons: [],
  timeToFirstChunk: undefined,
  serviceTier: undefined,
  outputCap: undefined,
  error: undefined,
  denial: undefined,
};
