import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = string | number | boolean | Value[] | undefined;
/** Attributes with OTLP's wrapping taken off. */
export type Attributes = Record<string, Value>;

/** A span as it came over the wire. */
export interface ReceivedSpan {
  /** What stands before `/v1/traces`: several exporters can share one receiver. */
  channel: string;
  scope: string;
  resource: Attributes;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  attributes: Attributes;
}

/** A point of a sum or gauge, or a histogram's count. */
export interface ReceivedPoint {
  channel: string;
  scope: string;
  resource: Attributes;
  metric: string;
  attributes: Attributes;
  value: number;
  /** Epoch nanoseconds. */
  start: string;
  time: string;
  /** The running number of the request that brought it. */
  request: number;
}

/** An OTLP/HTTP endpoint on 127.0.0.1 that takes JSON and keeps all that it was sent. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly requests: { path: string; contentType: string | undefined; body: string }[];
  readonly spans: ReceivedSpan[];
  readonly points: ReceivedPoint[];
}

/** Starts an endpoint. `answers: false`: it takes connections and requests, and never says a word. */
export async function startReceiver({ answers = true }: { answers?: boolean } = {}): Promise<OtlpReceiver> {
  const requests: OtlpReceiver['requests'] = [];
  const spans: ReceivedSpan[] = [];
  const points: ReceivedPoint[] = [];
  const server = createServer((message, response) => void receive(message, response));
  async function receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message);
    const path = message.url ?? '';
    const contentType = message.headers['content-type'];
    requests.push({ path, contentType, body });
    if (contentType === 'application/json') {
      const channel = path.replace(/\/v1\/\w+$/, '');
      spans.push(...spansIn(body, channel));
      points.push(...pointsIn(body, channel, requests.length));
    }
    if (answers) response.setHeader('content-type', 'application/json').end('{}');
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans,
    points,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

interface Wrapped {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values?: Wrapped[] };
}
type Pairs = { key: string; value: Wrapped }[];
interface Owned {
  resource?: { attributes?: Pairs };
}
interface WireSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes?: Pairs;
}
interface WirePoint {
  attributes?: Pairs;
  asInt?: string | number;
  asDouble?: number;
  count?: string | number;
  startTimeUnixNano: string;
  timeUnixNano: string;
}
interface WireMetric {
  name: string;
  sum?: { dataPoints: WirePoint[] };
  gauge?: { dataPoints: WirePoint[] };
  histogram?: { dataPoints: WirePoint[] };
}
interface WireRequest {
  resourceSpans?: (Owned & { scopeSpans: { scope: { name: string }; spans: WireSpan[] }[] })[];
  resourceMetrics?: (Owned & { scopeMetrics: { scope: { name: string }; metrics: WireMetric[] }[] })[];
}

function spansIn(body: string, channel: string): ReceivedSpan[] {
  const { resourceSpans = [] } = JSON.parse(body) as WireRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId, attributes }) => ({
        channel,
        scope: scope.name,
        resource: unwrapped(resource?.attributes),
        name,
        traceId,
        spanId,
        parentSpanId,
        attributes: unwrapped(attributes),
      })),
    ),
  );
}

function pointsIn(body: string, channel: string, request: number): ReceivedPoint[] {
  const { resourceMetrics = [] } = JSON.parse(body) as WireRequest;
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.flatMap(({ name, sum, gauge, histogram }) =>
        (sum ?? gauge ?? histogram ?? { dataPoints: [] }).dataPoints.map((point) => ({
          channel,
          scope: scope.name,
          resource: unwrapped(resource?.attributes),
          metric: name,
          attributes: unwrapped(point.attributes),
          value: Number(point.asInt ?? point.asDouble ?? point.count),
          start: point.startTimeUnixNano,
          time: point.timeUnixNano,
          request,
        })),
      ),
    ),
  );
}

function unwrapped(pairs: Pairs = []): Attributes {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, unwrap(value)]));
}

function unwrap({ stringValue, intValue, doubleValue, boolValue, arrayValue }: Wrapped): Value {
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? boolValue ?? arrayValue?.values?.map(unwrap);
}
