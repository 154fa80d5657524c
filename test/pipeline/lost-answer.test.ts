import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { playActs } from './play-acts.ts';
import { instantQuery } from './prometheus-api.ts';
import { startPrometheus } from './start-prometheus.ts';

/** Hands metrics on to Prometheus, and loses the answer to the first costs. `answers`: from these on. */
async function losingProxy(prometheusUrl: string): Promise<AsyncDisposable & { url: string; answers: number[] }> {
  const answers: number[] = [];
  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    if (request.url !== '/v1/metrics') return void response.end();
    const headers = { 'content-type': String(request.headers['content-type']) };
    const answer = await fetch(`${prometheusUrl}/api/v1/otlp/v1/metrics`, { method: 'POST', headers, body });
    if (answers.length > 0 || body.includes('tollgate.cost')) answers.push(answer.status);
    if (answers.length === 1) response.destroy();
    else response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }
  const server = createServer((request, response) => void handOn(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, answers, [Symbol.asyncDispose]: close };
}

test('an export whose answer was lost costs nothing that comes after it', async () => {
  await using prometheus = await startPrometheus({ outOfOrderWindow: '0s' });
  await using proxy = await losingProxy(prometheus.url);
  const { nanoUsd } = await playActs({
    otlpEndpoint: proxy.url,
    acts: ['chat', 'slow', 'cached'],
    options: { serviceName: 'unlucky' },
    env: { OTEL_METRIC_EXPORT_INTERVAL: '500', OTEL_METRIC_EXPORT_TIMEOUT: '500' },
  });
  // Taken and not heard of; refused, since the zeros are there; taken without them; and so on.
  expect(proxy.answers.slice(0, 3)).toEqual([200, 400, 200]);
  const [total] = await instantQuery(prometheus.url, 'sum(tollgate_cost_total)');
  expect(Math.round((total?.value ?? 0) * 1e9)).toBe(nanoUsd);
});
