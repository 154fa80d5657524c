import type { NamedHost } from './check-hosts.ts';
import type { Attribution, BudgetSpec, Dimension, PriceOverride, PriceOverrides } from '@tollgate/core';
import type { Budget } from '@tollgate/core/plugin';

/** What `register()` takes. Everything has a default; `TOLLGATE_*` and the config file say the same things in text. */
export interface RegisterOptions {
  /** Default: `OTEL_SERVICE_NAME`, else the name in the nearest package.json, else 'unknown_service'. */
  serviceName?: string | undefined;
  /** Default: none, so calls are seen and never refused. */
  budgets?: readonly BudgetSpec[] | undefined;
  /** 'auto' (default) and 'memory': accounts live in the process. Other stores are refused: they are not there yet. */
  store?: string | undefined;
  /** 'enforce' (default), 'observe' (decides and records, and never touches a call), 'off'. `TOLLGATE_MODE` beats all else. */
  mode?: 'enforce' | 'observe' | 'off' | undefined;
  /** How long a call waits for others' reservations to settle. Default '10s'. */
  maxWait?: string | undefined;
  /** What a budget says when its store gives no answer: no effect with memory. Default 'deny'. */
  onStoreError?: 'deny' | 'allow' | undefined;
  /** Prices of your own: a list, or the path of a JSON file that is read again when it changes. */
  prices?: readonly PriceOverride[] | string | undefined;
  /** What budgets are charged for a model without a price. Default 'family': the dearest listed model of its family. */
  unknownPrice?: 'family' | 'deny' | 'allow-unpriced' | undefined;
  /** Whether messages go onto spans, up to 65,536 characters each way. Default: what OpenTelemetry's own variable says, else false. */
  captureContent?: boolean | undefined;
  /** 'hash': user ids are hashed everywhere. Default 'plain'. */
  users?: 'plain' | 'hash' | undefined;
  /** A spend table at exit: 'auto' (default: when nothing is exported and stderr is a terminal), 'on', 'off'. */
  summary?: 'auto' | 'on' | 'off' | undefined;
  /** 'auto' (default) takes the app's OpenTelemetry when there is one; 'attach' only that; 'own' starts one; 'off'. */
  otel?: 'auto' | 'attach' | 'own' | 'off' | undefined;
  /** Who counts calls: this process (default), or the Collector. */
  metrics?: 'process' | 'collector' | undefined;
  /** 'throw' (default), or 'skip': a broken budget is left out and reported, the valid ones stay enforced. */
  onInvalid?: 'throw' | 'skip' | undefined;
  /**
   * Provider by host or host:port, for gateways and local servers: `{ 'llm.internal:8080': 'openai' }`. One that takes
   * `stream_options.include_usage` is `{ provider: 'openai', includeUsage: true }`: else its streams are estimated unless the app asks.
   */
  hosts?: Record<string, string | { provider: string; includeUsage?: boolean | undefined }> | undefined;
  /** 'auto' (default): every SDK that is known; or the modules to hook; or the modules to leave alone. */
  instrumentations?: 'auto' | string[] | { disable: string[] } | undefined;
  /** 'both': the older names of semantic conventions as well. Default 'latest'. */
  semconv?: 'latest' | 'both' | undefined;
  /** What goes to other processes in W3C baggage, and is heard from them; never to a provider's host, and no user with `users: 'hash'`. Default false. */
  propagate?: false | { baggage: (keyof Attribution)[] } | undefined;
  /** Further resource attributes. */
  attributes?: Record<string, string | number | boolean> | undefined;
  /** Further metric labels. Tasks, users and sessions are labels only when asked for here. */
  labels?: Dimension[] | undefined;
}

/** The options with nothing left to decide: checked, merged from all sources, defaults filled in. */
export interface ResolvedOptions {
  serviceName: string;
  budgets: Budget[];
  store: 'auto' | 'memory';
  mode: 'enforce' | 'observe' | 'off';
  maxWaitMs: number;
  onStoreError: 'deny' | 'allow';
  prices: Prices;
  unknownPrice: 'family' | 'deny' | 'allow-unpriced';
  captureContent: boolean;
  users: 'plain' | 'hash';
  summary: 'auto' | 'on' | 'off';
  otel: 'auto' | 'attach' | 'own' | 'off';
  metrics: 'process' | 'collector';
  onInvalid: 'throw' | 'skip';
  /** Keys in lower case. */
  hosts: Record<string, string | NamedHost>;
  instrumentations: Instrumentations;
  semconv: 'latest' | 'both';
  /** The dimensions that go into baggage; empty: nothing does. */
  baggage: (keyof Attribution)[];
  attributes: Record<string, string | number | boolean>;
  labels: Dimension[];
}

/** The user's prices as they are now, and the absolute path to read them from again. */
export interface Prices {
  overrides: PriceOverrides;
  file: string | undefined;
}

/** Which modules are hooked: those in `only` (undefined: all that are known), less those in `disable`. */
export interface Instrumentations {
  only: string[] | undefined;
  disable: string[];
}
