import type { Attributes } from '@opentelemetry/api';
import type { Attribution, CallRecord, CostResult } from '@tollgate/core';
import { nanoToUsd } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { addDenial } from './denial-attributes.ts';
import type { CallDetails, CallStart } from './telemetry.ts';
import { unpricedFlags } from './unpriced-flags.ts';
import { addUsage } from './usage-attributes.ts';

const BY_DIMENSION = [
  ['agent', KEY.agent],
  ['task', KEY.task],
  ['taskType', KEY.taskType],
  ['step', KEY.step],
  ['user', KEY.user],
  ['session', KEY.session],
  ['team', KEY.team],
] as const;

const SPLIT: readonly (readonly [string, readonly (keyof CostResult['breakdown'])[]])[] = [
  [KEY.costInput, ['input', 'audioIn', 'imageIn', 'audioSeconds']],
  [KEY.costCacheRead, ['cacheRead', 'audioCacheRead']],
  [KEY.costCacheWrite, ['cacheWrite5m', 'cacheWrite1h']],
  [KEY.costOutput, ['output', 'audioOut', 'imageOut']],
  [KEY.costReasoning, ['reasoning']],
  [KEY.costFees, ['tools', 'subCalls']],
];

/** Who a call, or a scope, is for. */
export function attributionAttributes(at: Attribution): Attributes {
  return addAttribution({}, at);
}

/** The attributes with which a call's span is created, so that samplers and processors see them. */
export function startAttributes(call: CallStart): Attributes {
  const attributes: Attributes = {
    [KEY.operation]: call.operation,
    [KEY.provider]: call.provider,
    [KEY.requestModel]: call.requestModel,
    [KEY.callId]: call.id,
    ...call.params,
  };
  if (call.server !== undefined) {
    attributes[KEY.serverAddress] = call.server.address;
    if (call.server.port !== undefined) attributes[KEY.serverPort] = call.server.port;
  }
  return addAttribution(attributes, call.at);
}

/** What is ours alone: set on a foreign span too, whose emitter writes usage and response itself. */
export function spendAttributes(record: CallRecord, metered: boolean): Attributes {
  const attributes = resultOfCall(record, metered);
  attributes[KEY.callId] = record.id;
  return addAttribution(attributes, record.at);
}

/** Everything that is known of a call once it is over and that was not known when its span was created. */
export function resultAttributes(record: CallRecord, details: CallDetails, metered: boolean): Attributes {
  const attributes = resultOfCall(record, metered);
  if (record.outcome !== 'denied' && isUsageKnown(record.cost)) addUsage(attributes, record.usage);
  const { speed, geo } = record.cost.soldAs ?? {};
  if (speed !== undefined) attributes[KEY.speed] = speed;
  if (geo !== undefined) attributes[KEY.geo] = geo;
  if (record.responseModel !== undefined) attributes[KEY.responseModel] = record.responseModel;
  if (details.responseId !== undefined) attributes[KEY.responseId] = details.responseId;
  if (details.finishReasons.length > 0) attributes[KEY.finishReasons] = details.finishReasons;
  if (details.timeToFirstChunk !== undefined) attributes[KEY.timeToFirstChunk] = details.timeToFirstChunk;
  if (details.serviceTier !== undefined) attributes[KEY.serviceTier] = details.serviceTier;
  return addRestraint(attributes, details);
}

/** What a budget has done to the call, and how it failed. */
export function addRestraint(attributes: Attributes, details: CallDetails): Attributes {
  if (details.outputCap !== undefined) attributes[KEY.outputCap] = details.outputCap;
  if (details.denial !== undefined) addDenial(attributes, details.denial);
  else if (details.error !== undefined) attributes[KEY.errorType] = details.error.type;
  return attributes;
}

function addAttribution(attributes: Attributes, at: Attribution): Attributes {
  for (const [dimension, key] of BY_DIMENSION) {
    const value = at[dimension];
    if (value !== undefined) attributes[key] = value;
  }
  return attributes;
}

function resultOfCall(record: CallRecord, metered: boolean): Attributes {
  const attributes: Attributes = { [KEY.attempts]: record.attempts, [KEY.usageState]: record.cost.state };
  if (metered) attributes[KEY.metered] = true;
  // Nothing else on the span tells it from a call that was read to its end.
  if (record.outcome === 'aborted') attributes[KEY.callOutcome] = record.outcome;
  if (record.outcome === 'denied') return attributes;
  const [reason] = unpricedFlags(record.cost.flags);
  if (reason !== undefined) attributes[KEY.unpricedReason] = reason;
  addCost(attributes, record.cost);
  return attributes;
}

/** Usage may be known where its price is not. */
function isUsageKnown({ state, flags }: CostResult): boolean {
  return state !== 'unknown' || !flags.includes('no_usage');
}

function addCost(attributes: Attributes, cost: CostResult): void {
  if (cost.nanoUsd === undefined) return;
  attributes[KEY.costAmount] = nanoToUsd(cost.nanoUsd);
  attributes[KEY.costCurrency] = 'USD';
  attributes[KEY.costSource] = cost.origin === 'provider' ? 'provider' : 'local';
  // An override of the user's is a row of the table that was applied.
  if (cost.origin !== 'none') attributes[KEY.costOrigin] = cost.origin === 'user' ? 'table' : cost.origin;
  if (cost.price !== undefined) attributes[KEY.priceTableVersion] = cost.price.version;
  for (const [key, parts] of SPLIT) {
    let nano = 0;
    for (const part of parts) nano += cost.breakdown[part] ?? 0;
    if (nano !== 0) attributes[key] = nanoToUsd(nano);
  }
}
