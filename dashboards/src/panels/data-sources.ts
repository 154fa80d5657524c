import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The data source that a board's variable `metrics` names: Prometheus, Mimir or what speaks like them. */
export const METRICS_SOURCE: DataSourceRef = { type: 'prometheus', uid: '${metrics}' };

/** The data source that a board's variable `traces` names: Tempo. */
export const TRACES_SOURCE: DataSourceRef = { type: 'tempo', uid: '${traces}' };
