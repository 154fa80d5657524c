import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { dress, type BoardPanel, type Look } from './panel.ts';
import type { Query } from './query.ts';

/** A bar for each series, in the order of the answer. */
export function bars(look: Look & { max?: number | undefined }, query: Query): BoardPanel {
  const queries = [query];
  const build: BoardPanel['build'] = (id) => {
    const panel = dress(new PanelBuilder(), look, { queries })
      .id(id)
      .min(0)
      .displayMode(common.BarGaugeDisplayMode.Basic)
      .orientation(common.VizOrientation.Horizontal)
      .namePlacement(common.BarGaugeNamePlacement.Left)
      .valueMode(common.BarGaugeValueMode.Text)
      .showUnfilled(true)
      .sizing(common.BarGaugeSizing.Manual)
      .minVizHeight(16)
      .maxVizHeight(32)
      .colorScheme(colour(look))
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
    return look.max === undefined ? panel : panel.max(look.max);
  };
  return { title: look.title, queries, build };
}

function colour({ thresholds }: Look): dashboard.FieldColorBuilder {
  const builder = new dashboard.FieldColorBuilder();
  if (thresholds !== undefined) return builder.mode(dashboard.FieldColorModeId.Thresholds);
  return builder.mode(dashboard.FieldColorModeId.Fixed).fixedColor('blue');
}
