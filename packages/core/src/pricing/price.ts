import { totalInput, type Usage } from '../usage.ts';
import { ratesFor, type PricePlan } from './plan.ts';
import { TOKEN_KINDS, type Rates } from './rates.ts';

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

/** Below this sum of pico-USD ($4,503) every step of the arithmetic is exact in a double. */
const EXACT_PICO = 2 ** 52;

/**
 * What `usage` costs by `plan`: `⌊(Σ nᵢ·rateᵢ + 500) / 1000⌋` nano-USD, rounded once for the whole attempt, work passed
 * on to other models included, by their own plans from `planFor`. Pure; never throws. 3 tokens at 500 pico-USD are 1,500
 * pico-USD, hence 2 nano-USD.
 */
export function priceUsage(usage: Usage, plan: PricePlan, planFor: PlanFor = noPlan): Priced {
  const priced: Priced = { nanoUsd: undefined, breakdown: {}, flags: [] };
  const rates = ratesFor(plan, totalInput(usage));
  splitTokens(usage, rates, priced.breakdown);
  const pico = tokensPico(usage, rates) + unitsPico(usage, plan.fees, priced) + subCallsPico(usage, planFor, priced);
  if (priced.flags.includes('unknown_model')) return priced;
  priced.nanoUsd = pico < EXACT_PICO ? toNano(pico) : exactNano(pico, () => exactPico(usage, plan, planFor));
  if (priced.nanoUsd === undefined) priced.flags.push('amount_too_large');
  return priced;
}

function toNano(pico: number): number {
  return Math.floor((pico + 500) / 1000);
}

function exactNano(pico: number, exactly: () => bigint): number | undefined {
  if (!Number.isFinite(pico)) return undefined;
  const nano = Number((exactly() + 500n) / 1000n);
  return Number.isSafeInteger(nano) ? nano : undefined;
}

function tokensPico(usage: Usage, rates: Rates): number {
  return (
    usage.input * rates.input +
    usage.cacheRead * rates.cacheRead +
    usage.cacheWrite5m * rates.cacheWrite5m +
    usage.cacheWrite1h * rates.cacheWrite1h +
    usage.output * rates.output +
    usage.reasoning * rates.reasoning +
    usage.audioIn * rates.audioIn +
    usage.audioCacheRead * rates.audioCacheRead +
    usage.audioOut * rates.audioOut +
    usage.imageIn * rates.imageIn +
    usage.imageOut * rates.imageOut
  );
}

function splitTokens(usage: Usage, rates: Rates, breakdown: Priced['breakdown']): void {
  for (let index = 0; index < TOKEN_KINDS.length; index++) {
    const kind = TOKEN_KINDS[index]!;
    const pico = usage[kind] * rates[kind];
    if (pico >= 500) breakdown[kind] = toNano(pico);
  }
}

function unitsPico(usage: Usage, fees: PricePlan['fees'], priced: Priced): number {
  let seconds = 0;
  if (usage.audioSeconds !== 0) {
    seconds = secondsPico(usage.audioSeconds, feeOf(fees, 'audio_second', priced));
    if (seconds !== 0) priced.breakdown.audioSeconds = toNano(seconds);
  }
  let tools = fees['request'] ?? 0;
  for (const tool in usage.tools) tools += usage.tools[tool]! * feeOf(fees, tool, priced);
  if (tools !== 0) priced.breakdown.tools = toNano(tools);
  return seconds + tools;
}

/** Seconds may be fractions: their product is brought to whole pico-USD before it is added. */
function secondsPico(seconds: number, fee: number): number {
  return Math.round(seconds * fee);
}

function feeOf(fees: PricePlan['fees'], unit: string, { flags }: Priced): number {
  if (Object.hasOwn(fees, unit)) return fees[unit]!;
  if (!flags.includes('unpriced_part')) flags.push('unpriced_part');
  return 0;
}

function subCallsPico(usage: Usage, planFor: PlanFor, priced: Priced): number {
  let sum = 0;
  for (const call of usage.subCalls) {
    const plan = planFor(call.model);
    if (plan === undefined) {
      if (!priced.flags.includes('unknown_model')) priced.flags.push('unknown_model');
      continue;
    }
    const own: Priced = { nanoUsd: undefined, breakdown: {}, flags: priced.flags };
    sum += tokensPico(call.usage, ratesFor(plan, totalInput(call.usage)));
    sum += unitsPico(call.usage, plan.fees, own) + subCallsPico(call.usage, planFor, own);
  }
  if (sum !== 0) priced.breakdown.subCalls = toNano(sum);
  return sum;
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
