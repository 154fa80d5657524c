import type { UsageRow } from '@tollgate/otel';
import { ATTRIBUTES, type AttributeType } from '@tollgate/otel/conventions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL, interpolate, type Values } from '../../../dashboards/src/check/interpolate.ts';
import { toNanoUsd } from '../series.ts';
import { ask, ASKED, asked, TRACEQL_ATTRIBUTES, type Answered } from './ask-panel.ts';
import { startKnownRun, TAGS, type KnownRun } from './known-run.ts';

const DEMO: Values = { ...ALL, environment: '(demo)' };

let run: KnownRun;
beforeAll(async () => {
  run = await startKnownRun();
}, 180_000);
afterAll(() => run.pipeline.stop());

function answer(name: string, values: Values = ALL): Promise<Answered[]> {
  return ask(run.pipeline.prometheusUrl, asked(name), values);
}

async function figure(name: string, values: Values = ALL): Promise<number> {
  const samples = await answer(name, values);
  expect(samples, name).toHaveLength(1);
  return samples[0]?.value ?? Number.NaN;
}

/** What has cost anything, in integer nano-USD by the value of a label. */
async function moneyBy(name: string, label: string, values: Values = ALL): Promise<Record<string, number>> {
  const parts = (await answer(name, values)).map(
    ({ labels, value }) => [labels[label] ?? '', toNanoUsd(value)] as const,
  );
  return addUp(parts);
}

function addUp(parts: readonly (readonly [of: string, nanoUsd: number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [of, nanoUsd] of parts) if (nanoUsd > 0) sums[of] = (sums[of] ?? 0) + nanoUsd;
  return sums;
}

/** The ledgers' own rows, by agent or by model. */
function ledgers(dimension: 'agent' | 'model'): UsageRow[] {
  return [...run.demo.by[dimension], ...run.acts.rows, ...run.collected.rows, ...run.tagged, ...run.attached];
}

function ledgersBy(dimension: 'agent' | 'model'): Record<string, number> {
  return addUp(ledgers(dimension).map(({ by, nanoUsd }) => [by[dimension] ?? '', nanoUsd]));
}

function inLedgers(amount: 'nanoUsd' | 'assumedNanoUsd' | 'estimatedNanoUsd' | 'denied'): number {
  return ledgers('agent').reduce((sum, row) => sum + row[amount], 0);
}

describe('every query of every panel', () => {
  test('is answered, and not empty unless the panel says why it may be', async () => {
    const empty: string[] = [];
    for (const query of ASKED) {
      const samples = await ask(run.pipeline.prometheusUrl, query, ALL);
      if (query.quiet === undefined && !samples.some(({ value }) => Number.isFinite(value))) empty.push(query.name);
    }
    expect(empty).toEqual([]);
    expect(ASKED.length).toBeGreaterThan(60);
  });

  test('is about the agent that is chosen, where it says that it can be narrowed to one', async () => {
    const narrowed = ASKED.filter(({ expr }) => expr.includes('$agent'));
    const others = new Set<string>();
    for (const query of narrowed) {
      const samples = await ask(run.pipeline.prometheusUrl, query, { ...ALL, agent: '(planner)' });
      for (const { labels } of samples) others.add(labels['gen_ai_agent_name'] ?? 'planner');
    }
    expect(narrowed.length).toBeGreaterThan(40);
    expect([...others]).toEqual(['planner']);
  });
});

describe('totals on panels', () => {
  test('are the ledgers’ by agent, to the nano-USD, whoever counted', async () => {
    expect(await moneyBy('tollgate-agents: Agents (A)', 'gen_ai_agent_name')).toEqual(ledgersBy('agent'));
  });

  test('are the ledgers’ by model', async () => {
    expect(await moneyBy('tollgate-models: Models (A)', 'gen_ai_request_model')).toEqual(ledgersBy('model'));
  });

  test('are the greatest ten where only ten have room', async () => {
    const [first, ...rest] = Object.entries(
      await moneyBy('tollgate-overview: Spend by agent (A)', 'gen_ai_agent_name'),
    );
    const greatest = Object.entries(ledgersBy('agent')).toSorted(([, a], [, b]) => b - a);
    expect(first).toEqual(greatest[0]);
    expect(rest).toHaveLength(9);
  });

  test('are of the agent, the environment and the team that are chosen', async () => {
    const name = 'tollgate-agents: Agents (A)';
    const { planner } = ledgersBy('agent');
    expect(planner).toBeGreaterThan(0);
    expect(await moneyBy(name, 'gen_ai_agent_name', { ...ALL, agent: '(planner)' })).toEqual({ planner });
    const ofDemo = addUp(run.demo.by.agent.map(({ by, nanoUsd }) => [by.agent ?? '', nanoUsd]));
    expect(await moneyBy(name, 'gen_ai_agent_name', DEMO)).toEqual(ofDemo);
    const ofTeam = await moneyBy('tollgate-overview: Spend by team (A)', 'tollgate_team', {
      ...ALL,
      team: `(${TAGS.team})`,
    });
    expect(ofTeam).toEqual({ [TAGS.team]: run.tagged[0]?.nanoUsd });
  });

  test('count the calls that a limit stopped', async () => {
    expect(await figure('tollgate-overview: Calls that a limit stopped (A)')).toBe(inLedgers('denied'));
  });

  test('have the one task that a budget has ended, by its type', async () => {
    const ended = await answer('tollgate-agents: What a task costs (D)', DEMO);
    const byType = Object.fromEntries(ended.map(({ labels, value }) => [labels['tollgate_task_type'], value]));
    expect(byType).toEqual({ brief: 0, polish: 1 });
  });

  test('have the average cost of a task as the ledger has it', async () => {
    const briefs = run.demo.by.task.filter(({ by }) => by.task?.startsWith('B-'));
    const average = briefs.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) / briefs.length;
    const shown = await moneyBy('tollgate-agents: What a task costs (A)', 'tollgate_task_type');
    expect(briefs).toHaveLength(3);
    expect(Math.abs((shown['brief'] ?? 0) - average)).toBeLessThan(1);
  });
});

describe('the overview', () => {
  test('has what was spent today as the budget’s own ledger says it', async () => {
    const standing = run.demo.budgets.find(({ budget }) => budget === 'company-day');
    const spent = standing?.spent.nanoUsd ?? 0;
    expect(spent).toBe(run.demo.ledger.nanoUsd);
    const limit = standing?.limit.nanoUsd ?? 0;
    expect(toNanoUsd(await figure('tollgate-overview: Spent against the budget (A)', DEMO))).toBe(spent);
    expect(toNanoUsd(await figure('tollgate-overview: Spent against the budget (B)', DEMO))).toBe(limit);
    expect(await figure('tollgate-overview: Of its limit (A)', DEMO)).toBeCloseTo(spent / limit, 9);
    expect(await figure('tollgate-overview: By the end of its window (A)', DEMO)).toBeGreaterThan(0);
  });

  test.each(['Spent against the budget (A)', 'Spent against the budget (B)', 'Of its limit (A)'])(
    'says in “%s” which budget of which environment it is about: the one that all share, not one by agent or of some',
    async (name) => {
      const samples = await answer(`tollgate-overview: ${name}`);
      const { legend } = asked(`tollgate-overview: ${name}`);
      const names = samples.map(({ labels }) => legend.replace(/\{\{(\w+)\}\}/g, (_, key) => labels[key] ?? ''));
      expect(names.toSorted()).toEqual([
        expect.stringContaining('company-day (day) demo'),
        expect.stringContaining('company-month (month) test'),
      ]);
    },
  );

  test('counts as running away a task that goes on though it is refused, and none that has ended at its first no', async () => {
    expect(await figure('tollgate-overview: Tasks running away (A)')).toBe(1);
    const refused = await answer('tollgate-overview: Tasks that are refused (A)');
    const byTask = Object.fromEntries(refused.map(({ labels, value }) => [labels['tollgate_task_id'], value]));
    expect(byTask).toMatchObject({ 'P-1': 1, 'T-tagged': 11 });
  });

  test('names the task that a budget has ended', async () => {
    const over = await answer('tollgate-overview: Tasks over their budget (A)');
    expect(over.map(({ labels }) => labels['tollgate_task_id'])).toContain('P-1');
  });

  test('has the shares of spend that are estimated, unpriced, untagged and without a budget', async () => {
    const spent = inLedgers('nanoUsd');
    const assumed = inLedgers('assumedNanoUsd');
    const uncovered = run.collected.nanoUsd;
    expect(await figure('tollgate-overview: Estimated (A)')).toBeCloseTo(inLedgers('estimatedNanoUsd') / spent, 9);
    expect(await figure('tollgate-overview: Unpriced (A)')).toBeCloseTo(assumed / (spent + assumed), 9);
    expect(await figure('tollgate-overview: Untagged (A)')).toBe(0);
    expect(await figure('tollgate-overview: Not covered by a budget (A)')).toBeCloseTo(uncovered / spent, 9);
    expect(assumed).toBeGreaterThan(0);
    expect(uncovered).toBeGreaterThan(0);
  });
});

describe('pipeline health', () => {
  test('has what was spent without a team, by service: it adds up to what teams have not spent', async () => {
    const byService = await moneyBy('tollgate-pipeline: Spend without a team (A)', 'service_name');
    const sum = Object.values(byService).reduce((a, b) => a + b, 0);
    expect(sum).toBe(inLedgers('nanoUsd') - (run.tagged[0]?.nanoUsd ?? 0));
    expect(byService['acts']).toBe(addUp(run.acts.rows.map(({ nanoUsd }) => ['', nanoUsd]))['']);
  });

  test('is about the environment that is chosen', async () => {
    const writers = await answer('tollgate-pipeline: Processes and Collectors (A)', DEMO);
    expect(new Set(writers.map(({ labels }) => labels['service_name']))).toEqual(new Set(['tollgate-demo']));
    expect(await answer('tollgate-pipeline: Calls without a sure price (A)', DEMO)).toEqual([]);
    expect(await answer('tollgate-pipeline: Calls without a sure price (A)')).not.toEqual([]);
  });
});

const FITTING: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  // Jaeger keeps lists as their JSON.
  'string[]': 'string',
  int: 'number',
  double: 'number',
  boolean: 'boolean',
};

describe('the table of budgets', () => {
  test('has a row for each account, by what it is of', async () => {
    const rows = await answer('tollgate-budgets: Budgets in USD (B)', DEMO);
    const accounts = rows.map(({ labels }) => `${labels['budget']}: ${labels['account']}`);
    const agents = run.demo.by.agent.map(({ by }) => `agent-day: ${by.agent}`);
    expect(accounts.toSorted()).toEqual(['company-day: all', 'one-task: (any task)', ...agents].toSorted());
  });

  test('says of a budget that matches some calls whose they are', async () => {
    const rows = await answer('tollgate-budgets: Budgets in USD (B)', { ...ALL, environment: '(test)' });
    const of = (name: string): unknown => rows.find(({ labels }) => labels['budget'] === name)?.labels['account'];
    expect(of('one-agent')).toBe('refused');
    expect(of('some-agents')).toBe('(some agent)');
  });

  test('joins its columns: every one has the same labels', async () => {
    const labelsOf = async (column: string): Promise<string[]> =>
      (await answer(`tollgate-budgets: Budgets in USD (${column})`))
        .map(({ labels }) => Object.entries(labels).filter(([name]) => name !== '__name__'))
        .map((entries) => entries.map(String).toSorted().join(' '))
        .toSorted();
    const used = await labelsOf('A');
    for (const column of 'BCDE') expect(await labelsOf(column), column).toEqual(used);
    // A total has no end, so neither forecast nor end.
    for (const column of 'FG') expect(used, column).toEqual(expect.arrayContaining(await labelsOf(column)));
  });
});

describe('every attribute that TraceQL names', () => {
  test('is on spans of the run, with the type that the conventions say', async () => {
    const services = await Promise.all(
      ['tollgate-demo', 'acts', 'collected', 'tagged'].map((service) => run.pipeline.spans(service)),
    );
    const seen = new Map<string, Set<string>>();
    for (const { attributes } of services.flat()) {
      for (const [key, value] of Object.entries(attributes)) {
        seen.set(key, (seen.get(key) ?? new Set<string>()).add(typeof value));
      }
    }
    for (const key of TRACEQL_ATTRIBUTES)
      expect([...(seen.get(key) ?? [])], key).toEqual([FITTING[ATTRIBUTES[key].type]]);
  });
});

test('exemplars of curves name traces that exist, by the label that the data source looks for', async () => {
  const query = interpolate(asked('tollgate-models: Duration (95th percentile) (A)').expr, ALL);
  const now = Date.now() / 1000;
  const body = new URLSearchParams({ query, start: String(now - 3600), end: String(now) });
  const response = await fetch(`${run.pipeline.prometheusUrl}/api/v1/query_exemplars`, { method: 'POST', body });
  const { data } = (await response.json()) as { data: { exemplars: { labels: { trace_id?: string } }[] }[] };
  const named = new Set(data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id)));
  const stored = new Set((await run.pipeline.spans('collected')).map(({ traceId }) => traceId));
  expect(named.size).toBeGreaterThan(0);
  expect([...named].filter((id) => id === undefined || !stored.has(id))).toEqual([]);
});
