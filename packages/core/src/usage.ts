/**
 * The usage of one attempt in one shape for every provider: disjoint classes, never inclusive ("total input" is the sum
 * of all input classes). Tokens unless the name says otherwise.
 */
export interface Usage {
  /** Input that was neither read from nor written to a cache. */
  input: number;
  cacheRead: number;
  /** Written to a short-lived cache (5 or 30 minutes). */
  cacheWrite5m: number;
  /** Written to a long-lived cache (1 or 12 hours). */
  cacheWrite1h: number;
  /** Output without reasoning. */
  output: number;
  reasoning: number;
  audioIn: number;
  audioCacheRead: number;
  audioOut: number;
  audioSeconds: number;
  imageIn: number;
  imageOut: number;
  /** Requests to tools that the provider bills by the piece, by tool. */
  tools: Record<string, number>;
  /** What the provider itself says that the attempt cost. */
  reportedNanoUsd?: number | undefined;
  /** Work that the provider did beside this answer, not contained in the classes above. A `model` of `''` is the call's own. */
  subCalls: { model: string; usage: Usage }[];
}

/** A usage with nothing in it. */
export function emptyUsage(): Usage {
  return {
    input: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 0,
    reasoning: 0,
    audioIn: 0,
    audioCacheRead: 0,
    audioOut: 0,
    audioSeconds: 0,
    imageIn: 0,
    imageOut: 0,
    tools: {},
    subCalls: [],
  };
}

/** All input tokens, caches and modalities included: what semantic conventions call `gen_ai.usage.input_tokens`. */
export function totalInput(usage: Usage): number {
  return (
    usage.input +
    usage.cacheRead +
    usage.cacheWrite5m +
    usage.cacheWrite1h +
    usage.audioIn +
    usage.audioCacheRead +
    usage.imageIn
  );
}

/** All output tokens, reasoning and modalities included: what semantic conventions call `gen_ai.usage.output_tokens`. */
export function totalOutput(usage: Usage): number {
  return usage.output + usage.reasoning + usage.audioOut + usage.imageOut;
}

/** Adds `more` to `sum` in place. Sub-calls are appended as they are. */
export function addUsage(sum: Usage, more: Usage): void {
  sum.input += more.input;
  sum.cacheRead += more.cacheRead;
  sum.cacheWrite5m += more.cacheWrite5m;
  sum.cacheWrite1h += more.cacheWrite1h;
  sum.output += more.output;
  sum.reasoning += more.reasoning;
  sum.audioIn += more.audioIn;
  sum.audioCacheRead += more.audioCacheRead;
  sum.audioOut += more.audioOut;
  sum.audioSeconds += more.audioSeconds;
  sum.imageIn += more.imageIn;
  sum.imageOut += more.imageOut;
  for (const [tool, count] of Object.entries(more.tools)) {
    sum.tools[tool] = (sum.tools[tool] ?? 0) + count;
  }
  if (more.reportedNanoUsd !== undefined) {
    sum.reportedNanoUsd = (sum.reportedNanoUsd ?? 0) + more.reportedNanoUsd;
  }
  sum.subCalls.push(...more.subCalls);
}
