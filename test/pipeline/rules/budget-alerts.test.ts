import { describe } from 'vitest';
import { account, ACCOUNT_ALERT, refusals } from './points.ts';
import { scenario } from './scenario.ts';

const CRITIC = { gen_ai_agent_name: 'critic' };
const LABELS = { ...ACCOUNT_ALERT, ...CRITIC };
const BOARD = '/d/tollgate-budgets?from=now-6h&to=now&var-environment=test&var-agent=critic&var-budget=agent-day';
const USER = { budget: 'user-day', user_id: '(any user)' };
const LONG_DAY = { start: '0+0x600', end: '180000+0x600' };
/** A day that ends 30 minutes after the start of the points. */
const ENDING = { start: '-84600+0x29 1800+0x60', end: '1800+0x29 88200+0x60' };

describe('TollgateBudgetExceeded', () => {
  const alert = 'TollgateBudgetExceeded';

  scenario(alert, 'pages in deny when the account closes, though a little is left, and is over soon after midnight', {
    input: [
      ...account({
        labels: CRITIC,
        limit: '0.15+0x90',
        spent: '0+0.0149x9 0.148+0x19 0+0x60',
        closed: '0+0x9 1+0x19 0+0x60',
        window: ENDING,
      }),
      refusals('_x10 1+0x80', CRITIC),
    ],
    firing: { '9m': 0, '10m': 1, '29m': 1, '33m': 0, '60m': 0 },
    says: {
      at: '15m',
      labels: { ...LABELS, severity: 'page', priority: 'P1' },
      summary: 'Budget agent-day, agent critic is used up',
      description:
        '$0.15 of $0.15 is spent (98.67%, window: day). Where the budget is enforced, every call is refused until the window ends or the limit is raised; where it warns or observes, spending goes on.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'pages in warn and in observe when the limit is spent, though nothing closes', {
    input: account({
      labels: { ...CRITIC, mode: 'observe' },
      limit: '10+0x90',
      spent: '0+1x29 0+0x60',
      window: ENDING,
    }),
    firing: { '9m': 0, '10m': 1, '29m': 1, '33m': 0 },
  });

  scenario(alert, 'is silent at 99 % of an open account', {
    input: account({ limit: '100+0x90', spent: '99+0x90' }),
    firing: { '10m': 0, '60m': 0 },
  });

  scenario(alert, 'is over when the limit is raised', {
    input: account({ limit: '10+0x20 20+0x40', spent: '10+0x60', closed: '1+0x20 0+0x40' }),
    firing: { '20m': 1, '24m': 0 },
  });

  scenario(alert, 'comes once for an account that counts dollars and calls, by the one that is fuller', {
    input: [
      ...account({ limit: '10+0x20', spent: '2+0x20', closed: '1+0x20' }),
      ...account({ labels: { unit: 'calls' }, limit: '200+0x20', spent: '200+0x20', closed: '1+0x20' }),
    ],
    firing: { '10m': 1 },
    says: {
      at: '10m',
      labels: { ...omit('gen_ai_agent_name'), unit: 'calls', severity: 'page', priority: 'P1' },
      summary: 'Budget agent-day is used up',
      description:
        '200 calls of 200 calls is spent (100%, window: day). Where the budget is enforced, every call is refused until the window ends or the limit is raised; where it warns or observes, spending goes on.',
      dashboard: BOARD.replace('&var-agent=critic', ''),
    },
  });

  scenario(alert, 'comes once where dollars and calls are equally full, by the dollars', {
    input: [
      ...account({ labels: { mode: 'observe' }, limit: '10+0x20', spent: '10+0x20' }),
      ...account({ labels: { mode: 'observe', unit: 'calls' }, limit: '200+0x20', spent: '200+0x20' }),
    ],
    firing: { '10m': 1 },
    values: [{ at: '10m', expr: `count(ALERTS{alertname="${alert}", unit="usd"})`, is: { '{}': 1 } }],
  });

  scenario(alert, 'is silent about an account that is paused, also where it was exhausted the day before yesterday', {
    interval: '5m',
    input: [
      ...account({ labels: CRITIC, limit: '10+0x600', spent: '6+0x600', closed: '1+0x600', window: LONG_DAY }),
      ...account({
        labels: { ...CRITIC, unit: 'calls' },
        limit: '200+0x600',
        spent: '120+0x600',
        closed: '1+0x600',
        window: LONG_DAY,
      }),
      refusals('1+0x600', CRITIC),
    ],
    firing: { '25h': 0, '30h': 0 },
  });

  scenario(alert, 'is silent about an account that is paused before it has spent', {
    input: [
      ...account({ limit: '10+0x20', spent: '0+0x20', closed: '1+0x20' }),
      ...account({ labels: { unit: 'calls' }, limit: '200+0x20', spent: '0+0x20', closed: '1+0x20' }),
    ],
    firing: { '10m': 0, '20m': 0 },
  });

  scenario(
    alert,
    'is silent about a limit that is lowered to 0 when something is spent, whatever the other units say',
    {
      input: [
        ...account({ limit: '10+0x9 0+0x60', spent: '3+0x70', charged: '3+0x70', closed: '0+0x9 1+0x60' }),
        ...account({ labels: { unit: 'calls' }, limit: '200+0x70', spent: '90+0x70', closed: '0+0x9 1+0x60' }),
        ...account({ labels: { mode: 'observe' }, limit: '0+0x70', spent: '0+1x70', charged: '0+1x70' }),
        refusals('_x10 5+0x60'),
      ],
      firing: { '12m': 0, '40m': 0 },
      values: [{ at: '40m', expr: 'tollgate:budget_pace:rate30m == Inf', is: {} }],
    },
  );

  scenario(alert, 'is silent about a quota of one user: that is a ticket', {
    input: account({ labels: USER, limit: '1+0x20', spent: '1+0x20', closed: '1+0x20' }),
    firing: { '10m': 0 },
  });

  scenario(alert, 'is told of one replica among three that is full, where each keeps its own account', {
    input: ['a', 'b', 'c'].flatMap((instance) =>
      account({
        labels: { ...CRITIC, instance, service_instance_id: instance, store: instance },
        limit: '10+0x20',
        spent: instance === 'b' ? '10+0x20' : '1+0x20',
      }),
    ),
    firing: { '10m': 1 },
  });

  scenario(alert, 'is silent about windows that are there to refuse: minutes, hours, tasks, and a limit of 0', {
    input: [
      ...account({
        labels: { window: 'hour' },
        limit: '1+0x30',
        spent: '1+0x30',
        closed: '1+0x30',
        window: { start: '0+0x30', end: '3600+0x30' },
      }),
      ...account({
        labels: { window: 'total', budget: 'one-task' },
        limit: '1+0x30',
        spent: '1+0x30',
        closed: '1+0x30',
        window: { end: '253402300799+0x30' },
      }),
      ...account({
        labels: { window: 'rolling', budget: 'burst' },
        limit: '1+0x30',
        spent: '1+0x30',
        closed: '1+0x30',
        window: { start: '-600+60x30', end: '0+60x30' },
      }),
      ...account({ labels: { budget: 'blocked' }, limit: '0+0x30', spent: '0+0x30', closed: '1+0x30' }),
    ],
    firing: { '10m': 0, '25m': 0 },
  });

  scenario(alert, 'knows a rolling day', {
    input: account({
      labels: { window: 'rolling' },
      limit: '10+0x30',
      spent: '10+0x30',
      window: { start: '-86400+60x30', end: '0+60x30' },
    }),
    firing: { '10m': 1 },
  });
});

describe('TollgateQuotaUsedUp', () => {
  const alert = 'TollgateQuotaUsedUp';

  scenario(alert, 'is a ticket when an account by user is used up, and is over when the fullest is not', {
    input: account({ labels: USER, limit: '1+0x60', spent: '0.5+0x9 1+0x20 0.5+0x60', closed: '0+0x9 1+0x20 0+0x60' }),
    firing: { '9m': 0, '10m': 1, '30m': 1, '45m': 0 },
    says: {
      at: '15m',
      labels: { ...omit('gen_ai_agent_name'), ...USER, severity: 'ticket', priority: 'P3' },
      summary: 'An account of budget user-day, user (any user) is used up',
      description:
        'In the fullest account $1.00 of $1.00 is spent (100%, window: day). Only calls that belong to an account that is used up are refused, where the budget is enforced; the others go on.',
      dashboard: BOARD.replace('&var-agent=critic&var-budget=agent-day', '&var-budget=user-day'),
    },
  });

  scenario(alert, 'is told of tasks and sessions, not of what all calls share', {
    input: [
      ...account({ labels: { tollgate_task_id: '(any task)' }, limit: '1+0x20', spent: '1+0x20' }),
      ...account({ labels: { session_id: 's-1' }, limit: '1+0x20', spent: '1+0x20' }),
      ...account({ limit: '1+0x20', spent: '1+0x20' }),
    ],
    firing: { '10m': 2 },
  });
});

describe('TollgateBudgetSoftLimit', () => {
  const alert = 'TollgateBudgetSoftLimit';

  scenario(alert, 'is a ticket from 80 % on for five minutes, and is over once the limit is reached', {
    input: account({ labels: CRITIC, limit: '10+0x90', spent: '7.9+0x9 8+0.01x50 10+0x30', closed: '0+0x60 1+0x30' }),
    firing: { '14m': 0, '15m': 1, '60m': 1, '75m': 0 },
    says: {
      at: '20m',
      labels: { ...LABELS, severity: 'ticket', priority: 'P3' },
      summary: 'Budget agent-day, agent critic is nearly used up',
      description: '$8.10 of $10.00 is spent (81%, window: day).',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent below 80 %', {
    input: account({ limit: '10+0x60', spent: '7.99+0x60' }),
    firing: { '30m': 0, '60m': 0 },
  });
});

describe('TollgateBudgetForecast', () => {
  const alert = 'TollgateBudgetForecast';

  // 4.2 an hour is 100.8 a day, 3.6 is 86.4.
  const tooMuch = { limit: '100+0x300', spent: '0+0.35x300', charged: '0+0.35x300' };

  scenario(
    alert,
    'is a ticket in deny while the pace leads beyond 90 % of the day, and is over when the account closes',
    {
      interval: '5m',
      input: account({
        labels: CRITIC,
        limit: '20+0x300',
        spent: '0+0.35x57 20+0x300',
        charged: '0+0.35x57 20+0x300',
        closed: '0+0x57 1+0x300',
      }),
      firing: { '10m': 0, '1h': 1, '4h45m': 1, '5h10m': 0 },
      says: {
        at: '2h',
        labels: { ...LABELS, severity: 'ticket', priority: 'P3' },
        summary: 'Budget agent-day, agent critic will not last the day',
        description:
          'At the rate of the last hour 504% of the limit will be spent when the day ends; now $8.40 of $20.00 is spent.',
        dashboard: BOARD,
      },
    },
  );

  scenario(alert, 'is a ticket in warn and in observe as well', {
    interval: '5m',
    input: account({ labels: { ...CRITIC, mode: 'observe' }, ...tooMuch }),
    firing: { '10m': 0, '2h': 1, '12h': 1 },
  });

  scenario(alert, 'comes once for a budget that counts dollars and calls, by the one that will be fuller', {
    interval: '5m',
    input: [
      ...account(tooMuch),
      ...account({ labels: { unit: 'calls' }, limit: '1000+0x300', spent: '0+4x300', charged: '0+4x300' }),
    ],
    firing: { '2h': 1 },
    values: [{ at: '2h', expr: `count(ALERTS{alertname="${alert}", unit="calls"})`, is: { '{}': 1 } }],
  });

  scenario(alert, 'is over when spending slows down', {
    interval: '5m',
    input: account({ limit: '100+0x300', spent: '0+0.375x36 13.5+0x200', charged: '0+0.375x36 13.5+0x200' }),
    firing: { '3h': 1, '4h30m': 0 },
  });

  scenario(alert, 'is silent at a pace that the day can bear', {
    interval: '5m',
    input: account({ limit: '100+0x300', spent: '0+0.3x300', charged: '0+0.3x300' }),
    firing: { '2h': 0, '6h': 0, '12h': 0 },
  });
});

function omit(name: keyof typeof LABELS): Record<string, string> {
  return Object.fromEntries(Object.entries(LABELS).filter(([key]) => key !== name));
}
