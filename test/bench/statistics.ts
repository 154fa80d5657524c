/** The middle one; of an even number the upper of the two. NaN for none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The same things in a random order. */
export function shuffled<T>(things: readonly T[]): T[] {
  return things
    .map((thing) => ({ thing, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
}

/** CPU time of this process so far, in µs: what others do on the machine meanwhile counts less than on a clock. */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What each work took in each round, in µs of CPU; the works of a round run one after the other in a random order. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** Runs all works in every round, so that whatever slows the machine down slows all of them down. */
export function interleave<Name extends string>(rounds: number, works: Record<Name, () => unknown>): Samples<Name> {
  const names = Object.keys(works) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) works[name]();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const before = cpuMicros();
      works[name]();
      samples[name].push(cpuMicros() - before);
    }
  }
  return samples;
}

/** The median over all rounds of what is computed from the figures of one round. */
export function medianOfRounds(rounds: number, ofRound: (round: number) => number): number {
  return median(Array.from({ length: rounds }, (_, round) => ofRound(round)));
}

/** Median of the ratios of the rounds. */
export function ratio(samples: readonly number[], yardstick: readonly number[]): number {
  return medianOfRounds(samples.length, (round) => samples[round]! / yardstick[round]!);
}

/** The same work many times. */
export function times(count: number, work: () => unknown): () => void {
  return () => {
    for (let i = 0; i < count; i += 1) work();
  };
}
