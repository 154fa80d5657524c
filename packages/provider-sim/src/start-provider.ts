import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Bill } from './bill/bill.ts';
import { ProviderDesk, type ProviderOptions } from './provider-desk.ts';
import type { RecordedRequest } from './recorded-request.ts';

const IDLE_CONNECTION_MS = 120_000;

/** A running server that speaks OpenAI's and Anthropic's wire, and what it saw and bills. */
export interface Provider extends AsyncDisposable {
  /** Without a slash at the end; what `AzureOpenAI` takes as `endpoint` and `groq-sdk` as `baseURL`. */
  readonly url: string;
  /** What `openai` and `together-ai` take as `baseURL`. */
  readonly openaiBaseUrl: string;
  /** What `@anthropic-ai/sdk` takes as `baseURL`. */
  readonly anthropicBaseUrl: string;
  readonly bill: Bill;
  /** Every HTTP request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Calls the listener for each request from now on, before it is answered; returns what stops it. */
  onRequest(listener: (request: RecordedRequest) => void): () => void;
  /** Resolves when nothing is under way: then the bill and the requests are final. A stall lasts until its client gives up. */
  settled(): Promise<void>;
  /** Cuts all connections and stops. */
  close(): Promise<void>;
}

/** Starts a provider on 127.0.0.1, on a port that is free. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const desk = new ProviderDesk(options);
  const server = createServer((message, response) => desk.serve(message, response));
  // A client may keep a connection longer than Node's five seconds, and would meet a reset on its next request.
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    desk.close();
    const closed = promisify(server.close.bind(server))();
    server.closeAllConnections();
    await closed;
    await desk.settled();
  };
  return {
    url,
    openaiBaseUrl: `${url}/v1`,
    anthropicBaseUrl: url,
    bill: desk.book,
    requests: desk.requests,
    onRequest(listener) {
      desk.listeners.add(listener);
      return () => desk.listeners.delete(listener);
    },
    settled: () => desk.settled(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
