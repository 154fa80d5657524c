import type { Fault, ReplyPlan } from '../plan.ts';
import { errorBody } from '../replies/error-body.ts';
import type { Reply } from '../routes/route.ts';
import type { Exchange } from './exchange.ts';
import { sendEvents } from './send-events.ts';
import { sendWhole } from './send-whole.ts';

/** Sends a reply as its plan says, the fault included. Resolves when the exchange is over. */
export async function deliver(reply: Reply, plan: ReplyPlan, exchange: Exchange): Promise<void> {
  const { fault } = plan;
  const failed = fault && failInstead(fault, reply, exchange);
  if (failed !== undefined) return failed;
  exchange.accept(reply.usage, reply.mode);
  if (fault?.kind === 'slow-headers') await exchange.out.pause(fault.delayMs);
  if (!exchange.out.isClosed) await sendContent(reply, plan, exchange);
}

/** Sends an error in the words of the family. */
export async function sendError(
  exchange: Exchange,
  status: number,
  headers: Record<string, string> = {},
): Promise<void> {
  const body = errorBody(exchange.family, status, `simulated error ${status}`);
  exchange.head(status, { 'content-type': 'application/json', ...headers });
  await exchange.out.write(JSON.stringify(body));
  await exchange.out.end();
}

/** The faults that come in place of a reply; undefined for those that come amid one. */
function failInstead(fault: Fault, reply: Reply, exchange: Exchange): Promise<void> | undefined {
  const { out } = exchange;
  switch (fault.kind) {
    case 'status':
      return sendError(exchange, fault.status, retryHeaders(fault.retryAfterMs));
    case 'error-event':
      return reply.content.kind === 'events' ? undefined : sendError(exchange, 500);
    case 'reset':
      if (fault.accepted === true) exchange.accept(reply.usage, reply.mode);
      out.reset();
      return out.closed;
    case 'stall':
      if (fault.accepted !== false) exchange.accept(reply.usage, reply.mode);
      return out.closed;
    case 'empty-body':
      exchange.accept(reply.usage, reply.mode);
      exchange.head(200, { 'content-type': typeOf(reply) });
      return out.end();
    default:
      return undefined;
  }
}

async function sendContent(reply: Reply, plan: ReplyPlan, exchange: Exchange): Promise<void> {
  const { content, status = 200, usage, continues } = reply;
  switch (content.kind) {
    case 'events':
      return sendEvents(content.events, plan, exchange);
    case 'bytes':
      return sendWhole({ status, bytes: content.bytes, type: content.type, usage }, plan, exchange);
    case 'json': {
      const bytes = Buffer.from(JSON.stringify(content.json));
      if (continues === undefined) return sendWhole({ status, bytes, type: 'application/json', usage }, plan, exchange);
      return sendNow(status, bytes, exchange);
    }
  }
}

/** The work goes on in the background: nothing is generated yet. */
async function sendNow(status: number, bytes: Buffer, exchange: Exchange): Promise<void> {
  exchange.head(status, { 'content-type': 'application/json', 'content-length': `${bytes.length}` });
  await exchange.out.write(bytes);
  await exchange.out.end();
}

function typeOf({ content }: Reply): string {
  return content.kind === 'events' ? 'text/event-stream; charset=utf-8' : 'application/json';
}

function retryHeaders(retryAfterMs: number | undefined): Record<string, string> {
  if (retryAfterMs === undefined) return {};
  return { 'retry-after-ms': `${retryAfterMs}`, 'retry-after': `${Math.ceil(retryAfterMs / 1000)}` };
}
