import { createNoopMeter, type Attributes } from '@opentelemetry/api';
import type { Dimension, Standing } from '@tollgate/core';
import type { MatchRule } from '@tollgate/core/plugin';
import { expect, it } from 'vitest';
import { createBudgetMetrics } from './budget-metrics.ts';
import { STANDING } from './call-fixture.ts';
import { LabelCaps } from './label-caps.ts';
import { labelKeys } from './label-dimensions.ts';
import { LabelSets } from './label-sets.ts';
import { Recorder } from './recorder.ts';

/** The labels of an account's limit in USD, where its budget matches `match`. */
function labelsOf(account: Standing['account'], match: readonly MatchRule[], asked: readonly Dimension[] = []): object {
  const recorder = new Recorder(createNoopMeter(), [], () => {});
  const sets = new LabelSets(new LabelCaps(() => {}));
  const metrics = createBudgetMetrics(recorder, sets, labelKeys(asked), () => ({
    window: 'day',
    mode: 'enforce',
    match,
  }));
  const limits: Attributes[] = [];
  metrics.observe(
    [{ ...STANDING, account }],
    (metric, _value, labels) => {
      if (metric === 'tollgate.budget.limit' && labels['unit'] === 'usd') limits.push(labels);
    },
    () => undefined,
  );
  expect(limits).toHaveLength(1);
  return limits[0] ?? {};
}

function rule(dimension: Dimension, exact: readonly string[], prefixes: readonly string[] = []): MatchRule {
  return { dimension, exact: new Set(exact), prefixes };
}

it.each([
  ['one agent', rule('agent', ['critic']), { 'gen_ai.agent.name': 'critic' }],
  ['two agents', rule('agent', ['critic', 'writer']), { 'gen_ai.agent.name': '(some agent)' }],
  ['a beginning', rule('agent', [], ['critic-']), { 'gen_ai.agent.name': '(some agent)' }],
  ['a model', rule('model', ['gpt-5']), { 'gen_ai.request.model': 'gpt-5' }],
  ['a kind of task', rule('taskType', ['triage']), { 'tollgate.task.type': 'triage' }],
  ['a user, who is no label', rule('user', ['u-1']), { 'user.id': '(some user)' }],
])('a budget that matches %s says so, and is not taken for one that all calls share', (_what, match, labels) => {
  const others = {
    budget: 'agent-day',
    unit: 'usd',
    window: 'day',
    reach: 'process',
    store: 'store-1',
    mode: 'enforce',
  };
  expect(labelsOf({}, [match])).toEqual({ ...others, ...labels });
});

it('a user is named where the app has made users labels', () => {
  expect(labelsOf({}, [rule('user', ['u-1'])], ['user'])).toMatchObject({ 'user.id': 'u-1' });
});

it('the value that an account is of stands, whatever its budget matches', () => {
  expect(labelsOf({ agent: 'triager' }, [rule('agent', ['critic'], ['tri'])])).toMatchObject({
    'gen_ai.agent.name': 'triager',
  });
  expect(labelsOf({ task: 'T-1' }, [rule('task', ['T-1']), rule('team', ['a', 'b'])])).toMatchObject({
    'tollgate.task.id': '(any task)',
    'tollgate.team': '(some team)',
  });
});
