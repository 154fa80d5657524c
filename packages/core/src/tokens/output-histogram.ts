/**
 * Buckets grow by 2^(1/8), so a bucket's upper edge is at most 9.1 % above what lies in it (the log-bucket sketch of
 * Masson, Rim and Lee, "DDSketch", VLDB 2019, read at the upper edge).
 */
const PER_DOUBLING = 8;
const LARGEST = 2 ** 21;
const BUCKETS = PER_DOUBLING * Math.log2(LARGEST) + 1;

/** From here on an observation counts 0.1 % more than the one before it: the last 1,000 or so decide. */
const EQUAL_OBSERVATIONS = 1_000;
const GROWTH = 1 + 1 / EQUAL_OBSERVATIONS;
const HEAVIEST = 1e100;

/** How many observations of which size, in constant memory and constant time per observation. */
export class OutputHistogram {
  readonly #weights: Float64Array = new Float64Array(BUCKETS);
  #total = 0;
  #weight = 1;
  #observations = 0;
  #highest = 0;

  get observations(): number {
    return this.#observations;
  }

  /** Takes a size in; below 1 counts as 1, above 2^21 as 2^21. */
  add(size: number): void {
    const bucket = bucketOf(size);
    if (this.#observations >= EQUAL_OBSERVATIONS) this.#weight *= GROWTH;
    if (this.#weight > HEAVIEST) this.#lighten();
    this.#weights[bucket]! += this.#weight;
    this.#total += this.#weight;
    this.#observations++;
    if (bucket > this.#highest) this.#highest = bucket;
  }

  /**
   * The 99th percentile, as the upper edge of its bucket: never below the value of that rank, at most 9.1 % above it
   * plus one. With fewer than 100 observations that is the largest one. 1 where there are none.
   */
  percentile99(): number {
    let above = 0;
    for (let bucket = this.#highest; bucket > 0; bucket--) {
      above += this.#weights[bucket]!;
      if (above * 100 > this.#total) return upperEdge(bucket);
    }
    return 1;
  }

  #lighten(): void {
    for (let i = 0; i < BUCKETS; i++) this.#weights[i]! /= this.#weight;
    this.#total /= this.#weight;
    this.#weight = 1;
  }
}

/** Bucket b holds what lies above 2^((b − 1) / 8) and up to 2^(b / 8). */
function bucketOf(size: number): number {
  if (!(size > 1)) return 0;
  return Math.ceil(Math.log2(Math.min(size, LARGEST)) * PER_DOUBLING);
}

function upperEdge(bucket: number): number {
  return Math.ceil(2 ** (bucket / PER_DOUBLING));
}
