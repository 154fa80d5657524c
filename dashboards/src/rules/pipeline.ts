import { label, RESOURCE, series } from '../promql/names.ts';
import type { Alert } from './alert.ts';
import { by, increase } from './expression.ts';

const { environment, service, instance } = RESOURCE;

/** A service of which a process with the plugin is heard: a Collector has no store of budgets. */
const REPORTING = by('max', [environment, service], series('tollgate.store.up'));

/** How many times five minutes such a service was heard within a time: 12 in an hour. */
function reportsFor(within: string): string {
  return `count_over_time(${REPORTING}[${within}:5m])`;
}

/** Whether enforcement and figures can be relied on at all. */
export const PIPELINE_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateStoreUnavailable',
    severity: 'page',
    priority: 'P1',
    expr: `${by('min', [environment, service, label('store')], series('tollgate.store.up'))} == 0`,
    for: '1m',
    keepFiringFor: '2m',
    summary: `A store of budgets does not answer to {{ $labels.${service} }}`,
    description: `Store {{ $labels.store }} does not answer to at least one process of {{ $labels.${service} }}. Budgets with onStoreError: deny refuse every call there, those with allow let all of them through.`,
    board: 'tollgate-pipeline',
  },
  {
    name: 'TollgateReservationLeak',
    severity: 'ticket',
    priority: 'P3',
    // What is left alone is settled after ten minutes at the latest.
    expr: `${by('max', [environment, service, instance], series('tollgate.reservation.oldest_age'))} > 15 * 60`,
    for: '5m',
    keepFiringFor: '5m',
    summary: `{{ $labels.${service} }} keeps money aside for a call that seems to have no end`,
    description: `The oldest reservation of instance {{ $labels.${instance} }} is {{ $value | humanizeDuration }} old. What it holds is missing for other calls, which are refused or wait.`,
    board: 'tollgate-pipeline',
  },
  {
    name: 'TollgateTelemetryAbsent',
    severity: 'ticket',
    priority: 'P2',
    expr: `absent(${series('tollgate.build')})
or
(
  ${reportsFor('6h')} >= 4 * 12
  unless
  ${REPORTING}
  unless on ()
  absent(${series('tollgate.build')})
)`,
    for: '10m',
    summary: `{{ or $labels.${service} "Nobody" }} {{ if $labels.${service} }}no longer {{ end }}reports spend or budgets`,
    description: `{{ with $labels.${service} }}{{ . }} has reported over most of the last six hours, and no process of it does now. Its budgets are{{ else }}There is no series of any process or Collector. Budgets are{{ end }} still enforced{{ if not $labels.${service} }} in each process{{ end }}, but no alert about them can fire.`,
    board: 'tollgate-pipeline',
  },
  {
    name: 'TollgateLabelOverflow',
    severity: 'ticket',
    priority: 'P3',
    expr: `${by('sum', [environment, service, label('label')], increase('tollgate.label.overflow', '1h'))} > 0`,
    keepFiringFor: '1h',
    summary: `Label {{ $labels.label }} has more values than {{ $labels.${service} }} tells apart`,
    description: `{{ printf "%.0f" $value }} values within an hour were folded into "other". Totals are right; what is told by {{ $labels.label }} is not complete.`,
    board: 'tollgate-pipeline',
  },
  {
    name: 'TollgatePriceTableStale',
    severity: 'ticket',
    priority: 'P3',
    expr: `time() - ${by('max', [environment, service, label('version')], series('tollgate.price_table.timestamp'))} > 60 * 86400`,
    for: '1h',
    summary: `{{ $labels.${service} }} prices calls by an old table`,
    description: `Price table {{ $labels.version }} is {{ $value | humanizeDuration }} old: new models have no price in it, and changed prices are wrong.`,
    board: 'tollgate-pipeline',
  },
  {
    name: 'TollgateConfigErrors',
    severity: 'ticket',
    priority: 'P2',
    expr: `${by('max', [environment, service], series('tollgate.config.errors'))} > 0`,
    summary: `{{ $labels.${service} }} runs without some of its budgets`,
    description: `{{ printf "%.0f" $value }} budgets are invalid and left out: what they were to limit is not limited.`,
    board: 'tollgate-pipeline',
  },
];
