/** A span as Jaeger has stored it. */
export interface StoredSpan {
  traceId: string;
  spanId: string;
  name: string;
  attributes: Record<string, string | number | boolean>;
}

interface ApiTrace {
  spans: {
    traceID: string;
    spanID: string;
    operationName: string;
    tags: { key: string; value: string | number | boolean }[];
  }[];
}

/** All spans of a service, whenever they were; of at most 1,000 traces. */
export async function storedSpans(url: string, service: string): Promise<StoredSpan[]> {
  const query = new URLSearchParams({ service, limit: '1000', start: '0', end: String(Date.now() * 1000) });
  const { data } = (await (await fetch(`${url}/api/traces?${query.toString()}`)).json()) as { data: ApiTrace[] };
  return data
    .flatMap(({ spans }) => spans)
    .map(({ traceID, spanID, operationName, tags }) => ({
      traceId: traceID,
      spanId: spanID,
      name: operationName,
      attributes: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    }));
}
