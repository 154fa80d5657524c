import { describe } from 'vitest';
import { points, type Points } from './points.ts';
import { scenario } from './scenario.ts';

const CRITIC = { gen_ai_agent_name: 'critic' };
const MODEL = { ...CRITIC, gen_ai_request_model: 'gpt-5-mini', gen_ai_response_model: 'gpt-5-mini-2025-08-07' };
const LABELS = {
  deployment_environment_name: 'test',
  gen_ai_agent_name: 'critic',
  severity: 'ticket',
  team: 'platform',
};
const AGENT = '?from=now-6h&to=now&var-environment=test&var-agent=critic';

describe('TollgateCacheHitCollapse', () => {
  const alert = 'TollgateCacheHitCollapse';
  // 300 points of five minutes are 25 hours.
  const calls = points('tollgate.calls', { ...MODEL, outcome: 'ok' }, '0+10x360');
  const tokens = (kind: string, values: string): Points =>
    points('tollgate.tokens', { ...MODEL, kind, state: 'reported' }, values);

  scenario(alert, 'is a ticket when the share falls below half of the day before, and is over when it is back', {
    interval: '5m',
    input: [
      calls,
      tokens('cache_read', '0+80x300 24000+20x20 24400+80x40'),
      tokens('input', '0+20x300 6000+80x20 7600+20x40'),
    ],
    firing: { '25h': 0, '25h55m': 1, '26h30m': 1, '28h': 0 },
    says: {
      at: '26h30m',
      labels: { ...LABELS, gen_ai_request_model: 'gpt-5-mini', priority: 'P2' },
      summary: 'Prompts of critic to gpt-5-mini no longer come out of the cache',
      description:
        '20% of the input within half an hour was read from a cache: less than half of what it was over a day. The same work costs several times as much.',
      dashboard: `/d/tollgate-models${AGENT}&var-model=gpt-5-mini`,
    },
  });

  scenario(alert, 'is a ticket where processes of a new version, which read nothing from a cache, take over', {
    interval: '5m',
    input: [
      calls,
      tokens('cache_read', '0+80x300'),
      tokens('input', '0+20x300'),
      points(
        'tollgate.tokens',
        { ...MODEL, service_instance_id: 'two', kind: 'input', state: 'reported' },
        '_x300 0+100x60',
      ),
    ],
    firing: { '25h': 0, '26h30m': 1 },
  });

  scenario(alert, 'is silent where there never was much in the cache', {
    interval: '5m',
    input: [calls, tokens('cache_read', '0+15x300 4500+0x60'), tokens('input', '0+85x360')],
    firing: { '26h': 0, '28h': 0 },
  });
});

describe('TollgateModelDrift', () => {
  const alert = 'TollgateModelDrift';
  const dear = { ...CRITIC, gen_ai_request_model: 'gpt-5', gen_ai_response_model: 'gpt-5-2025-08-07' };
  const week = '0+10x400';
  const usual = [
    points('tollgate.calls', { ...MODEL, outcome: 'ok' }, week),
    points('tollgate.cost', { ...MODEL, state: 'reported' }, '0+0.125x400'),
  ];

  scenario(
    alert,
    'is a ticket when a model that the week before did not see takes a quarter of the money, and is over when it is left',
    {
      interval: '30m',
      input: [
        ...usual,
        points('tollgate.calls', { ...dear, outcome: 'ok' }, '_x336 0+5x6 30+0x50'),
        points('tollgate.cost', { ...dear, state: 'reported' }, '_x336 0+0.25x4 1+0x50'),
      ],
      firing: { '168h': 0, '170h': 1, '175h': 0 },
      says: {
        at: '169h30m',
        labels: {
          ...LABELS,
          gen_ai_request_model: 'gpt-5',
          gen_ai_response_model: 'gpt-5-2025-08-07',
          priority: 'P3',
        },
        summary: 'critic spends on gpt-5-2025-08-07, which it did not use in the week before',
        description: '66.67% of what critic has spent within an hour went to gpt-5-2025-08-07 (asked for as gpt-5).',
        dashboard: `/d/tollgate-models${AGENT}&var-model=gpt-5`,
      },
    },
  );

  scenario(alert, 'is silent about a model that takes a tenth, and about an agent that is new itself', {
    interval: '30m',
    input: [
      ...usual,
      points('tollgate.cost', { ...dear, state: 'reported' }, '_x336 0+0.01x50'),
      points('tollgate.cost', { ...dear, gen_ai_agent_name: 'newcomer', state: 'reported' }, '_x336 0+1x50'),
    ],
    firing: { '170h': 0, '175h': 0 },
  });
});

describe('TollgateCostPerTask', () => {
  const alert = 'TollgateCostPerTask';
  const BRIEF = { ...CRITIC, tollgate_task_type: 'brief' };
  const tasks = (sum: string, count: string): Points[] => [
    points('tollgate.task.cost', BRIEF, sum, '_sum'),
    points('tollgate.task.cost', BRIEF, count, '_count'),
  ];

  scenario(
    alert,
    'is a ticket when a task costs more than twice the average of the week before, and is over when it no longer does',
    {
      interval: '30m',
      input: tasks('0+0.125x336 42+0.375x6 44.25+0.125x50', '0+10x400'),
      firing: { '168h': 0, '170h30m': 1, '175h': 0 },
      says: {
        at: '170h30m',
        labels: { ...LABELS, tollgate_task_type: 'brief', priority: 'P3' },
        summary: 'Tasks brief of critic cost more than twice what they did',
        description:
          'A task costs $0.0375 on average of the last hour, more than twice the average of the seven days before.',
        dashboard: `/d/tollgate-agents${AGENT}`,
      },
    },
  );

  scenario(alert, 'is silent about half as much again, and about a few dear tasks', {
    interval: '30m',
    input: [
      ...tasks('0+0.125x336 42+0.1875x50', '0+10x400'),
      ...tasks('0+0.015625x336 5.25+1x50', '0+1x400').map(({ series, values }) => ({
        series: series.replace('critic', 'writer'),
        values,
      })),
    ],
    firing: { '170h': 0, '175h': 0 },
  });
});
