import { describe } from 'vitest';
import { points, processLabels, type Points } from './points.ts';
import { scenario } from './scenario.ts';

const LABELS = { deployment_environment_name: 'test', team: 'platform' };
const DESK = { ...LABELS, service_name: 'desk' };
const EVERYWHERE = '/d/tollgate-pipeline?from=now-6h&to=now';
const BOARD = `${EVERYWHERE}&var-environment=test`;

describe('TollgateStoreUnavailable', () => {
  const alert = 'TollgateStoreUnavailable';

  scenario(alert, 'pages when a store is away from one of two processes for a minute, and is over when it is back', {
    input: [
      points('tollgate.store.up', { store: 'redis' }, '1+0x4 0+0x5 1+0x20'),
      points('tollgate.store.up', { ...processLabels('two'), store: 'redis' }, '1+0x30'),
    ],
    firing: { '5m': 0, '6m': 1, '9m': 1, '14m': 0 },
    says: {
      at: '7m',
      labels: { ...LABELS, service_name: 'desk', store: 'redis', severity: 'page', priority: 'P1' },
      summary: 'A store of budgets does not answer to desk',
      description:
        'Store redis does not answer to at least one process of desk. Budgets with onStoreError: deny refuse every call there, those with allow let all of them through.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent while stores answer', {
    input: [points('tollgate.store.up', { store: 'redis' }, '1+0x30')],
    firing: { '20m': 0 },
  });
});

describe('TollgateReservationLeak', () => {
  const alert = 'TollgateReservationLeak';

  scenario(alert, 'is a ticket when a reservation is older than any call may be, and is over when it is gone', {
    input: [points('tollgate.reservation.oldest_age', {}, '0+60x30 0+0x30')],
    firing: { '20m': 0, '21m': 1, '30m': 1, '40m': 0 },
    says: {
      at: '25m',
      labels: { ...DESK, service_instance_id: 'one', severity: 'ticket', priority: 'P3' },
      summary: 'desk keeps money aside for a call that seems to have no end',
      description:
        'The oldest reservation of instance one is 25m 0s old. What it holds is missing for other calls, which are refused or wait.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent about a stream that nobody reads: it is settled after ten minutes', {
    input: [points('tollgate.reservation.oldest_age', {}, '0+60x10 0+60x10 0+60x10')],
    firing: { '15m': 0, '30m': 0 },
  });
});

describe('TollgateTelemetryAbsent', () => {
  const alert = 'TollgateTelemetryAbsent';
  const build = (values: string, service = 'collector'): Points =>
    points('tollgate.build', { ...processLabels(service), service_name: service, version: '1' }, values);
  /** What a process with the plugin says, and a Collector does not. */
  const plugin = (values: string, service = 'desk', instance = 'one'): Points[] => [
    points('tollgate.store.up', { ...processLabels(instance), service_name: service, store: instance }, values),
  ];

  scenario(alert, 'is a ticket a quarter of an hour after the last writer was heard, and is over with the next', {
    input: [build('1+0x9 _x20 1+0x20')],
    firing: { '9m': 0, '20m': 0, '25m': 1, '31m': 0 },
    says: {
      at: '28m',
      labels: { team: 'platform', severity: 'ticket', priority: 'P2' },
      summary: 'Nobody reports spend or budgets',
      description:
        'There is no series of any process or Collector. Budgets are still enforced in each process, but no alert about them can fire.',
      dashboard: EVERYWHERE,
    },
  });

  scenario(alert, 'is a ticket when a service goes silent that has reported for hours, though a Collector lives', {
    input: [build('1+0x600'), ...plugin('1+0x290 _x30 1+0x300')],
    firing: { '290m': 0, '300m': 0, '308m': 1, '320m': 1, '325m': 0 },
    says: {
      at: '310m',
      labels: { ...DESK, severity: 'ticket', priority: 'P2' },
      summary: 'desk no longer reports spend or budgets',
      description:
        'desk has reported over most of the last six hours, and no process of it does now. Its budgets are still enforced, but no alert about them can fire.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is over by itself two hours after a service was taken away', {
    input: [build('1+0x600'), ...plugin('1+0x400')],
    firing: { '420m': 1, '500m': 1, '540m': 0 },
  });

  scenario(alert, 'is silent about a deployment: other instances, and a gap of minutes', {
    input: [build('1+0x600'), ...plugin('1+0x300'), ...plugin('_x308 1+0x290', 'desk', 'two')],
    firing: { '300m': 0, '310m': 0, '320m': 0 },
  });

  scenario(alert, 'is silent about jobs that end: one of three hours, and one of ten minutes in every hour', {
    input: [
      build('1+0x600'),
      ...plugin('1+0x180', 'nightly'),
      ...plugin('1+0x10 _x49 1+0x10 _x49 1+0x10 _x49 1+0x10 _x49 1+0x10 _x49 1+0x10', 'hourly'),
    ],
    firing: { '200m': 0, '300m': 0, '340m': 0, '420m': 0 },
  });

  scenario(alert, 'comes once when everything is silent, not for each service', {
    input: [build('1+0x300'), ...plugin('1+0x300'), ...plugin('1+0x300', 'shop', 'two')],
    firing: { '300m': 0, '320m': 1 },
  });
});

describe('TollgateLabelOverflow', () => {
  const alert = 'TollgateLabelOverflow';

  scenario(alert, 'is a ticket when values are folded, and is over two hours after the last', {
    input: [points('tollgate.label.overflow', { label: 'gen_ai.agent.name' }, '0+0x9 4+0x200')],
    firing: { '9m': 0, '11m': 1, '140m': 0 },
    says: {
      at: '40m',
      labels: { ...DESK, label: 'gen_ai.agent.name', severity: 'ticket', priority: 'P3' },
      summary: 'Label gen_ai.agent.name has more values than desk tells apart',
      description:
        '4 values within an hour were folded into "other". Totals are right; what is told by gen_ai.agent.name is not complete.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent about what was folded long ago', {
    input: [points('tollgate.label.overflow', { label: 'gen_ai.agent.name' }, '4+0x200')],
    firing: { '60m': 0, '180m': 0 },
  });
});

describe('TollgatePriceTableStale', () => {
  const alert = 'TollgatePriceTableStale';
  const madeAt = (seconds: number, version: string): ReturnType<typeof points> =>
    points('tollgate.price_table.timestamp', { version }, `${seconds}+0x60`);

  scenario(alert, 'is a ticket when a table is 60 days old', {
    interval: '30m',
    input: [points('tollgate.price_table.timestamp', { version: 'v1' }, '-5180400+0x8 7200+0x8')],
    firing: { '30m': 0, '1h30m': 0, '2h30m': 1, '6h': 0 },
    says: {
      at: '4h',
      labels: { ...DESK, version: 'v1', severity: 'ticket', priority: 'P3' },
      summary: 'desk prices calls by an old table',
      description: 'Price table v1 is 60d 3h 0m 0s old: new models have no price in it, and changed prices are wrong.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent about a table of last month', {
    interval: '30m',
    input: [madeAt(-30 * 86_400, 'v2')],
    firing: { '12h': 0 },
  });
});

describe('TollgateConfigErrors', () => {
  const alert = 'TollgateConfigErrors';

  scenario(alert, 'is a ticket as long as a process runs without some of its budgets', {
    input: [points('tollgate.config.errors', {}, '_x3 2+0x20 _x20')],
    firing: { '2m': 0, '4m': 1, '20m': 1, '30m': 0 },
    says: {
      at: '10m',
      labels: { ...DESK, severity: 'ticket', priority: 'P2' },
      summary: 'desk runs without some of its budgets',
      description: '2 budgets are invalid and left out: what they were to limit is not limited.',
      dashboard: BOARD,
    },
  });

  scenario(alert, 'is silent where all budgets are in force', {
    input: [points('tollgate.config.errors', {}, '0+0x20')],
    firing: { '10m': 0 },
  });
});
