import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runbookLink } from '../../../dashboards/src/rules/links.ts';
import { execute, ROOT } from '../../steps.ts';
import { programPath } from '../programs.ts';
import { expect, test } from 'vitest';
import type { Points } from './points.ts';

/** What rules are given, and what must come of it. Times are promtool's: `90s`, `1d4h`. */
export interface Scenario {
  input: readonly Points[];
  /** Time between two points, and two evaluations. Default `1m`. */
  interval?: string | undefined;
  /** How many alerts of that name fire, by time. */
  firing?: Readonly<Record<string, number>> | undefined;
  /** The one alert of that name that fires at a time, with every label and every annotation. */
  says?: Saying | undefined;
  /** What expressions give, by time; the numbers by labels in PromQL's words. */
  values?: readonly { at: string; expr: string; is: Readonly<Record<string, number>> }[] | undefined;
}

/** An alert in full, but for the link to its section in the runbook, which follows from its name. */
export interface Saying {
  at: string;
  labels: Readonly<Record<string, string>>;
  summary: string;
  description: string;
  dashboard: string;
}

/** The committed rule files. */
export const RULES: readonly string[] = ['recording', 'pages', 'tickets'].map((name) =>
  join(ROOT, 'dashboards', 'rules', `${name}.yml`),
);
// The first test builds promtool where it is not built yet.
const BUILD_MS = 600_000;

interface PromtoolTest {
  interval: string;
  [part: string]: unknown;
}

const GRAFANA = 'https://grafana.test';

/** Declares a test: plays a scenario of an alert to the committed rules; promtool's words are the failure. */
export function scenario(alert: string, title: string, played: Scenario): void {
  test.each([title])('%s', { timeout: BUILD_MS }, async () => {
    expect(await verdictOf(alert, toTest(alert, played))).toContain('SUCCESS');
  });
}

function toTest(alert: string, { interval = '1m', input, firing = {}, says, values = [] }: Scenario): PromtoolTest {
  const counts = Object.entries(firing).map(([at, count]) => ({
    expr: `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`,
    eval_time: at,
    exp_samples: [{ labels: '{}', value: count }],
  }));
  const asked = values.map(({ at, expr, is }) => ({
    expr,
    eval_time: at,
    exp_samples: Object.entries(is).map(([labels, value]) => ({ labels, value })),
  }));
  return {
    interval,
    input_series: input,
    external_labels: { grafana_url: GRAFANA },
    promql_expr_test: [...counts, ...asked],
    alert_rule_test: says === undefined ? [] : [toAlertTest(alert, says)],
  };
}

function toAlertTest(alert: string, { at, labels, summary, description, dashboard }: Saying): object {
  const links = { runbook_url: runbookLink(alert), dashboard_url: `${GRAFANA}${dashboard}` };
  const expected = { exp_labels: labels, exp_annotations: { summary, description, ...links } };
  return { alertname: alert, eval_time: at, exp_alerts: [expected] };
}

async function verdictOf(alert: string, played: PromtoolTest): Promise<string> {
  const rules = rulesOf(alert);
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-rules-'));
  try {
    const file = join(folder, 'test.yml');
    const pace = { evaluation_interval: played.interval, group_eval_order: groupsOf(rules) };
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ rule_files: rules, ...pace, tests: [played] }));
    return await execute(await programPath('promtool'), ['test', 'rules', file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The recordings and the file that the alert is in: evaluating all the rest takes most of the time. */
function rulesOf(alert: string): string[] {
  return RULES.filter(
    (file) => file.endsWith('recording.yml') || readFileSync(file, 'utf8').includes(`- alert: ${alert}\n`),
  );
}

/** Those that are not named come in any order: recordings would be of the evaluation before. */
function groupsOf(rules: readonly string[]): string[] {
  return rules.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=^ {2}- name: ).*/gm) ?? []);
}
