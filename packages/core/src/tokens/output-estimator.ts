import { LruMap } from './lru-map.ts';
import { OutputHistogram } from './output-histogram.ts';

/** What a call without an output cap is expected to answer, in tokens, until its kind of call is known. */
export const FIRST_CALLS_OUTPUT = 8_192;

/** Until then the largest answer seen is too likely to be exceeded: by the next one with probability 1/(n + 1). */
const FIRST_CALLS = 20;
const MOST_KINDS = 1_000;

interface Kind {
  histogram: OutputHistogram;
  expected: number;
}

/**
 * The output that a call of a model by an agent hardly ever exceeds: the 99th percentile of its calls so far, recent ones
 * before old ones. Remembers 1,000 pairs of model and agent; one that was forgotten starts again.
 */
export class OutputEstimator {
  readonly #kinds: LruMap<string, Kind> = new LruMap(MOST_KINDS);

  /** Output tokens to reserve; 8,192 or the largest answer seen for the first 20 calls. */
  expected(model: string, agent: string): number {
    return this.#kinds.get(keyOf(model, agent))?.expected ?? FIRST_CALLS_OUTPUT;
  }

  /** Takes in the output of a finished call, hidden reasoning included. What is no amount is ignored. */
  learn(model: string, agent: string, output: number): void {
    if (!(output >= 0)) return;
    const key = keyOf(model, agent);
    const kind = this.#kinds.get(key) ?? { histogram: new OutputHistogram(), expected: FIRST_CALLS_OUTPUT };
    kind.histogram.add(output);
    const percentile = kind.histogram.percentile99();
    kind.expected = kind.histogram.observations < FIRST_CALLS ? Math.max(FIRST_CALLS_OUTPUT, percentile) : percentile;
    this.#kinds.set(key, kind);
  }
}

function keyOf(model: string, agent: string): string {
  return `${model}\n${agent}`;
}
