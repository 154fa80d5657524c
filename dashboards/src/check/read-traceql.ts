import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@grafana/lezer-traceql';

/** What a TraceQL query reads. */
export interface TraceqlReading {
  /** Where the parser found something that is no TraceQL. */
  errors: string[];
  /** Attributes of spans, without their scope. */
  attributes: string[];
  /** Attributes of any other scope, which no span of ours is known to have. */
  foreign: string[];
  /** What attributes are compared with: the kind of the constant is in the parser's words. */
  comparisons: { attribute: string; kind: string }[];
  /** Attributes that are added up. */
  summed: string[];
}

const KINDS = new Set(['String', 'Integer', 'Float', 'Duration']);

/** Parses a query in which no variable is left. */
export function readTraceql(query: string): TraceqlReading {
  const reading: TraceqlReading = { errors: [], attributes: [], foreign: [], comparisons: [], summed: [] };
  const textOf = ({ from, to }: { from: number; to: number }): string => query.slice(from, to);
  parser.parse(query).iterate({
    enter(node: SyntaxNodeRef) {
      if (node.type.isError) reading.errors.push(`at ${node.from}: ${query.slice(node.from, node.from + 30)}`);
      if (node.name === 'AttributeField') readAttribute(node, textOf(node), reading);
      if (KINDS.has(node.name)) readConstant(node, textOf, reading);
    },
  });
  return reading;
}

function readAttribute(node: SyntaxNodeRef, text: string, reading: TraceqlReading): void {
  const name = /^span\.(.+)$/.exec(text)?.[1];
  if (name === undefined) reading.foreign.push(text);
  else reading.attributes.push(name);
  if (name !== undefined && node.node.parent?.name === 'MetricsExpression') reading.summed.push(name);
}

/** A constant is beside the attribute in the comparison that holds both. */
function readConstant(
  node: SyntaxNodeRef,
  textOf: (range: { from: number; to: number }) => string,
  reading: TraceqlReading,
): void {
  const comparison = node.node.parent?.parent?.parent;
  const attribute = comparison?.firstChild?.getChild('AttributeField');
  if (attribute == null) return;
  reading.comparisons.push({ attribute: textOf(attribute).replace(/^span\./, ''), kind: node.name });
}
