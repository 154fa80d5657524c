import { METRICS, type AttributeKey, type MetricName } from '@tollgate/otel/conventions';
import { label, RESOURCE, series } from './names.ts';
import type { Recorded } from './recorded.ts';

/** What labels must be, operator and quotes included: `{ outcome: '="denied"' }`. */
export type Matchers = { readonly [K in AttributeKey]?: string };

/** The part of a histogram that is read. */
export type HistogramPart = '_bucket' | '_sum' | '_count';

const BY_VARIABLE: readonly (readonly [variable: string, key: AttributeKey])[] = [
  ['team', 'tollgate.team'],
  ['agent', 'gen_ai.agent.name'],
  ['model', 'gen_ai.request.model'],
];

const OF_ACCOUNT: typeof BY_VARIABLE = [
  ['budget', 'budget'],
  ['team', 'tollgate.team'],
  ['agent', 'gen_ai.agent.name'],
];

/**
 * Series of a metric in what a board's variables leave of it: environment, and team, agent and model where the metric has
 * them as labels. Throws where the metric lacks a label that is asked for, so that generating fails.
 */
export function select(metric: MetricName, matchers: Matchers = {}, part: HistogramPart | '' = ''): string {
  const { labels } = METRICS[metric];
  const chosen = BY_VARIABLE.filter(([, key]) => labels.includes(key)).map(([name, key]) => filter(label(key), name));
  return write(`${series(metric)}${part}`, [environment(), ...chosen, ...written(metric, matchers)]);
}

/** Series of a metric wherever they come from: no variable narrows them. */
export function everywhere(metric: MetricName, matchers: Matchers = {}): string {
  return write(series(metric), written(metric, matchers));
}

/** Series of a metric in the chosen environment, whoever spends. */
export function inEnvironment(metric: MetricName, matchers: Matchers = {}): string {
  return write(series(metric), [environment(), ...written(metric, matchers)]);
}

/** Series of any name, narrowed by these matchers alone. */
export function narrowed(name: string, matchers: Matchers): string {
  return write(name, Object.entries(matchers).map(toText));
}

/** Recorded series of budgets in the chosen environment. */
export function recorded(name: Recorded, matchers: Matchers = {}): string {
  return write(name, [environment(), ...Object.entries(matchers).map(toText)]);
}

/** Series of those accounts that the variables of the budgets' board leave: recorded ones, or the processes' own. */
export function accounts(name: Recorded | 'tollgate.budget.charged', matchers: Matchers = {}): string {
  const chosen = OF_ACCOUNT.map(([variable, key]) => filter(label(key), variable));
  const from = name === 'tollgate.budget.charged' ? series(name) : name;
  return write(from, [environment(), ...chosen, ...Object.entries(matchers).map(toText)]);
}

function environment(): string {
  return filter(RESOURCE.environment, 'environment');
}

function filter(name: string, variable: string): string {
  return `${name}=~"$${variable}"`;
}

function written(metric: MetricName, matchers: Matchers): string[] {
  const strange = Object.keys(matchers).filter((key) => !METRICS[metric].labels.includes(key as AttributeKey));
  if (strange.length > 0) throw new Error(`${metric} has no label ${strange.join(', ')}`);
  return Object.entries(matchers).map(toText);
}

function toText([key, matcher]: [string, string]): string {
  return `${label(key as AttributeKey)}${matcher}`;
}

function write(name: string, matchers: readonly string[]): string {
  return matchers.length === 0 ? name : `${name}{${matchers.join(', ')}}`;
}
