import { BOARDS } from '../boards/all-boards.ts';
import type { BoardUid } from '../boards/board.ts';
import { label, RESOURCE } from '../promql/names.ts';

const RUNBOOK = 'https://github.com/tollgate-dev/tollgate/blob/main/dashboards/runbook.md';

/** Which label of an alert fills which variable of a board. */
const BY_VARIABLE: Readonly<Record<string, string>> = {
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
export function boardLink(uid: BoardUid): string {
  const variables = BOARDS.find((board) => board.uid === uid)?.variables ?? [];
  const narrowed = variables.map((variable) => narrow(variable().build().name));
  return `{{ $externalLabels.grafana_url }}/d/${uid}?from=now-6h&to=now${narrowed.join('')}`;
}

function narrow(variable: string): string {
  const name = BY_VARIABLE[variable];
  return name === undefined ? '' : `{{ with $labels.${name} }}&var-${variable}={{ . | urlquery }}{{ end }}`;
}
