import { totalInput, type Usage } from '../usage.ts';
import { ratesFor, type PricePlan } from './plan.ts';
import type { Rates } from './rates.ts';

/** A price in integer nano-USD. `nanoUsd` is undefined where a part has no price, or the amount no longer fits a `number`. */
export interface Priced {
  nanoUsd: number | undefined;
  /** Parts in nano-USD, non-zero only, each rounded by itself. */
  breakdown: Partial<Record<keyof Usage, number>>;
  /** `unknown_model` (of a sub-call), `unpriced_part` (a unit without a fee), `amount_too_large`. */
  flags: string[];
}

/** The plan of a model that the provider passes work on to, at the same moment and tier. */
export type PlanFor = (model: string) => PricePlan | undefined;

const noPlan: PlanFor = () => undefined;

type Part = keyof Rates | 'audioSeconds' | 'tools' | 'subCalls';

interface Sums {
  /** pico-USD by part. */
  parts: { [P in Part]?: number };
  flags: string[];
}

/** Below this sum of pico-USD ($4,503) every step of the arithmetic is exact in a double. */
const EXACT_PICO = 2 ** 52;

/**
 * What `usage` costs by `plan`: `⌊(Σ nᵢ·rateᵢ + 500) / 1000⌋` nano-USD, rounded once for the whole attempt, work passed
 * on to other models included, by their own plans from `planFor`. Pure; never throws. 3 tokens at 500 pico-USD are 1,500
 * pico-USD, hence 2 nano-USD.
 */
export function priceUsage(usage: Usage, plan: PricePlan, planFor: PlanFor = noPlan): Priced {
  const sums: Sums = { parts: {}, flags: [] };
  const pico = sumTokens(usage, plan, sums) + sumUnits(usage, plan.fees, sums) + sumSubCalls(usage, planFor, sums);
  return {
    nanoUsd: toNano(pico, sums, () => exactPico(usage, plan, planFor)),
    breakdown: split(sums),
    flags: sums.flags,
  };
}

function toNano(pico: number, { flags }: Sums, exactly: () => bigint): number | undefined {
  if (flags.includes('unknown_model')) return undefined;
  if (pico < EXACT_PICO) return Math.floor((pico + 500) / 1000);
  const nano = Number.isFinite(pico) ? Number((exactly() + 500n) / 1000n) : Infinity;
  if (Number.isSafeInteger(nano)) return nano;
  flags.push('amount_too_large');
  return undefined;
}

function split({ parts }: Sums): Priced['breakdown'] {
  const breakdown: Priced['breakdown'] = {};
  for (const part in parts) {
    const nano = Math.floor((parts[part as Part]! + 500) / 1000);
    if (nano !== 0) breakdown[part as Part] = nano;
  }
  return breakdown;
}

function sumTokens(usage: Usage, plan: PricePlan, { parts }: Sums): number {
  const rates = ratesFor(plan, totalInput(usage));
  let sum = 0;
  for (const kind of TOKEN_KINDS) {
    const count = usage[kind];
    if (count === 0) continue;
    const pico = count * rates[kind];
    parts[kind] = pico;
    sum += pico;
  }
  return sum;
}

const TOKEN_KINDS: readonly (keyof Rates)[] = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
  'audioIn',
  'audioCacheRead',
  'audioOut',
  'imageIn',
  'imageOut',
];

function sumUnits(usage: Usage, fees: PricePlan['fees'], { parts, flags }: Sums): number {
  let seconds = 0;
  if (usage.audioSeconds !== 0) {
    seconds = secondsPico(usage.audioSeconds, feeOf(fees, 'audio_second', flags));
    parts.audioSeconds = seconds;
  }
  let tools = fees['request'] ?? 0;
  for (const tool in usage.tools) tools += usage.tools[tool]! * feeOf(fees, tool, flags);
  if (tools !== 0) parts.tools = tools;
  return seconds + tools;
}

/** Seconds may be fractions: their product is brought to whole pico-USD before it is added. */
function secondsPico(seconds: number, fee: number): number {
  return Math.round(seconds * fee);
}

function feeOf(fees: PricePlan['fees'], unit: string, flags: string[]): number {
  if (Object.hasOwn(fees, unit)) return fees[unit]!;
  flagOnce(flags, 'unpriced_part');
  return 0;
}

function sumSubCalls(usage: Usage, planFor: PlanFor, { parts, flags }: Sums): number {
  let sum = 0;
  for (const call of usage.subCalls) {
    const plan = planFor(call.model);
    if (plan === undefined) {
      flagOnce(flags, 'unknown_model');
      continue;
    }
    const own: Sums = { parts: {}, flags };
    sum += sumTokens(call.usage, plan, own) + sumUnits(call.usage, plan.fees, own);
    sum += sumSubCalls(call.usage, planFor, own);
  }
  if (sum !== 0) parts.subCalls = sum;
  return sum;
}

function flagOnce(flags: string[], flag: string): void {
  if (!flags.includes(flag)) flags.push(flag);
}

function exactPico(usage: Usage, plan: PricePlan, planFor: PlanFor): bigint {
  const rates = ratesFor(plan, totalInput(usage));
  const { fees } = plan;
  let sum = BigInt(fees['request'] ?? 0) + BigInt(secondsPico(usage.audioSeconds, fees['audio_second'] ?? 0));
  for (const kind of TOKEN_KINDS) sum += BigInt(usage[kind]) * BigInt(rates[kind]);
  for (const tool in usage.tools) sum += BigInt(usage.tools[tool]!) * BigInt(fees[tool] ?? 0);
  for (const call of usage.subCalls) sum += exactPico(call.usage, planFor(call.model)!, planFor);
  return sum;
}
