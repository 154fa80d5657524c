import { setTimeout as sleep } from 'node:timers/promises';
import { generatedTokensOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { BackgroundResponses } from '../routes/background-responses.ts';
import type { JsonObject } from '../sim-request.ts';
import type { Exchange } from './exchange.ts';

/** A background response that has only begun. */
export interface BackgroundWork {
  id: string;
  /** What a retrieve shows at the end, or after a cancel. */
  whole: JsonObject;
  partly: JsonObject;
  usage: BilledUsage | undefined;
  paceMs: number;
  signal: AbortSignal;
}

/** Generates a response that nobody is connected to, one token per pace; a cancel, or the end of the server, stops it there. */
export async function continueInBackground(
  work: BackgroundWork,
  exchange: Exchange,
  background: BackgroundResponses,
): Promise<void> {
  const tokens = work.usage === undefined || work.paceMs === 0 ? 0 : generatedTokensOf(work.usage);
  for (let generated = 1; generated <= tokens; generated += 1) {
    await sleep(work.paceMs, undefined, { signal: work.signal }).catch(() => undefined);
    if (work.signal.aborted) return;
    if (background.isCancelled(work.id)) {
      background.show(work.id, work.partly);
      return;
    }
    exchange.owe(generated);
  }
  exchange.owe();
  background.show(work.id, work.whole);
}
