/** What Grafana's classic JSON may hold, as far as our boards use it: a JSON Schema that refuses what is not listed. */
export const DASHBOARD_SCHEMA: object = {
  type: 'object',
  additionalProperties: false,
  required: ['uid', 'title', 'description', 'tags', 'schemaVersion', 'panels', 'templating', 'time', 'links'],
  properties: {
    uid: { type: 'string', pattern: '^[a-z-]{8,40}$' },
    title: { type: 'string', minLength: 1 },
    description: { type: 'string', minLength: 1 },
    tags: { type: 'array', items: { type: 'string' } },
    timezone: { const: 'browser' },
    editable: { const: false },
    graphTooltip: { enum: [0, 1, 2] },
    time: strict({ from: { type: 'string' }, to: { type: 'string' } }),
    refresh: { type: 'string', pattern: '^\\d+[smh]$' },
    schemaVersion: { const: 42 },
    fiscalYearStartMonth: { const: 0 },
    annotations: { type: 'object' },
    templating: strict({ list: { type: 'array', items: { $ref: '#/$defs/variable' } } }),
    panels: { type: 'array', minItems: 1, items: { oneOf: [{ $ref: '#/$defs/panel' }, { $ref: '#/$defs/row' }] } },
    links: { type: 'array', items: { $ref: '#/$defs/link' } },
  },
  $defs: {
    gridPos: strict({
      x: { type: 'integer', minimum: 0, maximum: 23 },
      y: { type: 'integer', minimum: 0 },
      w: { type: 'integer', minimum: 1, maximum: 24 },
      h: { type: 'integer', minimum: 1 },
    }),
    source: strict({ type: { enum: ['prometheus', 'tempo'] }, uid: { enum: ['${metrics}', '${traces}'] } }),
    row: strict({
      type: { const: 'row' },
      id: { type: 'integer', minimum: 1 },
      title: { type: 'string', minLength: 1 },
      collapsed: { const: false },
      gridPos: { $ref: '#/$defs/gridPos' },
      panels: { type: 'array', maxItems: 0 },
    }),
    panel: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'id', 'title', 'description', 'datasource', 'gridPos', 'targets', 'fieldConfig', 'options'],
      properties: {
        type: { enum: ['stat', 'bargauge', 'timeseries', 'table'] },
        id: { type: 'integer', minimum: 1 },
        title: { type: 'string', minLength: 1 },
        description: { type: 'string', minLength: 1 },
        transparent: { const: false },
        repeatDirection: { const: 'h' },
        datasource: { $ref: '#/$defs/source' },
        gridPos: { $ref: '#/$defs/gridPos' },
        targets: { type: 'array', minItems: 1, items: { $ref: '#/$defs/target' } },
        transformations: {
          type: 'array',
          items: strict({ id: { enum: ['merge', 'filterFieldsByName', 'organize'] }, options: { type: 'object' } }),
        },
        fieldConfig: strict({
          defaults: { $ref: '#/$defs/fieldConfig' },
          overrides: {
            type: 'array',
            items: strict({
              matcher: strict({ id: { enum: ['byName', 'byFrameRefID'] }, options: { type: 'string' } }),
              properties: { type: 'array', minItems: 1, items: strict({ id: { type: 'string' }, value: {} }) },
            }),
          },
        }),
        options: { type: 'object' },
      },
    },
    fieldConfig: {
      type: 'object',
      additionalProperties: false,
      required: ['unit', 'thresholds'],
      properties: {
        unit: { type: 'string', minLength: 1 },
        decimals: { type: 'integer', minimum: 0 },
        min: { type: 'number' },
        max: { type: 'number' },
        noValue: { type: 'string' },
        color: { type: 'object', required: ['mode'] },
        links: { type: 'array', items: { $ref: '#/$defs/fieldLink' } },
        custom: { type: 'object' },
        thresholds: strict({
          mode: { const: 'absolute' },
          steps: {
            type: 'array',
            minItems: 1,
            items: strict({ value: { type: ['number', 'null'] }, color: { type: 'string' } }),
          },
        }),
      },
    },
    target: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['datasource', 'refId', 'expr', 'editorMode', 'format', 'instant', 'range'],
          properties: {
            datasource: { $ref: '#/$defs/source' },
            refId: { type: 'string', pattern: '^[A-Z]$' },
            expr: { type: 'string', minLength: 1 },
            editorMode: { const: 'code' },
            format: { enum: ['time_series', 'table'] },
            legendFormat: { type: 'string', minLength: 1 },
            instant: { type: 'boolean' },
            range: { type: 'boolean' },
            exemplar: { type: 'boolean' },
          },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['datasource', 'refId', 'queryType', 'query', 'filters'],
          properties: {
            datasource: { $ref: '#/$defs/source' },
            refId: { type: 'string', pattern: '^[A-Z]$' },
            queryType: { const: 'traceql' },
            query: { type: 'string', minLength: 1 },
            filters: { type: 'array', maxItems: 0 },
            limit: { type: 'integer', minimum: 1 },
            spss: { type: 'integer', minimum: 1 },
            tableType: { const: 'spans' },
            metricsQueryType: { enum: ['instant', 'range'] },
          },
        },
      ],
    },
    variable: {
      type: 'object',
      required: ['type', 'name', 'label', 'skipUrlSync'],
      properties: {
        type: { enum: ['datasource', 'query', 'textbox'] },
        name: { type: 'string', pattern: '^[a-z]+$' },
        label: { type: 'string', minLength: 1 },
      },
    },
    fieldLink: strict({
      title: { type: 'string', minLength: 1 },
      url: { type: 'string', pattern: '^/d/' },
    }),
    link: strict({
      title: { type: 'string', minLength: 1 },
      type: { const: 'dashboards' },
      icon: { type: 'string' },
      tooltip: { type: 'string' },
      tags: { type: 'array', minItems: 1, items: { type: 'string' } },
      asDropdown: { type: 'boolean' },
      targetBlank: { const: false },
      includeVars: { const: true },
      keepTime: { const: true },
    }),
  },
};

/** An object with exactly these. */
function strict(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}
