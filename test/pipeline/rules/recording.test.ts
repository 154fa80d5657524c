import { describe } from 'vitest';
import { account, type Points } from './points.ts';
import { scenario } from './scenario.ts';

const IN_TEST = 'deployment_environment_name="test"';
const AGENT_DAY = `{budget="agent-day", ${IN_TEST}, mode="enforce", reach="process", unit="usd", window="day"}`;
const SHARED = AGENT_DAY.replace('process', 'shared');

function replica(instance: string, store = `store-of-${instance}`): Record<string, string> {
  return { instance, service_instance_id: instance, store };
}

describe('an account is read over three replicas', () => {
  scenario('none', 'that each keep their own: limits and spend add up, and the fullest counts', {
    input: [
      ...account({ labels: replica('a'), limit: '10+0x9', spent: '9+0x9', reserved: '1+0x9', closed: '1+0x9' }),
      ...account({ labels: replica('b'), limit: '10+0x9', spent: '2+0x9', reserved: '0.5+0x9' }),
      ...account({ labels: replica('c'), limit: '10+0x9', spent: '1+0x9' }),
    ],
    values: [
      { at: '5m', expr: 'tollgate:budget_limit:max', is: { [`tollgate:budget_limit:max${AGENT_DAY}`]: 30 } },
      { at: '5m', expr: 'tollgate:budget_spent:max', is: { [`tollgate:budget_spent:max${AGENT_DAY}`]: 12 } },
      { at: '5m', expr: 'tollgate:budget_reserved:sum', is: { [`tollgate:budget_reserved:sum${AGENT_DAY}`]: 1.5 } },
      { at: '5m', expr: 'tollgate:budget_remaining', is: { [`tollgate:budget_remaining${AGENT_DAY}`]: 16.5 } },
      { at: '5m', expr: 'tollgate:budget_closed:max', is: { [`tollgate:budget_closed:max${AGENT_DAY}`]: 1 } },
      { at: '5m', expr: 'tollgate:budget_ratio', is: { [`tollgate:budget_ratio${AGENT_DAY}`]: 0.9 } },
    ],
  });

  const shared = (instance: string): Record<string, string> => ({ ...replica(instance, 'redis'), reach: 'shared' });
  scenario('none', 'that share a store: the latest word counts once, reservations and charges of each add up', {
    input: [
      ...account({ labels: shared('a'), limit: '30+0x9', spent: '6+0x9', reserved: '1+0x9', charged: '0+3x9' }),
      ...account({ labels: shared('b'), limit: '30+0x9', spent: '7+0x9', reserved: '1+0x9', charged: '0+2x9' }),
      ...account({ labels: shared('c'), limit: '30+0x9', spent: '5+0x9', reserved: '1+0x9', charged: '0+1x9' }),
    ],
    values: [
      { at: '5m', expr: 'tollgate:budget_limit:max', is: { [`tollgate:budget_limit:max${SHARED}`]: 30 } },
      { at: '5m', expr: 'tollgate:budget_spent:max', is: { [`tollgate:budget_spent:max${SHARED}`]: 7 } },
      { at: '5m', expr: 'tollgate:budget_reserved:sum', is: { [`tollgate:budget_reserved:sum${SHARED}`]: 3 } },
      { at: '5m', expr: 'tollgate:budget_charged:sum', is: { [`tollgate:budget_charged:sum${SHARED}`]: 30 } },
      { at: '5m', expr: 'tollgate:budget_ratio', is: { [`tollgate:budget_ratio${SHARED}`]: 7 / 30 } },
    ],
  });

  scenario('none', 'of which one that kept its own has ended: its pace ends with its limit', {
    input: [
      ...account({ labels: replica('ended'), limit: '10+0x3', spent: '0+2x3', charged: '0+2x3' }),
      ...account({ labels: replica('alive'), limit: '10+0x12', spent: '0+0.001x12', charged: '0+0.001x12' }),
    ],
    values: [
      { at: '3m', expr: 'count(tollgate:budget_pace:rate30m > 10)', is: { '{}': 1 } },
      { at: '10m', expr: 'count(tollgate:budget_pace:rate30m < 1)', is: { '{}': 1 } },
      { at: '10m', expr: 'count(tollgate:budget_forecast < 10)', is: { '{}': 1 } },
    ],
  });

  scenario('none', 'of which none is alive: five minutes after their last word the account is gone', {
    input: account({
      limit: '10+0x3',
      spent: '9+0x3',
      closed: '1+0x3',
      reserved: '0+0x3',
      charged: '0+3x3',
      window: { start: '0+0x3', end: '86400+0x3' },
    }),
    values: [
      { at: '7m', expr: 'count({__name__=~"tollgate:budget_(limit|spent|closed):max"})', is: { '{}': 3 } },
      { at: '8m', expr: '{__name__=~"tollgate:.*"}', is: {} },
    ],
  });
});

describe('an account when its window ends', () => {
  // A day that ends 20 minutes after the start of the points.
  const yesterday = { start: '-85200+0x60', end: '1200+0x60' };

  scenario('none', 'is left out at midnight where its process died before, although its last words are still there', {
    input: account({ limit: '10+0x18', spent: '9+0x18', closed: '1+0x18', window: yesterday }),
    values: [
      { at: '19m', expr: 'tollgate:budget_spent:max', is: { [`tollgate:budget_spent:max${AGENT_DAY}`]: 9 } },
      { at: '20m', expr: 'tollgate_budget_spent * 0', is: { [rawLabels()]: 0 } },
      { at: '20m', expr: '{__name__=~"tollgate:budget_(spent|limit|closed|window).*"}', is: {} },
    ],
  });

  scenario('none', 'starts anew in a process that lives, whatever a dead one has said last', {
    input: [
      ...account({ labels: replica('dead', 'redis'), limit: '10+0x18', spent: '9+0x18', window: yesterday }),
      ...account({
        labels: replica('alive', 'redis'),
        limit: '10+0x60',
        spent: '9+0x19 0.5+0x40',
        window: { start: '-85200+0x19 1200+0x40', end: '1200+0x19 87600+0x40' },
      }),
    ],
    values: [
      { at: '19m', expr: 'tollgate:budget_spent:max', is: { [`tollgate:budget_spent:max${AGENT_DAY}`]: 9 } },
      { at: '20m', expr: 'tollgate:budget_spent:max', is: { [`tollgate:budget_spent:max${AGENT_DAY}`]: 0.5 } },
      { at: '20m', expr: 'tollgate:budget_limit:max', is: { [`tollgate:budget_limit:max${AGENT_DAY}`]: 10 } },
    ],
  });

  const rolling = AGENT_DAY.replace('"day"', '"rolling"');
  scenario('none', 'stays where the window is rolling: what leaves it is a part, not the whole', {
    input: account({
      labels: { window: 'rolling' },
      limit: '10+0x30',
      spent: '9+0x30',
      window: { start: '-85200+60x30', end: '1200+0x30' },
    }),
    values: [
      { at: '25m', expr: 'tollgate:budget_ratio', is: { [`tollgate:budget_ratio${rolling}`]: 0.9 } },
      { at: '25m', expr: 'tollgate:budget_forecast', is: {} },
    ],
  });

  const total = AGENT_DAY.replace('"day"', '"total"');
  scenario('none', 'has none where it is total', {
    input: account({
      labels: { window: 'total' },
      limit: '10+0x30',
      spent: '9+0x30',
      window: { end: '253402300799+0x30' },
    }),
    values: [
      { at: '25m', expr: 'tollgate:budget_ratio', is: { [`tollgate:budget_ratio${total}`]: 0.9 } },
      { at: '25m', expr: '{__name__=~"tollgate:budget_(window|forecast|pace).*"}', is: {} },
    ],
  });
});

describe('the forecast', () => {
  scenario('none', "is what is spent and what the last hour's rate adds until the window ends", {
    input: account({ limit: '100+0x800', spent: '0+0.05x800', charged: '0+0.05x800' }),
    // At noon 36 are spent at 3 an hour.
    values: [{ at: '12h', expr: 'round(tollgate:budget_forecast, 0.01)', is: { [AGENT_DAY]: 72 } }],
  });

  scenario('none', 'does not take the end of a process for spending', {
    input: [
      ...account({ labels: replica('a', 'redis'), limit: '100+0x800', spent: '0+0.05x800', charged: '0+0.05x800' }),
      ...account({ labels: replica('b', 'redis'), limit: '100+0x700', spent: '0+0.05x700', charged: '9000+0x700' }),
    ],
    values: [{ at: '12h', expr: 'round(tollgate:budget_forecast, 0.01)', is: { [AGENT_DAY]: 72 } }],
  });

  scenario('none', 'is what is spent where nothing was charged yet', {
    input: account({ limit: '100+0x9', spent: '5+0x9' }),
    values: [{ at: '5m', expr: 'tollgate:budget_forecast', is: { [`tollgate:budget_forecast${AGENT_DAY}`]: 5 } }],
  });
});

function rawLabels(): string {
  const own = 'instance="one", job="desk", service_instance_id="one", service_name="desk", store="store-1"';
  return AGENT_DAY.replace('}', `, ${own}}`);
}

describe('a budget by user, whose accounts are shown as one', () => {
  scenario('none', 'has neither pace nor forecast: the charges of all users are against the limit of one', {
    input: account({ labels: { user_id: '(any user)' }, limit: '1+0x90', spent: '0.5+0x90', charged: '0+1x90' }),
    values: ['pace:rate1h', 'forecast', 'ratio'].map((name) => ({
      at: '60m',
      expr: `count(tollgate:budget_${name}) or vector(0)`,
      is: { '{}': name === 'ratio' ? 1 : 0 },
    })),
  });
});

describe('the budget of an environment', () => {
  const of = (environment: string, budget: string, limit: string, labels: Record<string, string> = {}): Points[] =>
    account({
      labels: { deployment_environment_name: environment, budget, ...labels },
      limit,
      spent: '0+0x9',
      window: { start: '0+0x9', end: '2592000+0x9' },
    });
  const critic = { gen_ai_agent_name: 'critic' };
  const month = { window: 'month' };
  const named = (environment: string, budget: string, window: string): string =>
    `tollgate:common_budget_limit:max{budget="${budget}", deployment_environment_name="${environment}", mode="enforce", reach="process", unit="usd", window="${window}"}`;

  scenario(
    'none',
    'is the widest that all calls share, by the day rather than by the month, none by agent or by task',
    {
      input: [
        ...of('test', 'company-day', '50+0x9'),
        ...of('test', 'research-day', '5+0x9'),
        ...of('test', 'agent-day', '100+0x9', critic),
        ...of('test', 'task-day', '200+0x9', { tollgate_task_id: '(any task)' }),
        ...of('test', 'company-month', '1000+0x9', month),
        ...of('live', 'agent-day', '100+0x9', critic),
        ...of('live', 'company-month', '1000+0x9', month),
        ...of('bare', 'agent-day', '100+0x9', critic),
      ],
      values: [
        {
          at: '5m',
          expr: 'tollgate:common_budget_limit:max',
          is: { [named('test', 'company-day', 'day')]: 50, [named('live', 'company-month', 'month')]: 1000 },
        },
      ],
    },
  );
});
