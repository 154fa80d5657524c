import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { BoardPanel } from '../panels/panel.ts';
import type { Variable } from './variables.ts';

/** One question, and the panels that answer it. */
export interface Board {
  /** Also the name of its file, and what links name it by. */
  uid: BoardUid;
  title: string;
  /** The question. */
  description: string;
  variables: readonly Variable[];
  rows: readonly Row[];
}

/** Panels that belong together. They fill lines of 24 columns, in their order. */
export interface Row {
  title: string;
  panels: readonly BoardPanel[];
}

/** Every board there is. */
export type BoardUid = `tollgate-${'overview' | 'agents' | 'budgets' | 'models' | 'tasks' | 'pipeline'}`;

/** What all boards are tagged with, so that they find each other. */
const TAG = 'tollgate';

/** The board as Grafana's classic JSON. */
export function toDashboard(board: Board): dashboard.Dashboard {
  const builder = new dashboard.DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .link({ build: toSiblings })
    .variables(board.variables.map((variable) => variable()));
  let id = 0;
  for (const row of board.rows) {
    id += 1;
    builder.withRow(new dashboard.RowBuilder(row.title).id(id));
    for (const panel of row.panels) {
      id += 1;
      builder.withPanel(panel.build(id));
    }
  }
  return builder.build();
}

function toSiblings(): dashboard.DashboardLink {
  const { placement: _inMenu, ...link } = new dashboard.DashboardLinkBuilder('Tollgate')
    .type(dashboard.DashboardLinkType.Dashboards)
    .tags([TAG])
    .includeVars(true)
    .keepTime(true)
    .build();
  return link;
}

/** Address of a board within Grafana; keeps time range, data sources and environment. For boards that let people choose one. */
export function boardUrl(uid: BoardUid, variables: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(variables).map(([name, value]) => `&var-${name}=${value}`);
  return `/d/${uid}?\${__url_time_range}&\${metrics:queryparam}&\${traces:queryparam}&\${environment:queryparam}${given.join('')}`;
}
