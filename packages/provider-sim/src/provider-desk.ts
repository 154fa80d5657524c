import type { IncomingMessage, ServerResponse } from 'node:http';
import { BillBook } from './bill/bill.ts';
import { PRICE_LIST, type PriceList } from './bill/price-list.ts';
import type { Script } from './plan.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { BackgroundResponses } from './routes/background-responses.ts';
import type { ReplyContext } from './routes/route.ts';
import { continueInBackground } from './transport/continue-in-background.ts';
import { deliver, sendError } from './transport/deliver.ts';
import { Exchange } from './transport/exchange.ts';
import { Outgoing } from './transport/outgoing.ts';
import { readRequest, type Arrival } from './transport/read-request.ts';

/** What a provider can be started with. */
export interface ProviderOptions {
  /** Decides replies and faults. Default: every reply is good, and made up from its prompt. */
  script?: Script | undefined;
  /** Prices that are added to the list or stand in for its own. */
  prices?: PriceList | undefined;
  /** Azure deployments and the models behind them. Default: the deployment's name is the model. */
  deployments?: Readonly<Record<string, string>> | undefined;
  /** Epoch ms. Default: the system's clock. */
  now?: (() => number) | undefined;
  /** Whether recorded requests keep their bodies. Default true. */
  keepBodies?: boolean | undefined;
}

/** Takes requests in, has them answered, and writes both down. */
export class ProviderDesk {
  readonly book: BillBook;
  readonly requests: RecordedRequest[] = [];
  readonly listeners: Set<(request: RecordedRequest) => void> = new Set();
  readonly #options: ProviderOptions;
  readonly #now: () => number;
  readonly #attempts = new Map<string, number>();
  readonly #background = new BackgroundResponses();
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #number = 0;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.book = new BillBook({ ...PRICE_LIST, ...options.prices }, this.#now);
  }

  /** Answers one request. */
  serve(message: IncomingMessage, response: ServerResponse): void {
    this.#track(this.#exchange(message, new Outgoing(response)));
  }

  /** Resolves when no request and no background response is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Background responses stop where they are. */
  close(): void {
    this.#closing.abort();
  }

  async #exchange(message: IncomingMessage, out: Outgoing): Promise<void> {
    const at = this.#now();
    this.#number += 1;
    const count = (route: string, key: string): number => this.#countAttempt(`${route} ${key}`);
    const arrival = await readRequest(message, this.#number, count, this.#options.deployments ?? {});
    const recorded = this.#record(message, at, arrival);
    const { number, key, route, model } = arrival.request;
    const line = this.book.open({ number, at, route, model, key });
    const exchange = new Exchange(arrival.request, out, line, this.book);
    try {
      await this.#reply(arrival, exchange);
    } catch (error) {
      await failLoudly(error, exchange);
    }
    line.aborted = out.isAborted;
    Object.assign(recorded, { status: line.status, bytesSent: out.bytesSent, aborted: out.isAborted, isOver: true });
  }

  async #reply({ destination: { route }, request, body }: Arrival, exchange: Exchange): Promise<void> {
    if (exchange.out.isClosed) return;
    if (route === undefined) return sendError(exchange, 404);
    if (body === undefined || (route.needsModel === true && request.model === '')) return sendError(exchange, 400);
    const plan = this.#options.script?.(request) ?? {};
    if (plan.model !== undefined) exchange.line.model = plan.model;
    const reply = route.reply(request, plan, this.#context());
    await deliver(reply, plan, exchange);
    if (reply.continues === undefined || exchange.line.state === 'not-billed') return;
    const work = { ...reply.continues, usage: reply.usage, paceMs: plan.paceMs ?? 0, signal: this.#closing.signal };
    this.#track(continueInBackground(work, exchange, this.#background));
  }

  #context(): ReplyContext {
    return {
      now: this.#now(),
      background: this.#background,
      servedMode: (model, asked) => this.book.servedMode(model, asked),
    };
  }

  #record(message: IncomingMessage, at: number, { destination, request, body }: Arrival): RecordedRequest {
    const recorded: RecordedRequest = {
      number: request.number,
      at,
      method: message.method ?? 'GET',
      url: message.url ?? '/',
      route: destination.route?.name,
      key: request.key,
      headers: request.headers,
      body: this.#options.keepBodies === false ? undefined : body,
      status: undefined,
      bytesSent: 0,
      aborted: false,
      isOver: false,
    };
    this.requests.push(recorded);
    for (const listener of this.listeners) listener(recorded);
    return recorded;
  }

  #countAttempt(key: string): number {
    const earlier = this.#attempts.get(key) ?? 0;
    this.#attempts.set(key, earlier + 1);
    return earlier;
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}

/** A script that throws must not look like a provider's bad day. */
async function failLoudly(error: unknown, exchange: Exchange): Promise<void> {
  process.emitWarning(
    `provider-sim failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  if (exchange.line.status === undefined) await sendError(exchange, 500);
  else exchange.out.drop();
}
