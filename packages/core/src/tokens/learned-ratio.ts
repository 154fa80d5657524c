/** What lies outside is a mistake of somebody's, or content that says nothing about the next call. */
const LEAST = 0.2;
const MOST = 8;
/** An observation never weighs less than this: about the last twenty decide. */
const LEAST_WEIGHT = 0.05;

/**
 * The ratio of reported tokens to estimated ones: an exponentially weighted mean and variance that start from a prior,
 * which counts as the first observation.
 */
export class LearnedRatio {
  #mean = 1;
  #variance: number;
  #observations = 0;

  /** `deviation`: the standard deviation to assume before anything has been seen. */
  constructor(deviation: number) {
    this.#variance = deviation * deviation;
  }

  /** How often it has learned; the prior is not counted. */
  get observations(): number {
    return this.#observations;
  }

  get mean(): number {
    return this.#mean;
  }

  get deviation(): number {
    return Math.sqrt(this.#variance);
  }

  /** Takes an observed ratio in; one outside 0.2 … 8 (or not a number) is ignored. */
  learn(observed: number): void {
    if (!(observed >= LEAST && observed <= MOST)) return;
    const weight = Math.max(LEAST_WEIGHT, 1 / (this.#observations + 2));
    const difference = observed - this.#mean;
    this.#mean += weight * difference;
    this.#variance = (1 - weight) * (this.#variance + weight * difference * difference);
    this.#observations++;
  }
}
