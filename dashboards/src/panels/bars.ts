import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { dress, refId, type BoardPanel, type FieldLink, type Look } from './panel.ts';
import type { Query } from './query.ts';

/** Bars of a query of their own, below the others, and where a click on them leads. */
export interface Rest {
  query: Query;
  link: FieldLink;
}

/** A bar for each series, in the order of the answer. */
export function bars(look: Look & { max?: number | undefined }, query: Query, rest?: Rest): BoardPanel {
  const queries = rest === undefined ? [query] : [query, rest.query];
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
    if (rest !== undefined) {
      const matcher = { id: 'byFrameRefID', options: refId(1) };
      panel.overrides([{ matcher, properties: [{ id: 'links', value: [rest.link] }] }]);
    }
    return look.max === undefined ? panel : panel.max(look.max);
  };
  return { title: look.title, queries, build };
}

function colour({ thresholds }: Look): dashboard.FieldColorBuilder {
  const builder = new dashboard.FieldColorBuilder();
  if (thresholds !== undefined) return builder.mode(dashboard.FieldColorModeId.Thresholds);
  return builder.mode(dashboard.FieldColorModeId.Fixed).fixedColor('blue');
}
