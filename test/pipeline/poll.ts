import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 100;
const LONGEST_MS = 20_000;

/** Asks until the answer is not undefined. What is asked may throw; after 20 s this rejects with the last that it threw, or with `what`. */
export async function poll<Answer>(what: string, look: () => Promise<Answer | undefined>): Promise<Answer> {
  const deadline = performance.now() + LONGEST_MS;
  for (;;) {
    let failure: unknown;
    const answer = await look().catch((error: unknown) => {
      failure = error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${LONGEST_MS} ms in vain: ${what}`, { cause: failure });
    await wait(EVERY_MS);
  }
}
