import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runDemo } from './run-program.ts';

test('the demo exports traces and metrics to the endpoint of the environment', async () => {
  const seen: { url: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString('latin1')));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { exitCode, stderr } = await runDemo(['--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    expect(exitCode, stderr).toBe(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  const sentTo = (url: string): string => seen.flatMap((one) => (one.url === url ? [one.body] : [])).join('');
  for (const words of ['tollgate-demo', 'invoke_agent critic', 'step judge', 'chat gpt-4.1', 'budget_exceeded']) {
    expect(sentTo('/v1/traces')).toContain(words);
  }
  expect(sentTo('/v1/metrics')).toContain('tollgate.budget.');
});
