import type { Fault, ReplyPlan } from '../plan.ts';
import { errorFrame } from '../replies/error-body.ts';
import type { SseEvent } from '../replies/sse-writer.ts';
import type { Exchange } from './exchange.ts';

/** Sends a stream event by event, each on its way before the next is made, and stops when the client is gone or the fault strikes. */
export async function sendEvents(events: readonly SseEvent[], plan: ReplyPlan, exchange: Exchange): Promise<void> {
  const { out, line } = exchange;
  exchange.head(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const strikesAt = struckEvent(plan.fault);
  for (const [index, event] of events.entries()) {
    if (index === strikesAt && (await strike(plan.fault, event, exchange)) === 'ended') return;
    await out.pause(plan.paceMs ?? 0);
    if (out.isClosed) return;
    exchange.owe(event.generated);
    await out.write(event.frame);
    line.sentEvents += 1;
  }
  exchange.owe();
  await out.end();
}

function struckEvent(fault: Fault | undefined): number {
  if (fault?.kind === 'reset-after-headers') return 0;
  return fault !== undefined && 'afterEvents' in fault ? (fault.afterEvents ?? 1) : isMidstream(fault) ? 1 : Infinity;
}

function isMidstream(fault: Fault | undefined): boolean {
  return ['stall-midstream', 'cut', 'malformed', 'error-event'].includes(fault?.kind ?? '');
}

async function strike(fault: Fault | undefined, next: SseEvent, exchange: Exchange): Promise<'ended' | 'goes-on'> {
  const { out } = exchange;
  switch (fault?.kind) {
    case 'reset-after-headers':
      await out.pause(0);
      out.drop();
      return 'ended';
    case 'stall-midstream':
      await out.closed;
      return 'ended';
    case 'cut':
      await out.end();
      return 'ended';
    case 'error-event':
      await out.write(errorFrame(exchange.family, exchange.route));
      await out.end();
      return 'ended';
    case 'malformed':
      await out.write(`${next.frame.slice(0, Math.ceil(next.frame.length / 2))}\n\n`);
      return 'goes-on';
    default:
      return 'goes-on';
  }
}
