import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { dress, type BoardPanel, type Look } from './panel.ts';
import type { Query } from './query.ts';

/** One figure, or one for each series; coloured only where it has thresholds. */
export function stat(look: Look, query: Query): BoardPanel {
  const queries = [query];
  const build: BoardPanel['build'] = (id) =>
    dress(new PanelBuilder(), look, { queries })
      .id(id)
      .colorMode(look.thresholds === undefined ? common.BigValueColorMode.None : common.BigValueColorMode.Background)
      .graphMode(
        query.source === 'metrics' && query.at === 'range'
          ? common.BigValueGraphMode.Area
          : common.BigValueGraphMode.None,
      )
      .textMode(common.BigValueTextMode.Auto)
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
  return { title: look.title, queries, build };
}
