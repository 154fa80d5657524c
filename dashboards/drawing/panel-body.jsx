import {
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  transformDataFrame,
  VizOrientation,
} from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { useEffect, useState } from 'react';
import { configured, framesOf } from './frames.js';

/** What is inside of a panel: its answers, transformed and drawn as Grafana does. */
export function PanelBody({ panel, run, theme, width, height }) {
  const [frames, setFrames] = useState();
  useEffect(() => {
    const transformed = transformDataFrame(panel.transformations ?? [], framesOf(panel, run.answers));
    const subscription = transformed.subscribe((out) => setFrames(configured(panel, out, theme)));
    return () => subscription.unsubscribe();
  }, [panel, run, theme]);
  if (frames === undefined) return null;
  if (frames.length === 0) return <Nothing text={panel.fieldConfig.defaults.noValue ?? 'No data'} theme={theme} />;
  const drawn = { panel, frames, theme, width, height, timeRange: rangeOf(run) };
  if (panel.type === 'table') return <Rows {...drawn} />;
  if (panel.type === 'timeseries') return <Curves {...drawn} />;
  return panel.type === 'stat' ? <Figures {...drawn} /> : <Bars {...drawn} />;
}

function Nothing({ text, theme }) {
  const style = { color: theme.colors.text.secondary, display: 'grid', height: '100%', placeItems: 'center' };
  return <div style={style}>{text}</div>;
}

function Rows({ panel, frames: [data], width, height, timeRange }) {
  const sorted = { initialSortBy: panel.options.sortBy, getActions: () => [], structureRev: 1 };
  return <TableNG data={data} {...{ width, height, timeRange }} fieldConfig={panel.fieldConfig} {...sorted} />;
}

function Curves({ panel, frames, width, height, timeRange }) {
  const { legend } = panel.options;
  return <TimeSeries {...{ frames, timeRange, width, height, legend }} timeZone="utc" options={{}} />;
}

function Figures({ panel, width, height, theme, frames }) {
  const { colorMode, graphMode, textMode } = panel.options;
  const values = valuesOf(panel, frames, theme);
  const size = { width, height: height / values.length };
  return values.map(({ display, sparkline }) => (
    <BigValue key={display.title} value={display} {...size} {...{ theme, colorMode, graphMode, sparkline, textMode }} />
  ));
}

function Bars({ panel, frames, theme, width, height }) {
  const { minVizHeight, maxVizHeight, displayMode, namePlacement, valueMode } = panel.options;
  const orientation = VizOrientation.Horizontal;
  const repeated = {
    orientation,
    itemSpacing: 8,
    minVizWidth: 8,
    minVizHeight,
    maxVizHeight,
    renderCounter: 1,
    width,
    height,
  };
  const shown = {
    orientation,
    displayMode,
    namePlacement,
    valueDisplayMode: valueMode,
    theme,
    itemSpacing: 8,
    lcdCellWidth: 12,
  };
  return (
    <VizRepeater
      {...repeated}
      source={frames}
      getValues={() => valuesOf(panel, frames, theme)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value: { display, field, view, colIndex }, alignmentFactors, ...size }) => (
        <BarGauge
          {...shown}
          {...{ field, alignmentFactors, width: size.width, height: size.height }}
          value={display}
          display={view?.getFieldDisplayProcessor(colIndex)}
          showUnfilled
        />
      )}
    />
  );
}

function valuesOf(panel, data, theme) {
  const reduceOptions = { calcs: ['lastNotNull'], values: false };
  const sparkline = panel.options.graphMode === 'area';
  const options = { fieldConfig: panel.fieldConfig, reduceOptions, replaceVariables: (text) => text, timeZone: 'utc' };
  return getFieldDisplayValues({ ...options, data, theme, sparkline });
}

function rangeOf({ start, end }) {
  return { from: { valueOf: () => start * 1000 }, to: { valueOf: () => end * 1000 }, raw: {} };
}
