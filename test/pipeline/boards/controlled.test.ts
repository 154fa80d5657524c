import type { BudgetSpec } from '@tollgate/otel';
import { startProvider } from '@tollgate/provider-sim';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL } from '../../../dashboards/src/check/interpolate.ts';
import { ask as run } from '../../otel/run-app.ts';
import { poll } from '../poll.ts';
import { RULES } from '../rules/scenario.ts';
import { startPipeline, type Pipeline } from '../start-pipeline.ts';
import { ask, asked, type Answered } from './ask-panel.ts';
import type { ControlledSettings } from './controlled-app.ts';

const APP = new URL('controlled-app.ts', import.meta.url).pathname;
/** A window without an end that could come while the test runs. */
const day = { window: { rolling: '24h' } } as const;

const BUDGETS: readonly BudgetSpec[] = [
  { name: 'paused-day', limit: { usd: 10, calls: 100 }, match: { agent: 'paused' }, ...day },
  { name: 'lowered-day', limit: { calls: 100 }, match: { agent: 'lowered' }, ...day },
  { name: 'exhausted-day', limit: { calls: 2 }, match: { agent: 'exhausted' }, ...day },
  { name: 'user-day', limit: { calls: 2 }, by: ['user'], ...day },
  { name: 'service-day', limit: { calls: 3 }, by: ['agent'], match: { agent: 'controlled' }, ...day },
];
/** Of the agent that is paused, of the one whose limit is lowered, of the one that uses its up, of a user, and without an agent. */
const DENIED = 2 + 2 + 1 + 1 + 10;

let pipeline: Pipeline;
let denied: number;
beforeAll(async () => {
  pipeline = await startPipeline({ prometheus: { rules: [...RULES] } });
  await using openai = await startProvider();
  const settings: ControlledSettings = { openaiBaseUrl: openai.openaiBaseUrl, budgets: BUDGETS };
  ({ denied } = await run<{ denied: number }>(APP, { settings, env: pipeline.env() }));
  await pipeline.flush();
  // Each is in a group of its own, evaluated at its own time.
  await Promise.all(
    ['TollgateBudgetExceeded', 'TollgateQuotaUsedUp', 'TollgateRefusedTaskCallsOn'].map((alert) =>
      poll(`${alert} fires`, async () => ((await firing(alert)).length > 0 ? true : undefined)),
    ),
  );
}, 120_000);
afterAll(() => pipeline.stop());

async function firing(alert: string): Promise<Record<string, string>[]> {
  const samples = await pipeline.query(`ALERTS{alertname="${alert}", alertstate="firing"}`);
  return samples.map(({ labels }) => labels).toSorted((a, b) => String(a['budget']).localeCompare(String(b['budget'])));
}

function panel(name: string): Promise<Answered[]> {
  return ask(pipeline.prometheusUrl, asked(name), ALL);
}

test('what stops calls does so', () => expect(denied).toBe(DENIED));

test('budgets that are used up page, once and by name: none that is paused, or set to 0', async () => {
  expect(await firing('TollgateBudgetExceeded')).toMatchObject([
    { budget: 'exhausted-day', gen_ai_agent_name: 'exhausted', unit: 'calls' },
    { budget: 'service-day', gen_ai_agent_name: 'controlled', unit: 'calls' },
  ]);
});

test('a user whose quota is used up is no page', async () => {
  expect(await firing('TollgateQuotaUsedUp')).toMatchObject([{ budget: 'user-day', user_id: '(any user)' }]);
});

test('a task that calls on is told without an agent, where its calls have none', async () => {
  const [told, ...others] = await firing('TollgateRefusedTaskCallsOn');
  expect(others).toEqual([]);
  expect(told).toMatchObject({ tollgate_task_id: 'T-untagged' });
  expect(told).not.toHaveProperty('gen_ai_agent_name');
  const [row] = await panel('tollgate-overview: Tasks that are refused (A)');
  expect(row).toMatchObject({ labels: { tollgate_task_id: 'T-untagged' }, value: 10 });
});

test('spend without an agent is shown by service', async () => {
  const [row, ...others] = await panel('tollgate-pipeline: Spend without an agent (A)');
  expect(others).toEqual([]);
  expect(row?.labels).toMatchObject({ service_name: 'controlled' });
  expect(row?.value).toBeGreaterThan(0);
});

test('no budget of one agent is taken for the budget that all calls share', async () => {
  expect(await panel('tollgate-overview: Spent against the budget (A)')).toEqual([]);
});

test('every refused call that becomes a span says why, as the board of tasks asks for it', async () => {
  const spans = (await pipeline.spans('controlled')).filter(({ attributes }) => 'tollgate.denial.reason' in attributes);
  const reasons = new Set(spans.map(({ attributes }) => attributes['tollgate.denial.reason']));
  expect(reasons).toContain('paused');
  expect(spans.some(({ attributes }) => attributes['gen_ai.agent.name'] === undefined)).toBe(true);
});
