import { describe } from 'vitest';
import { COLLECTOR } from '../../../dashboards/src/promql/collector-metrics.ts';
import { account, points, processLabels, type Points } from './points.ts';
import { scenario } from './scenario.ts';

const LABELS = { deployment_environment_name: 'test', severity: 'ticket', priority: 'P3', team: 'platform' };
const RANGE = '?from=now-6h&to=now';

function cost(labels: Record<string, string>, values: string): Points {
  return points('tollgate.cost', { state: 'reported', ...labels }, values);
}

describe('TollgateUnpricedModel', () => {
  const alert = 'TollgateUnpricedModel';
  const unpriced = (reason: string, values: string): Points =>
    points('tollgate.unpriced', { reason, gen_ai_provider_name: 'acme', gen_ai_request_model: 'a-1' }, values);

  scenario(alert, 'is a ticket at the first call without a price, and is over two hours after the last', {
    input: [unpriced('unknown_model', '0+0x9 1+1x2 3+0x200')],
    firing: { '9m': 0, '11m': 1, '60m': 1, '140m': 0 },
    says: {
      at: '40m',
      labels: {
        ...LABELS,
        gen_ai_provider_name: 'acme',
        gen_ai_request_model: 'a-1',
        reason: 'unknown_model',
      },
      summary: 'There is no price for a-1 of acme',
      description:
        '3 calls within an hour have no cost (unknown_model): totals show less than was spent. Budgets are charged by the policy for unknown prices.',
      dashboard: `/d/tollgate-models${RANGE}&var-environment=test&var-model=a-1`,
    },
  });

  scenario(alert, 'is silent about calls that have a price but an estimated usage', {
    input: [unpriced('no_usage', '0+1x60'), unpriced('no_cache_split', '0+1x60')],
    firing: { '30m': 0, '60m': 0 },
  });
});

describe('TollgateUntaggedSpend', () => {
  const alert = 'TollgateUntaggedSpend';

  scenario(alert, 'is a ticket when a fifth of the money has no agent, and is over when it has', {
    input: [cost({ gen_ai_agent_name: 'critic' }, '0+4x300'), cost({}, '0+1x60 60+0x240')],
    firing: { '20m': 0, '40m': 1, '60m': 1, '220m': 0 },
    says: {
      at: '40m',
      labels: { ...LABELS, missing: 'agent' },
      summary: 'Money is spent that belongs to no agent',
      description:
        '20% of what was spent within an hour has no agent: budgets by agent count it for its service as a whole.',
      dashboard: `/d/tollgate-overview${RANGE}&var-environment=test`,
    },
  });

  scenario(alert, 'is a ticket when a fifth has no team where others have one', {
    input: [
      cost({ gen_ai_agent_name: 'critic', tollgate_team: 'desk' }, '0+4x60'),
      cost({ gen_ai_agent_name: 'critic' }, '0+1x60'),
    ],
    firing: { '40m': 1 },
    says: {
      at: '40m',
      labels: { ...LABELS, missing: 'team' },
      summary: 'Money is spent that belongs to no team',
      description: '20% of what was spent within an hour has no team: no budget by team counts it.',
      dashboard: `/d/tollgate-overview${RANGE}&var-environment=test`,
    },
  });

  scenario(alert, 'is silent where nobody uses teams, and about a twentieth without an agent', {
    input: [cost({ gen_ai_agent_name: 'critic' }, '0+19x60'), cost({}, '0+1x60')],
    firing: { '40m': 0, '60m': 0 },
  });
});

describe('TollgateUncoveredSpend', () => {
  const alert = 'TollgateUncoveredSpend';
  const budgeted = [...account({ limit: '10+0x300', spent: '1+0x300' }), cost({}, '0+1x300')];

  scenario(alert, 'is a ticket when a process without budgets spends a half, and is over when it stops', {
    input: [...budgeted, cost({ ...processLabels('collector') }, '0+1x60 60+0x240')],
    firing: { '20m': 0, '40m': 1, '60m': 1, '220m': 0 },
    says: {
      at: '40m',
      labels: LABELS,
      summary: 'Money is spent that no budget covers',
      description: '50% of what was spent within an hour was spent by processes that tell of no budget.',
      dashboard: `/d/tollgate-overview${RANGE}&var-environment=test`,
    },
  });

  scenario(alert, 'is silent where all processes have budgets', { input: budgeted, firing: { '40m': 0, '60m': 0 } });

  scenario(alert, 'is silent about processes with budgets that have ended', {
    input: [...account({ limit: '10+0x10', spent: '1+0x10' }), cost({}, '0+1x10')],
    firing: { '30m': 0, '45m': 0, '55m': 0, '90m': 0 },
  });
});

describe('TollgateUndercountedSpend', () => {
  const alert = 'TollgateUndercountedSpend';
  const series = `${COLLECTOR.sampledSpans}{deployment_environment_name="test",service_instance_id="collector"}`;

  scenario(alert, 'is a ticket when a call comes from a sampled trace, and is over two hours after the last', {
    input: [{ series, values: '0+0x9 2+0x200' }],
    firing: { '9m': 0, '11m': 1, '140m': 0 },
    says: {
      at: '40m',
      labels: LABELS,
      summary: 'Spans reach the Collector from sampled traces: totals are too low',
      description: '2 calls within an hour came from traces of which others were dropped before they were counted.',
      dashboard: `/d/tollgate-pipeline${RANGE}&var-environment=test`,
    },
  });

  scenario(alert, 'is silent where none does', {
    input: [{ series, values: '0+0x60' }],
    firing: { '30m': 0, '60m': 0 },
  });
});
