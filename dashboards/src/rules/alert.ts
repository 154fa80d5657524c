import type { BoardUid } from '../boards/board.ts';
import { label } from '../promql/names.ts';
import { boardLink, runbookLink } from './links.ts';

/** What somebody is told about, and when. */
export interface Alert {
  readonly name: `Tollgate${string}`;
  /** `page` wakes somebody; a `ticket` waits for the morning. */
  readonly severity: 'page' | 'ticket';
  readonly priority: 'P1' | 'P2' | 'P3';
  readonly expr: string;
  /** How long it must hold before anyone is told. Default: at once. */
  readonly for?: string | undefined;
  /** How long it stays after it no longer holds, so that it does not flap. */
  readonly keepFiringFor?: string | undefined;
  /** One line, who and what. May use `{{ $labels.… }}` and `{{ $value }}`. */
  readonly summary: string;
  /** Figures, and what they mean. */
  readonly description: string;
  /** The board that shows it. */
  readonly board: BoardUid;
}

/** An alert as Prometheus reads it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const TEAM = `$labels.${label('tollgate.team')}`;

/** The rule of an alert. Its team is the one whose money it is, or `platform` where the series do not say. */
export function toRule(alert: Alert): AlertRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    ...(alert.for !== undefined && { for: alert.for }),
    ...(alert.keepFiringFor !== undefined && { keep_firing_for: alert.keepFiringFor }),
    labels: {
      severity: alert.severity,
      priority: alert.priority,
      team: `{{ with ${TEAM} }}{{ . }}{{ else }}platform{{ end }}`,
    },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: runbookLink(alert.name),
      dashboard_url: boardLink(alert.board),
    },
  };
}
