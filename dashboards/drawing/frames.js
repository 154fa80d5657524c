import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  FieldConfigOptionsRegistry,
  FieldType,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  toDataFrame,
} from '@grafana/data';

// Grafana fills these when it starts. Of the properties only those that our boards set are here.
const NAMES = ['unit', 'decimals', 'min', 'max', 'thresholds', 'links', 'noValue', 'color', 'displayName'];
const OF_TABLES = ['cellOptions', 'minWidth', 'align'];
const OF_CURVES = ['lineWidth', 'fillOpacity', 'showPoints', 'stacking', 'axisSoftMin', 'axisLabel', 'thresholdsStyle'];
const properties = [
  ...NAMES.map((name) => property(name, name)),
  ...[...OF_TABLES, ...OF_CURVES].map((name) => property(`custom.${name}`, name, true)),
];
const registry = new FieldConfigOptionsRegistry(() => properties);
standardFieldConfigEditorRegistry.setInit(() => properties.filter(({ isCustom }) => !isCustom));
standardTransformersRegistry.setInit(() => {
  const byId = new Map(Object.values(standardTransformers).map((transformer) => [transformer.id, transformer]));
  return [...byId.values()].map((transformer) => ({ ...transformer, transformation: async () => transformer }));
});

function property(id, path, isCustom = false) {
  return {
    id,
    path,
    name: id,
    isCustom,
    process: (value) => value,
    shouldApply: ({ type }) => !isCustom || type !== FieldType.time,
  };
}

/** The frames that Grafana's Prometheus data source makes of the answers to a panel's queries. */
export function framesOf(panel, answers) {
  const isLone = panel.targets.length === 1;
  return panel.targets.flatMap((target) => {
    const result = answers[`${panel.id}${target.refId}`] ?? [];
    if (target.format !== 'table') return result.map((series) => curve(series, target));
    return result.length === 0 ? [] : [rows(result, target.refId, isLone ? 'Value' : `Value #${target.refId}`)];
  });
}

function curve({ metric, value, values = [value] }, { refId, legendFormat = '' }) {
  const name = legendFormat.replace(/\{\{(\w+)\}\}/g, (_, label) => metric[label] ?? '');
  const config = name === '' ? {} : { displayNameFromDS: name };
  return toDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: values.map(([seconds]) => seconds * 1000) },
      { name: 'Value', type: FieldType.number, labels: metric, config, values: values.map(([, text]) => Number(text)) },
    ],
  });
}

function rows(result, refId, valueName) {
  const labels = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))].filter(
    (name) => name !== '__name__',
  );
  return toDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: result.map(({ value: [seconds] }) => seconds * 1000) },
      ...labels.map((name) => ({
        name,
        type: FieldType.string,
        values: result.map(({ metric }) => metric[name] ?? ''),
      })),
      { name: valueName, type: FieldType.number, values: result.map(({ value: [, text] }) => Number(text)) },
    ],
  });
}

/** The frames with units, thresholds, names and links, as Grafana puts them on. */
export function configured(panel, frames, theme) {
  const color = { mode: panel.type === 'timeseries' ? 'palette-classic' : 'thresholds' };
  const fieldConfig = { ...panel.fieldConfig, defaults: { color, ...panel.fieldConfig.defaults } };
  const options = {
    fieldConfig,
    theme,
    replaceVariables: (text) => text,
    timeZone: 'utc',
    fieldConfigRegistry: registry,
  };
  const data = applyFieldOverrides({ ...options, data: frames });
  cacheFieldDisplayNames(data);
  return data;
}
