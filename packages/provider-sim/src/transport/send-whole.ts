import { generatedTokensOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { ReplyPlan } from '../plan.ts';
import type { Exchange } from './exchange.ts';

/** A reply in one piece. */
export interface WholeReply {
  status: number;
  bytes: Buffer;
  type: string;
  usage?: BilledUsage | undefined;
}

/** Generates a reply, one token per pace, and sends it in one piece, or in as much of it as the fault leaves. */
export async function sendWhole(reply: WholeReply, plan: ReplyPlan, exchange: Exchange): Promise<void> {
  const { out } = exchange;
  if (!(await generated(reply.usage, plan.paceMs ?? 0, exchange))) return;
  const half = reply.bytes.subarray(0, Math.ceil(reply.bytes.length / 2));
  const sent = plan.fault?.kind === 'malformed' ? half : reply.bytes;
  exchange.head(reply.status, { 'content-type': reply.type, 'content-length': `${sent.length}` });
  switch (plan.fault?.kind) {
    case 'reset-after-headers':
      await out.pause(0);
      return out.drop();
    case 'cut':
      await out.write(half);
      return out.drop();
    case 'stall-midstream':
      await out.write(half);
      return out.closed;
    default:
      await out.write(sent);
      return out.end();
  }
}

/** False when the client went away meanwhile: it owes what was generated until then. */
async function generated(usage: BilledUsage | undefined, paceMs: number, exchange: Exchange): Promise<boolean> {
  const started = performance.now();
  const tokens = usage === undefined ? 0 : generatedTokensOf(usage);
  if (paceMs > 0) await exchange.out.pause(paceMs * tokens);
  if (exchange.out.isClosed) {
    if (paceMs > 0) exchange.owe(Math.floor((performance.now() - started) / paceMs));
    return false;
  }
  exchange.owe();
  return true;
}
