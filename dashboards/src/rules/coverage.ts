import { COLLECTOR } from '../promql/collector-metrics.ts';
import { label, RESOURCE, series } from '../promql/names.ts';
import type { Alert } from './alert.ts';

import { by, increase, spend } from './expression.ts';

const { environment, instance } = RESOURCE;
const ENVIRONMENT = [environment];
const MODEL = label('gen_ai.request.model');
const PROVIDER = label('gen_ai.provider.name');

/** Money that the figures are wrong about, or that no limit covers. */
export const COVERAGE_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateUnpricedModel',
    severity: 'ticket',
    priority: 'P3',
    expr: `${by(
      'sum',
      [environment, PROVIDER, MODEL, label('reason')],
      increase('tollgate.unpriced', '1h', { where: { reason: '=~"unknown_model|no_provider|tier_unknown"' } }),
    )} > 0`,
    keepFiringFor: '1h',
    summary: `There is no price for {{ or $labels.${MODEL} "a model" }} of {{ or $labels.${PROVIDER} "a provider" }}`,
    description: `{{ printf "%.0f" $value }} calls within an hour have no cost ({{ $labels.reason }}): totals show less than was spent. Budgets are charged by the policy for unknown prices.`,
    board: 'tollgate-models',
  },
  {
    name: 'TollgateUntaggedSpend',
    severity: 'ticket',
    priority: 'P3',
    expr: `${untagged('agent', 'gen_ai.agent.name')}
or
(
  ${untagged('team', 'tollgate.team')}
  and on (${environment})
  ${spend('1h', ENVIRONMENT, { 'tollgate.team': '!=""' })} > 0
)`,
    for: '30m',
    keepFiringFor: '1h',
    summary: 'Money is spent that belongs to no {{ $labels.missing }}',
    description: `{{ $value | humanizePercentage }} of what was spent within an hour has no {{ $labels.missing }}: {{ if eq $labels.missing "agent" }}budgets by agent count it for its service as a whole{{ else }}no budget by team counts it{{ end }}.`,
    board: 'tollgate-overview',
  },
  {
    name: 'TollgateUncoveredSpend',
    severity: 'ticket',
    priority: 'P3',
    // A process that limits something says so, and has said so where it ended within the hour; the Collector, which counts for
    // those without the plugin, limits nothing.
    expr: `${by(
      'sum',
      ENVIRONMENT,
      `${spend('1h', [...ENVIRONMENT, instance])} unless on (${instance}) last_over_time(${series('tollgate.budget.limit')}[1h])`,
    )}
/
${spend('1h', ENVIRONMENT)}
> 0.1`,
    for: '30m',
    keepFiringFor: '1h',
    summary: 'Money is spent that no budget covers',
    description: `{{ $value | humanizePercentage }} of what was spent within an hour was spent by processes that tell of no budget.`,
    board: 'tollgate-overview',
  },
  {
    name: 'TollgateUndercountedSpend',
    severity: 'ticket',
    priority: 'P3',
    expr: `${by('sum', ENVIRONMENT, `increase(${COLLECTOR.sampledSpans}[1h])`)} > 0`,
    keepFiringFor: '1h',
    summary: 'Spans reach the Collector from sampled traces: totals are too low',
    description: `{{ printf "%.0f" $value }} calls within an hour came from traces of which others were dropped before they were counted.`,
    board: 'tollgate-pipeline',
  },
];

function untagged(name: string, key: 'gen_ai.agent.name' | 'tollgate.team'): string {
  const share = `${spend('1h', ENVIRONMENT, { [key]: '=""' })} / ${spend('1h', ENVIRONMENT)}`;
  return `label_replace(${share}, "missing", "${name}", "", "") > 0.1`;
}
