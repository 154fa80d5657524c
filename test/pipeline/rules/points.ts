import type { MetricName } from '@tollgate/otel/conventions';
import { series } from '../../../dashboards/src/promql/names.ts';

/** A series with its points in promtool's words: `0+1x5` is 0, 1, … 5. */
export interface Points {
  series: string;
  values: string;
}

/** Labels by their names in Prometheus. */
export type Labels = Readonly<Record<string, string>>;

/** The labels of a process: what its resource says of it. */
export function processLabels(instance = 'one'): Labels {
  return {
    deployment_environment_name: 'test',
    service_name: 'desk',
    service_instance_id: instance,
    job: 'desk',
    instance,
  };
}

/** The labels of an alert about the account that `account` tells of. */
export const ACCOUNT_ALERT: Labels = {
  deployment_environment_name: 'test',
  budget: 'agent-day',
  unit: 'usd',
  window: 'day',
  reach: 'process',
  mode: 'enforce',
  team: 'platform',
};

/** Points of a metric as a process writes them. `part`: of a histogram. */
export function points(metric: MetricName, labels: Labels, values: string, part = ''): Points {
  const all = Object.entries({ ...processLabels(), ...labels }).map(([key, value]) => `${key}="${value}"`);
  return { series: `${series(metric)}${part}{${all.join(',')}}`, values };
}

/** What one process tells about one account. Values in promtool's words; what is left out is 0, or not there at all. */
export interface Told {
  labels?: Labels | undefined;
  limit: string;
  spent: string;
  closed?: string | undefined;
  reserved?: string | undefined;
  charged?: string | undefined;
  /** Unix seconds. Default: the first day of 1970. */
  window?: { start?: string | undefined; end: string } | undefined;
}

const ACCOUNT: Labels = {
  budget: 'agent-day',
  unit: 'usd',
  window: 'day',
  reach: 'process',
  store: 'store-1',
  mode: 'enforce',
};
const DAY = { start: '0+0x9000', end: '86400+0x9000' };

/** Calls that an account has refused because it was exhausted. */
export function refusals(values: string, labels: Labels = {}): Points {
  const { unit: _unit, ...ofCall } = ACCOUNT;
  return points('tollgate.budget.decisions', { ...ofCall, ...labels, decision: 'deny', reason: 'exhausted' }, values);
}

/** All series of an account, as one process writes them. */
export function account({ labels, limit, spent, closed, reserved, charged, window = DAY }: Told): Points[] {
  const nothing = '0+0x9000';
  const values: [MetricName, string | undefined][] = [
    ['tollgate.budget.limit', limit],
    ['tollgate.budget.spent', spent],
    ['tollgate.budget.closed', closed ?? nothing],
    ['tollgate.budget.reserved', reserved ?? nothing],
    ['tollgate.budget.window.start', window.start],
    ['tollgate.budget.window.end', window.end],
    ['tollgate.budget.charged', charged],
  ];
  return values.flatMap(([metric, text]) =>
    text === undefined ? [] : [points(metric, { ...ACCOUNT, ...labels }, text)],
  );
}
