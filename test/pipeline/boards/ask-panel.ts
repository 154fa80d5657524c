import { BOARDS } from '../../../dashboards/src/boards/all-boards.ts';
import type { AttributeKey } from '@tollgate/otel/conventions';
import { ALL, interpolate, type Values } from '../../../dashboards/src/check/interpolate.ts';
import { readTraceql } from '../../../dashboards/src/check/read-traceql.ts';
import type { MetricQuery } from '../../../dashboards/src/panels/query.ts';
import type { Sample } from '../prometheus-api.ts';

/** One point of an answer. */
export type Answered = Sample;

/** A query of a panel, and where it is. */
export interface Asked extends MetricQuery {
  /** `tollgate-overview: Spent against the budget (A)` */
  name: string;
}

/** Every query to Prometheus on every board. */
export const ASKED: readonly Asked[] = BOARDS.flatMap(({ uid, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) =>
      queries.flatMap((query, index) =>
        query.source === 'metrics' ? [{ ...query, name: `${uid}: ${title} (${'ABCDEFGHIJ'[index]})` }] : [],
      ),
    ),
  ),
);

/** Every attribute that a query to Tempo names. */
export const TRACEQL_ATTRIBUTES: readonly AttributeKey[] = BOARDS.flatMap(({ rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ queries }) =>
      queries.flatMap((query) =>
        query.source === 'traces' ? (readTraceql(interpolate(query.traceql, ALL)).attributes as AttributeKey[]) : [],
      ),
    ),
  ),
);

const STEP_SECONDS = 15;
const RANGE_SECONDS = 3600;

/** The answer as a panel gets it: at the end of the time range, or every point along it. Rejects with Prometheus's own words. */
export async function ask(
  url: string,
  { expr, at }: Pick<MetricQuery, 'expr' | 'at'>,
  values: Values,
): Promise<Sample[]> {
  const query = interpolate(expr, values);
  const now = Date.now() / 1000;
  const times =
    at === 'instant'
      ? { time: String(now) }
      : { start: String(now - RANGE_SECONDS), end: String(now), step: String(STEP_SECONDS) };
  const body = new URLSearchParams({ query, ...times });
  const path = at === 'instant' ? 'query' : 'query_range';
  const answer = (await (await fetch(`${url}/api/v1/${path}`, { method: 'POST', body })).json()) as Answer;
  if (answer.status !== 'success') throw new Error(`${query}: ${String(answer.error)}`);
  return answer.data.result.flatMap(({ metric, value, values: points = [] }) =>
    [...(value === undefined ? [] : [value]), ...points].map(([, text]) => ({ labels: metric, value: Number(text) })),
  );
}

interface Answer {
  status: string;
  error?: string;
  data: {
    result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[];
  };
}

/** The query with this name. Throws where no panel has it. */
export function asked(name: string): Asked {
  const found = ASKED.find((query) => query.name === name);
  if (found === undefined) throw new Error(`no panel asks ${name}`);
  return found;
}
