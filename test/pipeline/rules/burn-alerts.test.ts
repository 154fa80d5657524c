import { describe } from 'vitest';
import { account, ACCOUNT_ALERT } from './points.ts';
import { scenario } from './scenario.ts';

const BOARD = '/d/tollgate-budgets?from=now-6h&to=now&var-environment=test&var-budget=agent-day';
/** The unit is in the words: dollars and calls of one budget are one alert. */
const { unit: _unit, ...LABELS } = ACCOUNT_ALERT;
const MONTH = { start: '0+0x9000', end: '2592000+0x9000' };

describe('TollgateFastBurn', () => {
  const alert = 'TollgateFastBurn';

  scenario(alert, 'pages within half an hour at seven times the pace of a day, and is over soon after the spending', {
    // 1 an hour is the pace of 24 a day: 7.5 an hour for an hour, before and after less than half.
    input: account({
      limit: '24+0x200',
      spent: '0+0.0078125x60 0.46875+0.125x60 7.96875+0.0078125x70',
      charged: '0+0.0078125x60 0.46875+0.125x60 7.96875+0.0078125x70',
    }),
    firing: { '80m': 0, '87m': 1, '120m': 1, '145m': 0 },
    says: {
      at: '100m',
      labels: { ...LABELS, severity: 'page', priority: 'P2' },
      summary: 'Budget agent-day is being used up within hours',
      description:
        'Spending goes 7.5 times as fast as the limit allows over the whole window; $5.34 of $24.00 is spent.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent at five times the pace, however long', {
    input: account({ limit: '24+0x200', spent: '0+0.0833333x200', charged: '0+0.0833333x200' }),
    firing: { '30m': 0, '60m': 0, '180m': 0 },
  });

  scenario(alert, 'is silent about a peak of four minutes', {
    input: account({
      limit: '24+0x200',
      spent: '0+0x60 0+0.25x4 1+0x100',
      charged: '0+0x60 0+0.25x4 1+0x100',
    }),
    firing: { '61m': 0, '64m': 0, '66m': 0, '70m': 0 },
  });

  const fast = { limit: '24+0x200', spent: '0+0.125x200', charged: '0+0.125x200' };

  scenario(
    alert,
    'pages once for a budget whose dollars and calls both burn, with the figures of those that burn faster',
    {
      input: [
        ...account(fast),
        ...account({ labels: { unit: 'calls' }, limit: '2400+0x200', spent: '0+20x200', charged: '0+20x200' }),
        ...account({ labels: { unit: 'tokens' }, limit: '24000+0x200', spent: '0+1x200', charged: '0+1x200' }),
      ],
      firing: { '60m': 1 },
      says: {
        at: '60m',
        labels: { ...LABELS, severity: 'page', priority: 'P2' },
        summary: 'Budget agent-day is being used up within hours',
        description:
          'Spending goes 12.0 times as fast as the limit allows over the whole window; 1.2k calls of 2.4k calls is spent.',
        dashboard: BOARD,
      },
    },
  );

  scenario(alert, 'pages for a rolling day as for a calendar day', {
    input: account({ ...fast, labels: { window: 'rolling' }, window: { start: '-86400+60x200', end: '0+60x200' } }),
    firing: { '60m': 1 },
  });

  scenario(alert, 'is silent about a rolling hour, and about users whose accounts are shown as one', {
    input: [
      ...account({ ...fast, labels: { window: 'rolling' }, window: { start: '-3600+60x200', end: '0+60x200' } }),
      ...account({ ...fast, labels: { budget: 'user-day', user_id: '(any user)' } }),
    ],
    firing: { '60m': 0, '180m': 0 },
  });

  scenario(alert, 'pages for a month at 2 % of its limit within an hour', {
    input: account({
      labels: { window: 'month' },
      limit: '720+0x200',
      spent: '0+0.3x200',
      charged: '0+0.3x200',
      window: MONTH,
    }),
    firing: { '65m': 1, '180m': 1 },
  });
});

describe('TollgateSlowBurn', () => {
  const alert = 'TollgateSlowBurn';

  scenario(
    alert,
    'is a ticket when a day burns at nearly four times its pace for an hour, and is over when it no longer does',
    {
      input: account({
        limit: '24+0x300',
        spent: '0+0.0078125x60 0.46875+0.0625x90 6.09375+0.0078125x150',
        charged: '0+0.0078125x60 0.46875+0.0625x90 6.09375+0.0078125x150',
      }),
      firing: { '80m': 0, '125m': 1, '150m': 1, '200m': 0 },
      says: {
        at: '140m',
        labels: { ...LABELS, severity: 'ticket', priority: 'P3' },
        summary: 'Budget agent-day is being used up well before its window ends',
        description:
          'Spending goes 3.8 times as fast as the limit allows over the whole window; $5.41 of $24.00 is spent.',
        dashboard: BOARD,
      },
    },
  );

  scenario(alert, 'is silent at twice the pace', {
    input: account({ limit: '24+0x200', spent: '0+0.0333333x200', charged: '0+0.0333333x200' }),
    firing: { '60m': 0, '180m': 0 },
  });

  scenario(alert, 'is a ticket for a month at seven times its pace for six hours', {
    interval: '5m',
    input: account({
      labels: { window: 'month' },
      limit: '720+0x200',
      spent: '0+0.5833333x200',
      charged: '0+0.5833333x200',
      window: MONTH,
    }),
    firing: { '1h': 0, '8h': 1 },
  });
});
