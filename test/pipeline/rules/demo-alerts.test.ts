import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BudgetSpec } from '../../../packages/otel/src/index.ts';
import { ask } from '../../otel/run-app.ts';
import type { StubbornAnswer, StubbornSettings } from '../apps/stubborn-team.ts';
import { poll } from '../poll.ts';
import { startPipeline, type Pipeline } from '../start-pipeline.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { RULES } from './scenario.ts';
import { selectorsOfRules } from './selectors.ts';
import { alertmanagerPath, NO_ALERTMANAGER, startAlertmanager } from './start-alertmanager.ts';
import { startWebhook, type Webhook } from './webhook.ts';

/** What rules read that is only there when something is wrong, or not as in this team: each has been seen in a test of its alert. */
const NOT_THERE = [
  /^tollgate_(config_errors|label_overflow)_total$/,
  /^tollgate_unpriced_total/,
  /^tollgate_cost_assumed_total/,
  /^otelcol_connector_gen_ai_usage_sampled_spans_total$/,
  // A budget by user or session.
  /^tollgate:budget_ratio\{(user_id|session_id)!=""\}$/,
  // Spend without an agent, or with a team.
  /^tollgate_cost_total\{(gen_ai_agent_name=""|tollgate_team!="")\}$/,
];

/** The seeds' four: the first and the third page. */
const FOUR = {
  deny: ['TollgateBudgetExceeded', 'TollgateAgentSpike', 'TollgateRefusedTaskCallsOn', 'TollgateBudgetForecast'],
  warn: ['TollgateBudgetExceeded', 'TollgateAgentSpike', 'TollgateRunawayTask', 'TollgateBudgetForecast'],
};

interface Run {
  pipeline: Pipeline;
  webhook: Webhook;
  said: StubbornAnswer;
}

const APP = new URL('../apps/stubborn-team.ts', import.meta.url).pathname;
/** Where there is no Alertmanager, all is run but what it would have told. */
const alertmanager = await alertmanagerPath();

const owned = new AsyncDisposableStack();
const runs: Run[] = [];
afterAll(() => owned.disposeAsync());

describe.each(['deny', 'warn'] as const)('a run of the demo team whose budgets %s', (onExceed) => {
  let run: Run;
  beforeAll(async () => {
    run = await play(onExceed);
    runs.push(run);
  }, 120_000);

  test.each(FOUR[onExceed])('sets off %s in Prometheus', async (alert) => {
    const firing = `ALERTS{alertname="${alert}", alertstate="firing"}`;
    const samples = await poll(`${alert} fires`, async () => {
      const found = await run.pipeline.query(firing);
      return found.length > 0 ? found : undefined;
    });
    expect(samples.length).toBeGreaterThan(0);
  });

  test('lets every rule be evaluated', async () => {
    const answer = await fetch(`${run.pipeline.prometheusUrl}/api/v1/rules`);
    const { data } = (await answer.json()) as { data: { groups: { rules: { name: string; lastError?: string }[] }[] } };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(30);
    expect(rules.filter(({ lastError = '' }) => lastError !== '')).toEqual([]);
  });

  test('tells the webhook for pages who, what and how much, with links that lead there', async (context) => {
    if (alertmanager === undefined) context.skip(NO_ALERTMANAGER);
    const told = await poll('two pages', async () => {
      const pages = run.webhook.told.filter(({ labels }) => PAGES[onExceed].includes(labels['alertname'] ?? ''));
      return new Set(pages.map(({ labels }) => labels['alertname'])).size === 2 ? pages : undefined;
    });
    const [budget, task] = PAGES[onExceed].map((name) => told.find(({ labels }) => labels['alertname'] === name));
    expect(budget).toMatchObject({
      receiver: 'pages',
      status: 'firing',
      labels: { priority: 'P1', budget: 'agent-day', gen_ai_agent_name: 'critic', team: 'platform' },
      annotations: {
        summary: 'Budget agent-day, agent critic is used up',
        description: expect.stringMatching(/^\$0\.0\d of \$0\.0\d is spent \(\d+\.?\d*%, window: day\)\./),
        runbook_url: expect.stringMatching(/runbook\.md#tollgatebudgetexceeded$/),
        dashboard_url: expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:3000\/d\/tollgate-budgets\?.*&var-agent=critic&var-budget=agent-day$/,
        ),
      },
    });
    expect(task).toMatchObject({
      receiver: 'pages',
      labels: { priority: 'P1', tollgate_task_id: 'P-1', gen_ai_agent_name: 'critic' },
      annotations: {
        summary: expect.stringContaining('Task P-1'),
        description: expect.stringMatching(/\d/),
        dashboard_url: expect.stringMatching(/\/d\/tollgate-tasks\?.*&var-task=P-1$/),
      },
    });
    expect(
      run.webhook.told.filter(({ receiver }) => receiver === 'tickets').map(({ labels }) => labels['severity']),
    ).not.toContain('page');
  });

  test('names no task but the one that goes on: another of the same agent was refused once, and ended', async () => {
    const task = `ALERTS{alertname=~"TollgateRefusedTaskCallsOn|TollgateRunawayTask", alertstate="firing"}`;
    const named = await run.pipeline.query(`count by (tollgate_task_id, gen_ai_agent_name) (${task})`);
    expect(named.map(({ labels }) => labels)).toEqual([{ tollgate_task_id: 'P-1', gen_ai_agent_name: 'critic' }]);
    const quiet = await run.pipeline.query('tollgate_task_denied{tollgate_task_id="P-2", gen_ai_agent_name="critic"}');
    expect(quiet.map(({ value }) => value)).toEqual(onExceed === 'deny' ? [1] : []);
  });

  test('sets off nothing that is not so', async () => {
    const firing = await run.pipeline.query('count by (alertname) (ALERTS{alertstate="firing"})');
    const names = firing.map(({ labels }) => labels['alertname'] ?? '').toSorted();
    // A day's limit that is gone within seconds burns fast, and passes 80 % on its way.
    const fitting = [...FOUR[onExceed], 'TollgateFastBurn', 'TollgateSlowBurn', 'TollgateBudgetSoftLimit'];
    expect(names.filter((name) => !fitting.includes(name))).toEqual([]);
    expect(run.said.denied > 20).toBe(onExceed === 'deny');
  });
});

test('no rule reads what nobody writes', async () => {
  const missing = await Promise.all(
    selectorsOfRules().map(async (selector) => {
      const counts = await Promise.all(runs.map(({ pipeline }) => pipeline.query(`count(${selector})`)));
      return counts.some((samples) => samples.length > 0) ? [] : [selector];
    }),
  );
  expect(missing.flat().filter((selector) => !NOT_THERE.some((known) => known.test(selector)))).toEqual([]);
});

/** Of these, the P1. */
const PAGES = {
  deny: ['TollgateBudgetExceeded', 'TollgateRefusedTaskCallsOn'],
  warn: ['TollgateBudgetExceeded', 'TollgateRunawayTask'],
};

/** A call of the critic wants 0.017 put aside, and costs 0.007. */
const LIMITS = { deny: { task: 0.03, day: 0.035 }, warn: { task: 0.006, day: 0.015 } };
const LOOP_MS = { deny: 30_000, warn: 5000 };

function budgets(onExceed: 'deny' | 'warn'): BudgetSpec[] {
  const limit = LIMITS[onExceed];
  const day = { window: 'day', timeZone: zoneWhereADayBegins(), onExceed } as const;
  return [
    { name: 'one-task', limit: { usd: limit.task }, window: 'total', by: ['task'], onExceed },
    { name: 'agent-day', limit: { usd: limit.day }, by: ['agent'], ...day },
    { name: 'agent-hour', limit: { usd: 0.002 }, window: 'hour', by: ['agent'], onExceed: 'warn' },
    { name: 'company-day', limit: { usd: 50, tokens: 10_000_000, calls: 100_000 }, window: 'day' },
    { name: 'company-week', limit: { usd: 50 }, window: 'week' },
    { name: 'company-month', limit: { usd: 100 }, window: 'month' },
    { name: 'any-day', limit: { tokens: 10_000_000 }, window: { rolling: '24h' } },
    { name: 'research-day', limit: { usd: 0.05 }, match: { agent: 'researcher' }, ...day },
  ];
}

async function play(onExceed: 'deny' | 'warn'): Promise<Run> {
  const webhook = owned.use(await startWebhook());
  const folder = await temporaryFolder();
  owned.defer(() => folder.remove());
  const prometheus = {
    rules: await withoutWaiting(join(folder.path, 'rules')),
    ...(alertmanager !== undefined && {
      alertmanager: owned.use(await startAlertmanager(alertmanager, webhook.urls)).address,
    }),
  };
  const pipeline = owned.use(await startPipeline({ prometheus }));
  const settings: StubbornSettings = { budgets: budgets(onExceed), loopMs: LOOP_MS[onExceed] };
  const env = { ...pipeline.env(), OTEL_METRIC_EXPORT_INTERVAL: '500', OTEL_METRIC_EXPORT_TIMEOUT: '500' };
  const said = await ask<StubbornAnswer>(APP, { settings, env });
  return { pipeline, webhook, said };
}

/** Where it is between midnight and one o'clock: most of the day is still to be forecast. */
function zoneWhereADayBegins(): string {
  const hour = new Date().getUTCHours();
  return hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}`;
}

/** The committed rules, but that nobody waits: what `for` does, promtool has shown. */
async function withoutWaiting(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    RULES.map(async (file) => {
      const copy = join(folder, basename(file));
      await writeFile(copy, (await readFile(file, 'utf8')).replace(/^ +for: .*\n/gm, ''));
      return copy;
    }),
  );
}
