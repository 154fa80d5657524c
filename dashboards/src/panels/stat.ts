import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { dress, type BoardPanel, type Look } from './panel.ts';
import type { Query } from './query.ts';

/** A figure for each series, coloured only where it has thresholds. `named`: with the name of the series, also where there is one. */
export function stat(look: Look & { named?: boolean | undefined }, ...queries: readonly Query[]): BoardPanel {
  const build: BoardPanel['build'] = (id) =>
    dress(new PanelBuilder(), look, { queries })
      .id(id)
      .colorMode(look.thresholds === undefined ? common.BigValueColorMode.None : common.BigValueColorMode.Background)
      .graphMode(
        queries.some((query) => query.source === 'metrics' && query.at === 'range')
          ? common.BigValueGraphMode.Area
          : common.BigValueGraphMode.None,
      )
      .textMode(look.named === true ? common.BigValueTextMode.ValueAndName : common.BigValueTextMode.Auto)
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
  return { title: look.title, queries, build };
}
