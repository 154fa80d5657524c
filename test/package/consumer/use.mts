// Never run: compiled in an app that has none of the instrumented SDKs and no OpenTelemetry SDK, with `skipLibCheck: false`,
// so that a type of theirs in our declarations is an error.
import * as core from '@tollgate/core';
import * as conformance from '@tollgate/core/conformance';
import * as otel from '@tollgate/otel';
import * as conventions from '@tollgate/otel/conventions';

export const everything: object[] = [core, conformance, otel, conventions];

const fromEnvironment = process.env['BUDGET_USD'];

const tollgate: otel.Tollgate = otel.register({
  serviceName: process.env['SERVICE_NAME'],
  mode: 'observe',
  budgets:
    fromEnvironment === undefined
      ? undefined
      : [{ name: 'day', limit: { usd: Number(fromEnvironment) }, window: 'day' }],
});

export async function work(): Promise<number> {
  const answer = await otel.withTask({ id: 'T-1' }, () => otel.withAgent('triager', async () => 42));
  const { allowed, reason } = await tollgate.check({ agent: 'triager' }, { usd: 0.5 });
  const stop = tollgate.on('budget.exceeded', ({ budget, account }) => console.warn(budget, account.agent));
  stop();
  const spent: number = tollgate.usage({ by: ['agent'] }).reduce((sum, row) => sum + row.nanoUsd, 0);
  await tollgate[Symbol.asyncDispose]();
  return allowed && reason === undefined ? spent : answer;
}

export function explain(error: unknown): string | undefined {
  if (error instanceof otel.BudgetExceededError) return `${error.standing.budget}: ${error.reason}`;
  return otel.BudgetExceededError.is(error) ? 'a budget said no' : undefined;
}
