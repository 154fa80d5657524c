import { safely } from './guarded-observer.ts';
import { copyUnread } from './tap-response.ts';

/** How much of a reply's body is collected; beyond it its usage is estimated. */
export const MAX_COLLECTED_BYTES: number = 16 * 1024 * 1024;

/** How long a whole reply may lie there before it is read for its usage, in ms: an app that awaits it reads it at once. */
const READ_AFTER_MS = 250;

/** A whole reply that the app may never read, and whose usage is wanted all the same. */
export interface UnreadReply {
  /** Only JSON has usage in it. */
  readonly isJson: boolean;
  whole(body: Uint8Array): void;
  json(body: unknown): void;
  failed(error: unknown): void;
}

const unread = new Map<UnreadReply, object>();
let reading: NodeJS.Timeout | undefined;

/**
 * Has the reply read on a copy, unless somebody begins to read it within a quarter of a second: an SDK reads it only when
 * its promise is awaited, and until then other calls would wait for what is put aside for this one.
 */
export function readIfUnread(response: object, reply: UnreadReply): void {
  unread.set(reply, response);
  reading ??= setTimeout(readAll, READ_AFTER_MS).unref();
}

/** Somebody has begun to read it. */
export function wasRead(reply: UnreadReply): void {
  unread.delete(reply);
}

function readAll(): void {
  reading = undefined;
  for (const [reply, response] of unread) void read(reply, response);
  unread.clear();
}

async function read(reply: UnreadReply, response: object): Promise<void> {
  if (!reply.isJson) {
    safely(() => reply.json(undefined));
    return;
  }
  try {
    const body = await bodyOf(copyUnread(response));
    if (body !== undefined) safely(() => reply.whole(body));
  } catch (error) {
    safely(() => reply.failed(error));
  }
}

/** Undefined where there is no body, or one too large to be collected: then whoever reads it will show what it says. */
async function bodyOf(copy: Response | undefined): Promise<Uint8Array | undefined> {
  if (copy?.body == null) return undefined;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of copy.body) {
    size += piece.length;
    if (size > MAX_COLLECTED_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
