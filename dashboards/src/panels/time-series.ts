import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { dress, type BoardPanel, type Look } from './panel.ts';
import type { Query } from './query.ts';

interface Curves extends Look {
  /** On top of each other: only where the sum means something. */
  stacked?: boolean | undefined;
  /** What the axis counts, where the unit does not say it. */
  axis?: string | undefined;
}

/** Curves over the time range. Thresholds are lines. */
export function timeSeries(look: Curves, ...queries: Query[]): BoardPanel {
  const build: BoardPanel['build'] = (id) => {
    const panel = dress(new PanelBuilder(), look, { queries })
      .id(id)
      .lineWidth(2)
      .fillOpacity(look.stacked === true ? 25 : 0)
      .showPoints(common.VisibilityMode.Auto)
      .stacking(
        new common.StackingConfigBuilder().mode(
          look.stacked === true ? common.StackingMode.Normal : common.StackingMode.None,
        ),
      )
      .axisSoftMin(0)
      .legend(
        new common.VizLegendOptionsBuilder()
          .showLegend(true)
          .displayMode(common.LegendDisplayMode.List)
          .placement(common.LegendPlacement.Bottom),
      )
      .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi));
    if (look.thresholds !== undefined)
      panel.thresholdsStyle(
        new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
      );
    return look.axis === undefined ? panel : panel.axisLabel(look.axis);
  };
  return { title: look.title, queries, build };
}
