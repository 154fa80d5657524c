import { costOf } from '../cost-of.ts';
import type { CostResult } from '../cost.ts';
import { addUsage, emptyUsage, totalInput, totalOutput, type Usage } from '../usage.ts';
import { saidInput, saidOutput, saysZero } from '../wire/usage/said-totals.ts';
import type { ReplyFacts } from '../wire/wire.ts';
import { assumedCost } from './assumed-cost.ts';
import { callQuery } from './call-query.ts';
import type { GateCall } from './gate-call.ts';
import type { GateParts } from './gate.ts';
import type { Hold } from './hold.ts';
import { measuresOf } from './measures-of.ts';
import { noCost, planCost, unpricedCost } from './plan-cost.ts';

/** How a call ended, as far as its price is concerned. */
export interface CallEnd {
  /** What the provider said, in full or as far as it got. */
  reply: ReplyFacts | undefined;
  /** The provider has accepted the request: it is billed, also where nothing of the answer was read. */
  billed: boolean;
  /** Attempts that broke after they were sent: nobody knows what became of them. */
  unknownAttempts: number;
  /** For how long the answer has been coming, in ms. */
  ranMs: number;
}

/** What a call came to. */
export interface Settlement {
  cost: CostResult;
  /** What budgets were charged where there is no price. */
  assumedNanoUsd: number | undefined;
}

interface Settling {
  parts: GateParts;
  call: GateCall;
  hold: Hold | undefined;
}

/** Models that think in silence put out about this many tokens in a second: what an abort during it is charged by. */
const SILENT_TOKENS_PER_SECOND = 80;

/** Prices a call that has ended, teaches the estimates, and settles its reservation. */
export function settle(parts: GateParts, call: GateCall, hold: Hold | undefined, end: CallEnd): Settlement {
  const settling = { parts, call, hold };
  const reply = end.billed ? replyCost(settling, end) : undefined;
  const lost = end.unknownAttempts > 0 ? lostCost(settling, end.unknownAttempts) : undefined;
  const cost = combined(reply, lost);
  const assumedNanoUsd =
    cost.nanoUsd === undefined && hold !== undefined
      ? assumedCost(parts, hold, callQuery(call), cost.usage)
      : undefined;
  if (reply === undefined && lost === undefined) hold?.reservation.release();
  else hold?.reservation.settle(measuresOf(cost, assumedNanoUsd));
  if (reply !== undefined && (reply.usageState ?? reply.state) === 'reported') learn(settling, end.reply, reply.usage);
  return { cost, assumedNanoUsd };
}

/** What the answered attempt cost: by the provider's usage, with what it lacks estimated. */
function replyCost(settling: Settling, end: CallEnd): CostResult {
  const { reply } = end;
  const cost = isTelling(reply) ? reportedCost(settling, reply) : estimatedCost(settling, emptyUsage());
  return reply !== undefined && isWhole(cost, reply, settling.call) ? cost : completed(settling, end, cost);
}

/** Whether the reply has said anything of what it took, be it only which of the provider's tools it has used. */
function isTelling(reply: ReplyFacts | undefined): reply is ReplyFacts {
  return reply !== undefined && (reply.usage !== undefined || reply.context['tool_calls'] !== undefined);
}

/** Whether the provider has said in proper counts what the whole answer took. */
function isWhole(cost: CostResult, { usage, usageFinal }: ReplyFacts, { facts }: GateCall): boolean {
  if (!usageFinal || isAbsurd(cost)) return false;
  const input = saidInput(usage, facts.operation);
  const output = saidOutput(usage, facts.operation);
  if (input === undefined || output === undefined) return false;
  if (input + output === 0) return saysZero(usage);
  // Whoever reads it by another shape has read something else.
  return (input === 0 || inputRead(cost.usage) > 0) && (output === 0 || totalOutput(cost.usage) > 0);
}

/** The cost, with what nobody has said of its usage estimated. */
function completed(settling: Settling, end: CallEnd, cost: CostResult): CostResult {
  const { operation } = settling.call.facts;
  const { usage: said, usageFinal = false } = end.reply ?? {};
  const usage = isAbsurd(cost) ? emptyUsage() : { ...cost.usage, tools: { ...cost.usage.tools } };
  if (totalInput(usage) === 0 || saidInput(said, operation) === undefined) addEstimatedInput(usage, settling);
  const isOutputSaid = usageFinal && !isAbsurd(cost) && saidOutput(said, operation) !== undefined;
  if (!isOutputSaid) addEstimatedOutput(usage, settling, end);
  // What a provider bills is known, whatever it says of the tokens.
  if (usageFinal && cost.origin === 'provider') return { ...cost, usage, usageState: 'estimated' };
  return estimatedCost(settling, usage, cost.flags);
}

/** Nobody can have meant counts that come to more than all money. */
function isAbsurd({ flags }: CostResult): boolean {
  return flags.includes('amount_too_large');
}

/** Input that was read from what the provider said; sound may be counted by the second. */
function inputRead(usage: Usage): number {
  return totalInput(usage) + usage.audioSeconds;
}

/** Fills the input up to what the request was estimated to have. */
function addEstimatedInput(usage: Usage, { hold }: Settling): void {
  usage.input += Math.max(0, Math.ceil(hold?.input.tokens ?? 0) - totalInput(usage));
}

function reportedCost({ parts, call }: Settling, reply: ReplyFacts): CostResult {
  const { model } = call.facts;
  const context = contextOf(call, reply);
  const query = { provider: call.priced ? call.provider : '', usage: reply.usage, at: call.startedAt, context };
  const table = parts.prices();
  const cost = costOf({ ...query, model: reply.model ?? model }, table);
  // A gateway or an Azure deployment may answer under a name of its own: what was asked for is then the better name.
  if (cost.nanoUsd !== undefined || reply.model === undefined || reply.model === model) return cost;
  return costOf({ ...query, model }, table);
}

/** What was asked for, with what the reply says of it on top. */
function contextOf({ facts, baseUrl }: GateCall, reply: ReplyFacts): ReplyFacts['context'] {
  const { serviceTier, speed, geo } = facts;
  const context: ReplyFacts['context'] = { service_tier: serviceTier, speed, inference_geo: geo, base_url: baseUrl };
  for (const fact in reply.context) {
    const said = reply.context[fact];
    if (said !== undefined) context[fact] = said;
  }
  return context;
}

/** Fills in what the reply did not say: what was asked for implies the length of speech, of images and of a transcript's sound. */
function addEstimatedOutput(usage: Usage, settling: Settling, end: CallEnd): void {
  const { operation, impliedOutput, audioSeconds, units, choices } = settling.call.facts;
  const { fees = {} } = settling.hold?.plan ?? {};
  for (const unit in units) if (Object.hasOwn(fees, unit)) usage.tools[unit] = units[unit]!;
  if (impliedOutput !== undefined) {
    const kind = operation === 'speech' ? 'audioOut' : 'imageOut';
    usage[kind] = Math.max(usage[kind], impliedOutput.expected * Math.max(1, choices));
    return;
  }
  usage.output = Math.max(usage.output, outputSoFar(settling, end));
  if (audioSeconds === undefined || fees['audio_second'] === undefined) return;
  const said = end.reply?.context['duration'];
  usage.audioSeconds = typeof said === 'number' ? said : audioSeconds.expected;
}

/** Output of a reply that was not read to its end: the text that came, or the time for which a model thought in silence. */
function outputSoFar({ parts, call, hold }: Settling, { reply, ranMs }: CallEnd): number {
  if (call.facts.operation === 'embeddings') return 0;
  const length = reply?.outputLength ?? 0;
  if (length > 0) return parts.inputs.tokensOfLength({ provider: call.provider, model: call.facts.model }, length);
  const most = Math.max(0, (hold?.need.expected.tokens ?? 0) - (hold?.input.tokens ?? 0));
  return Math.min(most, Math.ceil((ranMs / 1000) * SILENT_TOKENS_PER_SECOND));
}

function estimatedCost({ parts, call, hold }: Settling, usage: Usage, flags: string[] = []): CostResult {
  const plan = hold?.plan;
  if (plan === undefined) return unpricedCost(usage, 'estimated', flags.length > 0 ? flags : ['unknown_model']);
  const known = { usage, state: 'estimated', flags: [...flags, 'no_usage'] } as const;
  return planCost(parts.prices(), callQuery(call), plan, known);
}

/** Attempts that were sent and lost are charged with their input: a provider may have begun to answer. */
function lostCost(settling: Settling, attempts: number): CostResult {
  const usage = emptyUsage();
  usage.input = Math.ceil(settling.hold?.input.tokens ?? 0) * attempts;
  return estimatedCost(settling, usage);
}

function combined(reply: CostResult | undefined, lost: CostResult | undefined): CostResult {
  if (reply === undefined && lost === undefined) return noCost();
  if (reply === undefined || lost === undefined) return (reply ?? lost)!;
  const usage = emptyUsage();
  addUsage(usage, reply.usage);
  addUsage(usage, lost.usage);
  const known = reply.nanoUsd !== undefined && lost.nanoUsd !== undefined;
  return {
    ...reply,
    usage,
    usageState: 'estimated',
    nanoUsd: known ? reply.nanoUsd! + lost.nanoUsd! : undefined,
    state: known ? 'estimated' : 'unknown',
    breakdown: { ...reply.breakdown, input: (reply.breakdown.input ?? 0) + (lost.breakdown.input ?? 0) },
    flags: [...reply.flags, 'lost_attempt'],
  };
}

function learn({ parts, call, hold }: Settling, reply: ReplyFacts | undefined, usage: Usage): void {
  if (hold === undefined) return;
  const output = totalOutput(usage);
  parts.inputs.learn(hold.input, {
    input: totalInput(usage),
    output: output - usage.reasoning,
    outputLength: reply?.outputLength,
    responseId: reply?.id,
  });
  parts.outputs.learn(call.facts.model, call.at.agent ?? '', Math.ceil(output / Math.max(1, call.facts.choices)));
}
