/** What a provider counts for one request: disjoint classes, tokens unless the name says otherwise. */
export interface BilledUsage {
  /** Input that was neither read from nor written to a cache. */
  input: number;
  cacheRead: number;
  /** Written to a short-lived cache (Anthropic 5 minutes, OpenAI 30 minutes). */
  cacheWrite5m: number;
  /** Written to a long-lived cache (Anthropic 1 hour, OpenAI 12 hours). */
  cacheWrite1h: number;
  audioIn: number;
  imageIn: number;
  audioSeconds: number;
  reasoning: number;
  /** Output without reasoning. */
  output: number;
  audioOut: number;
  imageOut: number;
  webSearches: number;
}

/** The classes that are left out are 0. */
export function usageOf(parts: Partial<BilledUsage>): BilledUsage {
  return {
    input: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    audioIn: 0,
    imageIn: 0,
    audioSeconds: 0,
    reasoning: 0,
    output: 0,
    audioOut: 0,
    imageOut: 0,
    webSearches: 0,
    ...parts,
  };
}

/** The whole prompt, caches included: what long-context prices are chosen by. */
export function promptTokensOf(usage: BilledUsage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h + usage.audioIn + usage.imageIn;
}

/** All that the model generated. */
export function generatedTokensOf(usage: BilledUsage): number {
  return usage.reasoning + usage.output + usage.audioOut + usage.imageOut;
}

/** What is owed once `generated` tokens exist: all of the input, then reasoning before text before media; tools are owed at the end. */
export function usageSoFar(whole: BilledUsage, generated: number): BilledUsage {
  if (generated >= generatedTokensOf(whole)) return whole;
  let left = Math.max(0, generated);
  const take = (most: number): number => {
    const taken = Math.min(most, left);
    left -= taken;
    return taken;
  };
  return {
    ...whole,
    reasoning: take(whole.reasoning),
    output: take(whole.output),
    audioOut: take(whole.audioOut),
    imageOut: take(whole.imageOut),
    webSearches: 0,
  };
}
