import type { IncomingMessage } from 'node:http';
import { findRoute, type Destination } from '../routes/route-table.ts';
import { asText, keyOf, type JsonObject, type SimRequest } from '../sim-request.ts';
import { readBody } from './read-body.ts';

const LONGEST_KEY = 200;

/** A request as it came in. */
export interface Arrival {
  destination: Destination;
  request: SimRequest;
  /** Undefined if the body could not be read. */
  body: JsonObject | undefined;
}

/** Counts the requests of each key. */
export type AttemptCounter = (route: string, key: string) => number;

/** Reads a request to its end, and finds out whose it is. */
export async function readRequest(
  message: IncomingMessage,
  number: number,
  countAttempt: AttemptCounter,
  deployments: Readonly<Record<string, string>>,
): Promise<Arrival> {
  const { pathname } = new URL(message.url ?? '/', 'http://127.0.0.1');
  const destination = findRoute(message.method ?? 'GET', pathname);
  const body = await readBody(message);
  const known = body ?? {};
  const { route, path, flavour, deployment } = destination;
  const headers = headersOf(message);
  const prompt = route?.promptOf?.(known) ?? '';
  const key = keyOf(headers, known, prompt).slice(0, LONGEST_KEY);
  const { name, family } = route ?? { name: 'unknown', family: 'openai' as const };
  const request: SimRequest = {
    number,
    key,
    attempt: countAttempt(name, key),
    route: name,
    family,
    flavour,
    path,
    headers,
    body: known,
    model: deployment === undefined ? (asText(known['model']) ?? '') : (deployments[deployment] ?? deployment),
    stream: known['stream'] === true,
    prompt,
  };
  return { destination, request, body };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
