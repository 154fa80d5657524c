import { startProvider } from '@tollgate/provider-sim';
import { expect, test } from 'vitest';
import type { UnderWayAnswer, UnderWaySettings } from './apps/under-way.ts';
import { startReceiver, type ReceivedSpan } from './otlp-receiver.ts';
import { runApp, type AppEnd } from './run-app.ts';

type Ending = UnderWaySettings['ending'];

interface Ended extends AppEnd {
  spans: ReceivedSpan[];
  said: UnderWayAnswer | undefined;
}

/** Ends an app that has had one answer and reads a second one, whose pieces come slowly. */
async function endUnderWay(
  ending: Ending,
  {
    options = {},
    isExporting = false,
    terminal,
  }: Partial<UnderWaySettings> & Partial<Record<'isExporting' | 'terminal', boolean>>,
): Promise<Ended> {
  await using receiver = await startReceiver();
  await using provider = await startProvider({ script: ({ stream }) => ({ paceMs: stream ? 20 : 0 }) });
  const env = isExporting
    ? { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
    : {};
  const end = await runApp('under-way.ts', {
    settings: { options, baseUrl: provider.openaiBaseUrl, ending } satisfies UnderWaySettings,
    env,
    terminal,
  });
  const line = end.stdout.split('\n').find((each) => each.startsWith('{'));
  const said = line === undefined ? undefined : (JSON.parse(line) as UnderWayAnswer);
  return { ...end, spans: receiver.spans, said };
}

test.each<[Ending, object]>([
  ['process.exit(3)', { code: 3, signal: null }],
  ['SIGINT', { code: null, signal: 'SIGINT' }],
  ['SIGTERM', { code: null, signal: 'SIGTERM' }],
])('%s: the table has the call that is under way, and the process ends as without us', async (ending, how) => {
  const end = await endUnderWay(ending, { options: { summary: 'on' } });
  expect(end).toMatchObject(how);
  expect(end.stderr).toMatch(/^Tollgate: \$\S+ .* 2 calls/m);
  expect(end.stderr).toMatch(/is estimated/);
  expect(end.stderr.match(/Tollgate: /g)).toHaveLength(1);
});

test('Ctrl-C at a terminal shows the table', async () => {
  const { stdout } = await endUnderWay('SIGINT', { terminal: true });
  expect(stdout).toMatch(/Tollgate: \$\S+ .* 2 calls/);
});

test('a signal that the app handles itself takes nothing from its calls', async () => {
  const end = await endUnderWay('SIGTERM handler', { options: { summary: 'on' }, isExporting: true });
  expect(end).toMatchObject({ code: 0, signal: null, said: { calls: 2, reservedNanoUsd: 0 } });
  expect(end.stderr).toMatch(/^Tollgate: \$\S+ .* 2 calls/m);
  expect(end.stderr).not.toMatch(/is estimated/);
});

test.each<Ending>(['SIGTERM', 'shutdown'])('%s: the call that is under way has a span', async (ending) => {
  const { spans } = await endUnderWay(ending, { isExporting: true });
  expect(spans.map(({ attributes }) => attributes['tollgate.call.outcome'])).toEqual([undefined, 'aborted']);
});

test('a shutdown leaves nothing reserved', async () => {
  const { said } = await endUnderWay('shutdown', {});
  expect(said).toEqual({ calls: 2, reservedNanoUsd: 0 });
});

test('a flush leaves a call that is under way alone', async () => {
  const { said, stderr } = await endUnderWay('flush', { options: { summary: 'on' }, isExporting: true });
  expect(said).toEqual({ calls: 2, reservedNanoUsd: 0 });
  expect(stderr).not.toMatch(/is estimated/);
});
