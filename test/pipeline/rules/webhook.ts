import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An alert as Alertmanager's webhook, version 4, tells it. */
export interface ToldAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** A server that Alertmanager tells. */
export interface Webhook extends AsyncDisposable {
  /** Addresses to be told at, by receiver. */
  readonly urls: Record<'pages' | 'tickets', string>;
  /** All that was told so far, with the receiver that it was for. */
  readonly told: readonly (ToldAlert & { receiver: string })[];
}

/** Listens on 127.0.0.1. */
export async function startWebhook(): Promise<Webhook> {
  const told: (ToldAlert & { receiver: string })[] = [];
  const server = createServer((request, response) => {
    void take(request).finally(() => response.end());
  });
  async function take(request: IncomingMessage): Promise<void> {
    const { receiver, alerts } = JSON.parse(await bodyOf(request)) as { receiver: string; alerts: ToldAlert[] };
    told.push(...alerts.map((alert) => ({ ...alert, receiver })));
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urls: { pages: `${url}/pages`, tickets: `${url}/tickets` },
    told,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
