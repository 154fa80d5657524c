import type { AttributeKey } from '@tollgate/otel/conventions';

/** An attribute of spans as TraceQL names it. A key without a row in the conventions does not compile. */
function attribute(key: AttributeKey): string {
  return `span.${key}`;
}

/** What an attribute must be, quotes included: `equals('error.type', '"budget_exceeded"')`. */
export function is(key: AttributeKey, comparison: string): string {
  return `${attribute(key)} ${comparison}`;
}

/** Calls that have cost something, by the agent and the model that a board's variables name. */
const PAID_CALLS: readonly string[] = [is('gen_ai.usage.cost.amount', '> 0'), ...chosen()];

/** The conditions that a board's variables set. TraceQL finds no span whose attribute is absent, also by `.*`. */
export function chosen(): string[] {
  return [is('gen_ai.agent.name', '=~ "$agent"'), is('gen_ai.request.model', '=~ "$model"')];
}

/** Spans that meet all conditions, with these attributes beside name and duration. */
export function listed(conditions: readonly string[], attributes: readonly AttributeKey[]): string {
  return `{ ${conditions.join(' && ')} } | select(${attributes.map(attribute).join(', ')})`;
}

/** What the paid calls have cost for each value of `by`, the ten dearest. */
export function dearest(by: AttributeKey): string {
  const grouped = `sum_over_time(${attribute('gen_ai.usage.cost.amount')}) by (${attribute(by)})`;
  return `{ ${[...PAID_CALLS, is(by, '!= nil')].join(' && ')} } | ${grouped} | topk(10)`;
}
