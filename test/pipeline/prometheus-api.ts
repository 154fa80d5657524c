/** One series of an instant query's answer. */
export interface Sample {
  labels: Record<string, string>;
  /** `NaN` and infinities included. */
  value: number;
}

interface ApiAnswer {
  status: string;
  error?: string;
  data: { resultType: string; result: { metric: Record<string, string>; value: [number, string] }[] };
}

/** Runs an instant query whose result is a vector. Rejects with Prometheus's own words where it is wrong. */
export async function instantQuery(url: string, promql: string, at?: Date): Promise<Sample[]> {
  const body = new URLSearchParams({ query: promql, ...(at && { time: String(at.getTime() / 1000) }) });
  const answer = (await (await fetch(`${url}/api/v1/query`, { method: 'POST', body })).json()) as ApiAnswer;
  if (answer.status !== 'success') throw new Error(`${promql}: ${String(answer.error)}`);
  if (answer.data.resultType !== 'vector') throw new Error(`${promql} is no vector but a ${answer.data.resultType}`);
  return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}
