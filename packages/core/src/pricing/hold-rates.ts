import { ratesFor, type PricePlan } from './plan.ts';

/** What a request may do that makes its input or output dearer than plain text. */
export interface HoldOptions {
  /** It may write to a cache at a price above plain input: one that lives for minutes, or one that lives for hours. */
  cacheWrite?: 'short' | 'long' | undefined;
  audio?: boolean | undefined;
  images?: boolean | undefined;
}

/** The rates that a reservation uses: integer pico-USD per token, and the model's limit of output where known. */
export interface HoldRates {
  inputPico: number;
  outputPico: number;
  maxOutput: number | undefined;
}

/** The dearest that a token of this request can cost, at the tier of a prompt of this size. */
export function holdRates(plan: PricePlan, promptTokens: number, options: HoldOptions = {}): HoldRates {
  const rates = ratesFor(plan, promptTokens);
  let inputPico = rates.input;
  let outputPico = Math.max(rates.output, rates.reasoning);
  if (options.cacheWrite !== undefined) inputPico = Math.max(inputPico, rates.cacheWrite5m);
  if (options.cacheWrite === 'long') inputPico = Math.max(inputPico, rates.cacheWrite1h);
  if (options.audio) {
    inputPico = Math.max(inputPico, rates.audioIn);
    outputPico = Math.max(outputPico, rates.audioOut);
  }
  if (options.images) {
    inputPico = Math.max(inputPico, rates.imageIn);
    outputPico = Math.max(outputPico, rates.imageOut);
  }
  return { inputPico, outputPico, maxOutput: plan.maxOutput };
}
