import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS_SOURCE } from '../panels/data-sources.ts';
import { label, RESOURCE, series } from '../promql/names.ts';
import { RECORDED } from '../promql/recorded.ts';

/** What people choose at the top of a board. */
export type Variable = () => cog.Builder<dashboard.VariableModel>;

/** Which Prometheus. */
export const metricsSource: Variable = () => source('metrics', 'Metrics', 'prometheus');

/** Which Tempo. */
export const tracesSource: Variable = () => source('traces', 'Traces', 'tempo');

/** Deployment environments that have sent anything. */
export const environment: Variable = () =>
  choice('environment', 'Environment', values(series('tollgate.calls'), RESOURCE.environment));

/** Teams that have calls. */
export const team: Variable = () => choice('team', 'Team', values(calls(), label('tollgate.team')));

/** Agents that have calls. */
export const agent: Variable = () => choice('agent', 'Agent', values(calls(), label('gen_ai.agent.name')));

/** Models that were asked for. */
export const model: Variable = () => choice('model', 'Model', values(calls(), label('gen_ai.request.model')));

/** Budgets that have a limit now. */
export const budget: Variable = () => choice('budget', 'Budget', values(inEnvironment(RECORDED.limit), 'budget'));

/** One task by its id; links fill it in. */
export const task: Variable = () =>
  new dashboard.TextBoxVariableBuilder('task').label('Task').description('Id of a task: shows its spans.');

/** USD: calls and tasks that cost less are not listed. */
export const leastCost: Variable = () =>
  new dashboard.TextBoxVariableBuilder('least')
    .label('Costs more than')
    .description('In USD. Raise it to find the dearest.')
    .defaultValue('0');

function source(name: string, title: string, type: string): cog.Builder<dashboard.VariableModel> {
  return new dashboard.DatasourceVariableBuilder(name).label(title).type(type);
}

// `.*` matches series without the label too: All shows what is not tagged.
function choice(name: string, title: string, query: string): cog.Builder<dashboard.VariableModel> {
  return new dashboard.QueryVariableBuilder(name)
    .label(title)
    .datasource(METRICS_SOURCE)
    .query(query)
    .definition(query)
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });
}

function calls(): string {
  return inEnvironment(series('tollgate.calls'));
}

function inEnvironment(name: string): string {
  return `${name}{${RESOURCE.environment}=~"$environment"}`;
}

function values(selector: string, name: string): string {
  return `label_values(${selector}, ${name})`;
}
