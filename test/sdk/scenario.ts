import type { Provider, ReplyPlan, Script } from '@tollgate/provider-sim';
import type { Described } from './app/describe.ts';

/** The SDKs that are tried, by the names under which they are installed. */
export type SdkName = 'openai' | '@anthropic-ai/sdk' | 'groq-sdk' | 'together-ai';

/** What a scenario has at hand: a provider server of its own, the SDK, and a notebook for all that it sees. */
export interface App<Sdk, Client> {
  readonly sdk: Sdk;
  readonly provider: Provider;
  /** A client of the provider, without retries; in some runs made before `register()`. */
  client(options?: object): Client;
  /** Writes down what the app sees. Whatever is noted has to be the same with and without us. */
  note(what: string, value?: unknown): void;
  /** Notes every item of a stream, and its end or its error. */
  reads(what: string, items: AsyncIterable<unknown>): Promise<void>;
  /** Notes the error that comes; and that none came, if so. */
  fails(what: string, work: () => unknown): Promise<void>;
}

/** One small program against a provider, and what we must have made of it. */
export interface Scenario<Sdk = unknown, Client = unknown> {
  /** A sentence that begins with what is called. */
  readonly name: string;
  /** What the provider answers: one plan per HTTP request, or a script. Default: made up from the prompt. */
  readonly plans?: readonly (ReplyPlan | undefined)[] | Script;
  run(app: App<Sdk, Client>): Promise<void>;
  /** How many calls it makes. Default 1. */
  readonly calls?: number;
  /** Default 'reported': tokens and cost equal the bill. 'estimated': flagged, and at least the input. */
  readonly state?: 'reported' | 'estimated';
  /** How its calls end. Default 'ok'. */
  readonly outcome?: 'ok' | 'error' | 'aborted';
  /** The figures of the bill depend on when the provider notices that the app is gone. Default false. */
  readonly billVaries?: boolean;
  /** The oldest major of the SDK that has what it uses. Default: all that are tried. */
  readonly since?: number;
}

/** One HTTP request as the provider saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  route: string | undefined;
  headers: Record<string, string>;
  body: Record<string, unknown> | undefined;
  status: number | undefined;
  aborted: boolean;
}

/** A span that reached the app's own processor. */
export interface SeenSpan {
  name: string;
  kind: number;
  scope: string;
  status: { code: number; message?: string };
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
}

/** What Tollgate made of a scenario. */
export interface Metered {
  row: { calls: number; denied: number; attempts: number; nanoUsd: number; estimatedNanoUsd: number; usage: Tokens };
  records: { outcome: string; attempts: number; state: string; nanoUsd: number | undefined; provider: string }[];
  /** Of each error that the app noted: whether `BudgetExceededError.is` knows it. */
  refusals: boolean[];
}

/** Tokens by class, whoever counted them. */
export type Tokens = Record<string, number>;

/** What came of a scenario in one run. */
export interface ScenarioRecord {
  name: string;
  notes: [what: string, value: Described][];
  http: SeenRequest[];
  bill: { nanoUsd: number; usage: Tokens };
  spans: SeenSpan[];
  /** Spans that were started and have not ended. */
  openSpans: number;
  metered?: Metered;
}
