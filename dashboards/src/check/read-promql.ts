import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** What an expression reads. */
export interface PromqlReading {
  /** Where the parser found something that is no PromQL. */
  errors: string[];
  metrics: string[];
  /** Labels of selectors with their matcher: `outcome="denied"`. */
  matchers: string[];
  /** Labels of selectors and of by, without, on and ignoring. */
  labels: string[];
  functions: string[];
  /** Ranges of selectors: `5m`. */
  ranges: string[];
}

/** Parses an expression in which no variable is left. */
export function readPromql(expression: string): PromqlReading {
  const reading: PromqlReading = { errors: [], metrics: [], matchers: [], labels: [], functions: [], ranges: [] };
  const lists: Readonly<Record<string, string[]>> = {
    Identifier: reading.metrics,
    UnquotedLabelMatcher: reading.matchers,
    LabelName: reading.labels,
    FunctionIdentifier: reading.functions,
    NumberDurationLiteralInDurationContext: reading.ranges,
  };
  parser.parse(expression).iterate({
    enter(node: SyntaxNodeRef) {
      const text = expression.slice(node.from, node.to);
      if (node.type.isError) reading.errors.push(`at ${node.from}: ${expression.slice(node.from, node.from + 30)}`);
      else lists[node.name]?.push(text);
    },
  });
  return reading;
}
