import { findRoute } from './route.ts';
import type { Operation, StreamReader, Wire } from './wire.ts';

/** A wire that cannot throw: bodies come from apps and from networks, and may be proxies, cyclic, or have getters that throw. */
export function guard(wire: Omit<Wire, 'route'>): Wire {
  const { withStreamUsage, isUsageOnlyEvent } = wire;
  return {
    id: wire.id,
    routes: wire.routes,
    marks: wire.marks,
    repeatsAnswer: wire.repeatsAnswer,
    route: (method, path) => findRoute(wire.routes, method, path),
    readRequest: (operation, body) => attempt(() => wire.readRequest(operation, body), undefined),
    texts: (operation, body) => attempt(() => wire.texts(operation, body), []),
    withOutputCap: (operation, body, cap) => attempt(() => wire.withOutputCap(operation, body, cap), body),
    ...(withStreamUsage && {
      withStreamUsage: (operation: Operation, body: unknown) =>
        attempt(() => withStreamUsage(operation, body), undefined),
    }),
    readReply: (operation, body) =>
      attempt(() => wire.readReply(operation, body), undefined) ?? wire.readReply(operation, undefined),
    streamReader: (operation) => guardReader(wire.streamReader(operation)),
    ...(isUsageOnlyEvent && {
      isUsageOnlyEvent: (event: unknown) => attempt(() => isUsageOnlyEvent(event), false),
    }),
  };
}

function guardReader(reader: StreamReader): StreamReader {
  return {
    push: (event) => attempt(() => reader.push(event), undefined),
    facts: () => reader.facts(),
  };
}

function attempt<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
