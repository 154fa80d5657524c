import { describe } from 'vitest';
import { account, points, processLabels, type Points } from './points.ts';
import { scenario } from './scenario.ts';

const TASK = '/d/tollgate-tasks?from=now-6h&to=now&var-environment=test&var-agent=critic';
const AGENT = '/d/tollgate-agents?from=now-6h&to=now&var-environment=test&var-agent=critic';
const CRITIC = { gen_ai_agent_name: 'critic' };
const MODEL = { ...CRITIC, gen_ai_request_model: 'gpt-5-mini' };

function over(task: string, reason: 'over' | 'closed', values: string, labels: Record<string, string> = {}): Points {
  return points('tollgate.task.over', { tollgate_task_id: task, reason, ...labels }, values);
}

describe('TollgateRunawayTask', () => {
  const alert = 'TollgateRunawayTask';

  scenario(alert, 'pages at three times the limit of a task, and is over when the task is', {
    input: [over('P-1', 'over', '1.5+0.5x5 _x30', CRITIC)],
    firing: { '2m': 0, '3m': 1, '9m': 1, '14m': 0 },
    says: {
      at: '5m',
      labels: {
        deployment_environment_name: 'test',
        gen_ai_agent_name: 'critic',
        tollgate_task_id: 'P-1',
        severity: 'page',
        priority: 'P1',
        team: 'platform',
      },
      summary: 'Task P-1 has spent 4.0 times its limit',
      description:
        'Task P-1 of critic has used 400% of what one task may use. Where its budget warns or observes, nothing stops it; where it enforces, the limit was lowered, and the next call is refused.',
      dashboard: `${TASK}&var-task=P-1`,
    },
  });

  scenario(alert, 'is silent about a task that is a little over', {
    input: [over('P-1', 'over', '2.9+0x30')],
    firing: { '10m': 0, '30m': 0 },
  });

  scenario(alert, 'is silent about one that was stopped at its limit', {
    input: [over('P-1', 'closed', '1+0x30')],
    firing: { '10m': 0, '30m': 0 },
  });

  scenario(alert, 'is silent about one that is closed, however far a lowered limit leaves it over', {
    input: [over('P-1', 'closed', '5+0x30', CRITIC)],
    firing: { '10m': 0, '30m': 0 },
  });
});

describe('TollgateRefusedTaskCallsOn', () => {
  const alert = 'TollgateRefusedTaskCallsOn';
  const denied = (task: string, values: string, labels: Record<string, string> = CRITIC): Points =>
    points('tollgate.task.denied', { tollgate_task_id: task, ...labels }, values);

  scenario(alert, 'pages for the task that calls on, not for one of the same agent that has closed and is quiet', {
    input: [
      over('P-1', 'closed', '_x5 0.98+0x60', CRITIC),
      over('P-2', 'closed', '1.02+0x60', CRITIC),
      denied('P-1', '_x5 3+3x4 15+0x10 15-3x5 _x40'),
      denied('P-2', '_x5 1+0x5 0 _x50'),
      denied('P-1', '_x5 4+0x5 0 _x50', { gen_ai_agent_name: 'writer' }),
    ],
    firing: { '7m': 0, '8m': 1, '20m': 1, '25m': 0 },
    says: {
      at: '15m',
      labels: {
        deployment_environment_name: 'test',
        gen_ai_agent_name: 'critic',
        tollgate_task_id: 'P-1',
        severity: 'page',
        priority: 'P1',
        team: 'platform',
      },
      summary: 'Task P-1 goes on calling though its calls are refused',
      description:
        '15 calls of critic for task P-1 were refused within five minutes. They cost nothing while the budget stands, but the task does not end by itself.',
      dashboard: `${TASK}&var-task=P-1`,
    },
  });

  scenario(alert, 'pages in deny by whichever budget refuses: no account of the task is over', {
    input: [
      ...account({ labels: CRITIC, limit: '1+0x30', spent: '1+0x30', closed: '1+0x30' }),
      denied('P-1', '12+0x30'),
    ],
    firing: { '2m': 1, '30m': 1 },
  });

  scenario(alert, 'comes once for a task that two processes work on', {
    input: [denied('P-1', '12+0x30'), denied('P-1', '30+0x30', { ...CRITIC, ...processLabels('two') })],
    firing: { '10m': 1 },
  });

  scenario(alert, 'is silent about a task that ends at the refusal', {
    input: [over('P-1', 'closed', '1+0x30'), denied('P-1', '_x5 2+0x5 0 _x20')],
    firing: { '7m': 0, '30m': 0 },
  });

  scenario(alert, 'is silent in warn, where nothing is refused, however far a task is over', {
    input: [over('P-1', 'over', '9+0x30', CRITIC), points('tollgate.calls', { ...CRITIC, outcome: 'ok' }, '0+10x30')],
    firing: { '10m': 0, '30m': 0 },
  });
});

describe('TollgateAgentSpike', () => {
  const alert = 'TollgateAgentSpike';
  const HOUR = { start: '0+0x90', end: '3600+0x90' };
  const cost = (values: string): Points => points('tollgate.cost', { ...MODEL, state: 'reported' }, values);
  const calls = (outcome: string, values: string): Points => points('tollgate.calls', { ...MODEL, outcome }, values);

  scenario(
    alert,
    'is a ticket in warn when an agent spends more than twice its hourly limit, and is over within an hour',
    {
      input: [
        ...account({ labels: { ...CRITIC, mode: 'observe' }, limit: '24+0x200', spent: '0+0x200' }),
        cost('0+0.125x40 5+0x160'),
        calls('ok', '0+1x40 40+0x160'),
      ],
      firing: { '10m': 0, '30m': 1, '60m': 1, '120m': 0 },
      says: {
        at: '50m',
        labels: {
          deployment_environment_name: 'test',
          gen_ai_agent_name: 'critic',
          severity: 'ticket',
          priority: 'P2',
          team: 'platform',
        },
        summary: 'critic asks for 5.0 times its hourly limit',
        description:
          'What critic has spent within an hour, with what its refused calls would have cost, is 500% of what it may spend in an hour.',
        dashboard: AGENT,
      },
    },
  );

  scenario(alert, 'is silent when an agent spends 1.8 times its hourly limit', {
    input: [
      ...account({ labels: CRITIC, limit: '24+0x200', spent: '0+0x200' }),
      cost('0+0.0625x29 1.8125+0x160'),
      calls('ok', '0+1x29 29+0x160'),
    ],
    firing: { '30m': 0, '50m': 0, '120m': 0 },
  });

  scenario(alert, 'is a ticket in deny, where refused calls count as what its calls have cost', {
    // 0.5 of an hourly 1 is spent with 8 calls; the 50 that are refused would have cost 3.
    input: [
      ...account({ labels: CRITIC, limit: '24+0x200', spent: '0+0x200', closed: '0+0x10 1+0x190' }),
      cost('0+0.0625x8 0.5+0x190'),
      calls('ok', '0+1x8 8+0x190'),
      calls('denied', '0+0x10 5+5x9 50+0x180'),
    ],
    firing: { '10m': 0, '30m': 1, '120m': 0 },
  });

  scenario(alert, 'is a ticket where all calls are refused since a restart, and nothing is spent', {
    input: [
      ...account({ labels: CRITIC, limit: '24+0x400', spent: '24+0x400', closed: '1+0x400' }),
      cost('0+1x24 24 _x400'),
      calls('ok', '0+10x24 240 _x400'),
      points('tollgate.calls', { ...MODEL, ...processLabels('two'), outcome: 'denied' }, '_x100 0+10x300'),
    ],
    firing: { '130m': 1, '300m': 1 },
  });

  scenario(
    alert,
    'is silent about a deployment: what ended processes have spent is held against limits that they had',
    {
      // Three processes with an hourly 1 each spend 0.9 each; then one is left.
      input: ['a', 'b', 'c'].flatMap((instance, index) => {
        const labels = { ...CRITIC, ...processLabels(instance), store: instance };
        const length = index === 0 ? 200 : 60;
        const day = { start: `0+0x${length}`, end: `86400+0x${length}` };
        return [
          ...account({ labels, limit: `24+0x${length}`, spent: `0+0x${length}`, window: day }),
          points('tollgate.cost', { ...MODEL, ...processLabels(instance), state: 'reported' }, `0+0.015625x${length}`),
        ];
      }),
      firing: { '60m': 0, '70m': 0, '90m': 0, '180m': 0 },
    },
  );

  scenario(alert, 'is silent about a limit of 0', {
    input: [...account({ labels: CRITIC, limit: '0+0x90', spent: '0+0x90' }), cost('0+1x90')],
    firing: { '50m': 0 },
  });

  const hourly = account({
    labels: { ...CRITIC, window: 'hour', budget: 'agent-hour' },
    limit: '3+0x90',
    spent: '0+0x90',
    window: HOUR,
  });
  scenario(alert, 'goes by the budget of the hour where there is one', {
    input: [...hourly, ...account({ labels: CRITIC, limit: '24+0x90', spent: '0+0x90' }), cost('0+0.1x90')],
    firing: { '50m': 0 },
  });

  scenario(alert, 'is silent about an agent without a budget by agent', {
    input: [...account({ limit: '1+0x90', spent: '0+0x90' }), cost('0+1x90')],
    firing: { '30m': 0, '60m': 0 },
  });
});

describe('TollgateRetryStorm', () => {
  const alert = 'TollgateRetryStorm';
  const attempts = (outcome: string, values: string): Points =>
    points('tollgate.attempts', { ...MODEL, outcome }, values);

  scenario(alert, 'is a ticket when half of the requests fail for five minutes, and is over when they no longer do', {
    input: [attempts('ok', '0+10x80'), attempts('error', '0+0x10 10+10x20 210+0x50')],
    firing: { '12m': 0, '25m': 1, '30m': 1, '60m': 0 },
    says: {
      at: '28m',
      labels: {
        deployment_environment_name: 'test',
        gen_ai_agent_name: 'critic',
        gen_ai_request_model: 'gpt-5-mini',
        severity: 'ticket',
        priority: 'P2',
        team: 'platform',
      },
      summary: 'Requests of critic to gpt-5-mini fail and are sent again',
      description: '50% of the requests within ten minutes have failed. Those that fail late are billed.',
      dashboard: `${AGENT}&var-model=gpt-5-mini`,
    },
  });

  scenario(alert, 'is silent about a fifth', {
    input: [attempts('ok', '0+40x60'), attempts('error', '0+10x60')],
    firing: { '30m': 0, '60m': 0 },
  });

  scenario(alert, 'is silent about a few requests that all fail', {
    input: [attempts('error', '0+1x60')],
    firing: { '30m': 0, '60m': 0 },
  });
});
