import { label, RESOURCE } from '../promql/names.ts';

/** A board, by its uid in Grafana. */
export type Board = `tollgate-${'overview' | 'agents' | 'budgets' | 'models' | 'tasks' | 'pipeline'}`;

const RUNBOOK = 'https://github.com/tollgate-dev/tollgate/blob/main/dashboards/runbook.md';

/** What each board can be narrowed to. */
const VARIABLES = {
  'tollgate-overview': ['environment', 'team'],
  'tollgate-agents': ['environment', 'team', 'agent'],
  'tollgate-budgets': ['environment', 'budget', 'team', 'agent'],
  'tollgate-models': ['environment', 'agent', 'model'],
  'tollgate-tasks': ['environment', 'agent', 'task'],
  'tollgate-pipeline': ['environment'],
} as const satisfies Record<Board, readonly (keyof typeof LABELS)[]>;

const LABELS = {
  environment: RESOURCE.environment,
  budget: label('budget'),
  team: label('tollgate.team'),
  agent: label('gen_ai.agent.name'),
  model: label('gen_ai.request.model'),
  task: label('tollgate.task.id'),
};

/** The section of the runbook about an alert. */
export function runbookLink(alert: string): string {
  return `${RUNBOOK}#${alert.toLowerCase()}`;
}

/** The board, narrowed to what the alert is about. Where Grafana is, Prometheus' external label `grafana_url` says; without it the link is relative. */
export function boardLink(board: Board): string {
  const narrowed = VARIABLES[board].map(
    (variable) => `{{ with $labels.${LABELS[variable]} }}&var-${variable}={{ . | urlquery }}{{ end }}`,
  );
  return `{{ $externalLabels.grafana_url }}/d/${board}?from=now-6h&to=now${narrowed.join('')}`;
}
