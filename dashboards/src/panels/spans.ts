import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { ATTRIBUTES, type AttributeKey } from '@tollgate/otel/conventions';
import { dress, type BoardPanel, type Look } from './panel.ts';
import type { Query } from './query.ts';

/** A row for each span that a search has found, greatest first; its id leads to the trace. */
export function spans(
  look: Omit<Look, 'empty'> & { sortBy: AttributeKey },
  query: Query,
  money: readonly AttributeKey[],
): BoardPanel {
  const queries = [query];
  const build: BoardPanel['build'] = (id) => {
    const panel = dress(new PanelBuilder(), look, { queries })
      .id(id)
      .showHeader(true)
      .filterable(true)
      .sortBy([new common.TableSortByFieldStateBuilder().displayName(look.sortBy).desc(true)]);
    // Tempo names the column of an attribute by its key alone.
    for (const key of money.filter((name) => ATTRIBUTES[name].type === 'double'))
      panel.overrideByName(key, [
        { id: 'unit', value: 'currencyUSD' },
        { id: 'decimals', value: 4 },
      ]);
    return panel;
  };
  return { title: look.title, queries, build };
}
