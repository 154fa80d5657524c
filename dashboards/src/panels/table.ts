import * as common from '@grafana/grafana-foundation-sdk/common';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { dress, refId, type BoardPanel, type FieldLink, type Look, type Step } from './panel.ts';
import type { Query } from './query.ts';

/** A column of a table: a label of the series, or the value of a query. */
export interface Column {
  title: string;
  unit?: string | undefined;
  decimals?: number | undefined;
  /** A bar that is full at 1. */
  bar?: boolean | undefined;
  thresholds?: readonly Step[] | undefined;
  link?: FieldLink | undefined;
}

/** Labels by their name in Prometheus, and one value for each query, joined where all labels agree. */
export interface Columns {
  labels: readonly (readonly [label: string, column: Column])[];
  values: readonly (readonly [query: Query, column: Column])[];
  /** Title of the column that rows are sorted by, greatest first. */
  sortBy: string;
}

/** A row for each set of labels. Labels that are no column are left out. Words for an empty panel would be in every empty cell. */
export function table(look: Omit<Look, 'empty'>, columns: Columns): BoardPanel {
  const queries = columns.values.map(([query]) => query);
  const shown = [...columns.labels, ...columns.values].map(([, column]) => column);
  const build: BoardPanel['build'] = (id) =>
    dress(new PanelBuilder(), look, { queries, isTable: true })
      .id(id)
      .showHeader(true)
      .filterable(true)
      .minWidth(70)
      .sortBy([new common.TableSortByFieldStateBuilder().displayName(columns.sortBy).desc(true)])
      .transformations(transformations(columns))
      .overrides(shown.flatMap(override));
  return { title: look.title, queries, build };
}

// Grafana calls the value of a lone answer `Value`, of several `Value #A` and so on.
function transformations({ labels, values }: Columns): dashboard.DataTransformerConfig[] {
  const titles = new Map(labels.map(([name, { title }]) => [name, title]));
  values.forEach(([, { title }], index) => {
    if (index === 0) titles.set('Value', title);
    titles.set(`Value #${refId(index)}`, title);
  });
  const names = [...titles.keys()];
  return [
    { id: 'merge', options: {} },
    { id: 'filterFieldsByName', options: { include: { names } } },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: Object.fromEntries(titles),
      },
    },
  ];
}

type Override = { matcher: dashboard.MatcherConfig; properties: dashboard.DynamicConfigValue[] };

function override({ title, unit, decimals, bar, thresholds, link }: Column): Override[] {
  const properties: dashboard.DynamicConfigValue[] = [];
  if (unit !== undefined) properties.push({ id: 'unit', value: unit });
  if (decimals !== undefined) properties.push({ id: 'decimals', value: decimals });
  if (bar === true) {
    properties.push({ id: 'min', value: 0 }, { id: 'max', value: 1 });
    properties.push({ id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } });
  }
  if (thresholds !== undefined)
    properties.push({ id: 'thresholds', value: { mode: 'absolute', steps: steps(thresholds) } });
  if (link !== undefined) properties.push({ id: 'links', value: [link] });
  return properties.length === 0 ? [] : [{ matcher: { id: 'byName', options: title }, properties }];
}

function steps(thresholds: readonly Step[]): dashboard.Threshold[] {
  return [{ value: null, color: 'green' }, ...thresholds.map(([value, color]) => ({ value, color }))];
}
