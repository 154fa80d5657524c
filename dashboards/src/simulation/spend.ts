/** Minutes of a day. */
export const DAY: number = 24 * 60;

/** What a day's spend looks like: the share of the day's limit that each minute is expected to spend. */
export type Profile = (minute: number) => number;

/** The same all day long. */
export function flat(ofLimit: number): Profile {
  return () => ofLimit / DAY;
}

/** People at work: a hill from seven to nineteen o'clock, with a tenth of it at night. */
export function diurnal(ofLimit: number): Profile {
  const weight = (minute: number): number =>
    0.1 + Math.max(0, Math.sin(((minute / 60 - 7) / 12) * Math.PI)) * Number(minute >= 7 * 60 && minute < 19 * 60);
  const whole = Array.from({ length: DAY }, (_, minute) => weight(minute)).reduce((sum, each) => sum + each, 0);
  return (minute) => (ofLimit * weight(minute)) / whole;
}

/** A job that starts at `from` and spends its share within `minutes`. */
export function batch(ofLimit: number, { from, minutes }: { from: number; minutes: number }): Profile {
  return (minute) => (minute >= from && minute < from + minutes ? ofLimit / minutes : 0);
}

/** A loop that spends `times` as fast as the limit allows, from `from` to the end of the day. */
export function runaway(times: number, from: number): Profile {
  return (minute) => (minute < from ? 0 : times / DAY);
}

/** Several at once. */
export function together(...profiles: readonly Profile[]): Profile {
  return (minute) => profiles.reduce((sum, profile) => sum + profile(minute), 0);
}

/**
 * One day of a profile: what is spent by the end of each minute, as a share of the limit. Calls come at random and cost
 * `callShare` of the limit on average, exponentially spread: a few are dear.
 */
export function day(profile: Profile, { callShare, random }: { callShare: number; random: () => number }): number[] {
  let spent = 0;
  return Array.from({ length: DAY }, (_, minute) => {
    const calls = poisson(profile(minute) / callShare, random);
    for (let call = 0; call < calls; call += 1) spent -= callShare * Math.log(1 - random());
    return spent;
  });
}

function poisson(expected: number, random: () => number): number {
  // Beyond some hundred the exponential below underflows; in pieces it does not.
  if (expected > 100) return poisson(100, random) + poisson(expected - 100, random);
  let calls = -1;
  for (let left = 1; left > Math.exp(-expected); left *= random()) calls += 1;
  return calls;
}

/** Random numbers from 0 to 1 that are the same for a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
