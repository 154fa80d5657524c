import { ATTRIBUTES, type AttributeKey, type AttributeType } from '@tollgate/otel/conventions';
import { describe, expect, test } from 'vitest';
import { BOARDS } from '../boards/all-boards.ts';
import { ALL, interpolate } from '../check/interpolate.ts';
import { readTraceql } from '../check/read-traceql.ts';

const queries = BOARDS.flatMap(({ uid, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries: asked }) =>
      asked.flatMap((query) =>
        query.source === 'traces'
          ? [{ panel: `${uid}: ${title}`, ...readTraceql(interpolate(query.traceql, { ...ALL, task: 'T-1' })) }]
          : [],
      ),
    ),
  ),
);

/** What an attribute can be compared with, by its type. */
const COMPARABLE: Readonly<Record<string, readonly AttributeType[]>> = {
  String: ['string', 'string[]'],
  Integer: ['int', 'double'],
  Float: ['int', 'double'],
};

/** Panels with what is wrong with their queries. */
function faults(find: (query: (typeof queries)[number]) => unknown[]): unknown[] {
  return queries.flatMap((query) => {
    const found = find(query);
    return found.length === 0 ? [] : [{ panel: query.panel, found }];
  });
}

describe('the TraceQL of every panel', () => {
  test('is grammatical', () => {
    expect(queries.length).toBeGreaterThan(5);
    expect(faults(({ errors }) => errors)).toEqual([]);
  });

  test('names attributes of spans that the conventions have', () => {
    expect(faults(({ attributes }) => attributes.filter((name) => !(name in ATTRIBUTES)))).toEqual([]);
    expect(faults(({ foreign }) => foreign)).toEqual([]);
  });

  test('compares attributes with what they can hold', () => {
    const isWrong = ({ attribute, kind }: { attribute: string; kind: string }): boolean =>
      !COMPARABLE[kind]?.includes(ATTRIBUTES[attribute as AttributeKey].type);
    expect(faults(({ comparisons }) => comparisons.filter(isWrong))).toEqual([]);
  });

  test('adds up only the cost of single calls, never a roll-up', () => {
    expect(faults(({ summed }) => summed.filter((name) => name !== 'gen_ai.usage.cost.amount'))).toEqual([]);
  });
});

test('the reader of TraceQL sees what is wrong', () => {
  expect(readTraceql('{ span.a > }').errors).not.toEqual([]);
  expect(readTraceql('{ resource.a = "b" }').foreign).toEqual(['resource.a']);
  expect(readTraceql('{ span.gen_ai.agent.name = 5 }').comparisons).toEqual([
    { attribute: 'gen_ai.agent.name', kind: 'Integer' },
  ]);
  expect(readTraceql('{ span.a > 1 } | sum_over_time(span.b) by (span.c)').summed).toEqual(['b']);
});
