import type { Attributes } from '@opentelemetry/api';
import type { Attribution, CallRecord, CostResult } from '@tollgate/core';
import { nanoToUsd } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { denialAttributes } from './denial-attributes.ts';
import type { CallDetails, CallStart } from './telemetry.ts';
import { usageAttributes } from './usage-attributes.ts';

const BY_DIMENSION = [
  ['agent', KEY.agent],
  ['task', KEY.task],
  ['taskType', KEY.taskType],
  ['step', KEY.step],
  ['user', KEY.user],
  ['session', KEY.session],
  ['team', KEY.team],
] as const;

/** Who a call, or a scope, is for. */
export function attributionAttributes(at: Attribution): Attributes {
  const attributes: Attributes = {};
  for (const [dimension, key] of BY_DIMENSION) {
    const value = at[dimension];
    if (value !== undefined) attributes[key] = value;
  }
  return attributes;
}

/** The attributes with which a call's span is created, so that samplers and processors see them. */
export function startAttributes(call: CallStart): Attributes {
  const attributes: Attributes = {
    [KEY.operation]: call.operation,
    [KEY.provider]: call.provider,
    [KEY.requestModel]: call.requestModel,
    ...call.params,
    ...attributionAttributes(call.at),
    [KEY.callId]: call.id,
  };
  if (call.server !== undefined) {
    attributes[KEY.serverAddress] = call.server.address;
    if (call.server.port !== undefined) attributes[KEY.serverPort] = call.server.port;
  }
  return attributes;
}

/** What is ours alone: set on a foreign span too, whose emitter writes usage and response itself. */
export function spendAttributes(record: CallRecord, metered: boolean): Attributes {
  const attributes: Attributes = {
    [KEY.callId]: record.id,
    [KEY.attempts]: record.attempts,
    [KEY.usageState]: record.cost.state,
    ...attributionAttributes(record.at),
  };
  if (metered) attributes[KEY.metered] = true;
  if (record.outcome !== 'denied') Object.assign(attributes, costAttributes(record.cost));
  return attributes;
}

/** Everything that is known of a call once it is over and that was not known when its span was created. */
export function resultAttributes(record: CallRecord, details: CallDetails, metered: boolean): Attributes {
  const attributes = spendAttributes(record, metered);
  if (record.outcome !== 'denied' && record.cost.state !== 'unknown') {
    Object.assign(attributes, usageAttributes(record.usage));
  }
  if (record.responseModel !== undefined) attributes[KEY.responseModel] = record.responseModel;
  if (details.responseId !== undefined) attributes[KEY.responseId] = details.responseId;
  if (details.finishReasons.length > 0) attributes[KEY.finishReasons] = details.finishReasons;
  if (details.timeToFirstChunk !== undefined) attributes[KEY.timeToFirstChunk] = details.timeToFirstChunk;
  if (details.serviceTier !== undefined) attributes[KEY.serviceTier] = details.serviceTier;
  return Object.assign(attributes, restraintAttributes(details));
}

/** What a budget has done to the call, and how it failed. */
export function restraintAttributes(details: CallDetails): Attributes {
  const attributes: Attributes = {};
  if (details.outputCap !== undefined) attributes[KEY.outputCap] = details.outputCap;
  if (details.denial !== undefined) Object.assign(attributes, denialAttributes(details.denial));
  else if (details.error !== undefined) attributes[KEY.errorType] = details.error.type;
  return attributes;
}

function costAttributes(cost: CostResult): Attributes {
  if (cost.nanoUsd === undefined) return {};
  const attributes: Attributes = {
    [KEY.costAmount]: nanoToUsd(cost.nanoUsd),
    [KEY.costCurrency]: 'USD',
    [KEY.costSource]: cost.origin === 'provider' ? 'provider' : 'local',
    ...splitAttributes(cost.breakdown),
  };
  // An override of the user's is a row of the table that was applied.
  if (cost.origin !== 'none') attributes[KEY.costOrigin] = cost.origin === 'user' ? 'table' : cost.origin;
  if (cost.price !== undefined) attributes[KEY.priceTableVersion] = cost.price.version;
  return attributes;
}

function splitAttributes(parts: CostResult['breakdown']): Attributes {
  const split: [string, number][] = [
    [KEY.costInput, sum(parts.input, parts.audioIn, parts.imageIn, parts.audioSeconds)],
    [KEY.costCacheRead, sum(parts.cacheRead, parts.audioCacheRead)],
    [KEY.costCacheWrite, sum(parts.cacheWrite5m, parts.cacheWrite1h)],
    [KEY.costOutput, sum(parts.output, parts.audioOut, parts.imageOut)],
    [KEY.costReasoning, sum(parts.reasoning)],
    [KEY.costFees, sum(parts.tools, parts.subCalls)],
  ];
  return Object.fromEntries(split.filter(([, nano]) => nano !== 0).map(([key, nano]) => [key, nanoToUsd(nano)]));
}

function sum(...nano: (number | undefined)[]): number {
  return nano.reduce<number>((total, part) => total + (part ?? 0), 0);
}
