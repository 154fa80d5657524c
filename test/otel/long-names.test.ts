import { startProvider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import { startReceiver } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

test('names of a megabyte leave as labels of 256 characters, so that no backend refuses the metrics', async () => {
  await using receiver = await startReceiver();
  await using provider = await startProvider();
  const { ends } = await ask<{ ends: string[] }>('long-names.ts', {
    settings: { openaiBaseUrl: provider.openaiBaseUrl },
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  });
  expect(ends).toEqual(['ok', 'BudgetExceededError']);
  const exports = receiver.requests.filter(({ path }) => path.endsWith('/v1/metrics'));
  expect(exports).not.toEqual([]);
  for (const { body } of exports) expect(body.length).toBeLessThan(200_000);
  const labelled = receiver.points.flatMap(({ metric, attributes }) =>
    ['gen_ai.agent.name', 'tollgate.task.id', 'gen_ai.request.model'].flatMap((label) =>
      attributes[label] === undefined ? [] : [{ metric, label, value: String(attributes[label]) }],
    ),
  );
  expect(labelled.filter(({ value }) => value.length > 256)).toEqual([]);
  const cut = new Set(
    labelled.filter(({ value }) => value.endsWith('…')).map(({ label, metric }) => `${metric} ${label}`),
  );
  for (const each of ['tollgate.calls gen_ai.request.model', 'tollgate.calls gen_ai.agent.name'])
    expect(cut).toContain(each);
  for (const metric of ['tollgate.task.denied', 'tollgate.task.over']) {
    for (const label of ['gen_ai.agent.name', 'tollgate.task.id']) expect(cut).toContain(`${metric} ${label}`);
  }
});
