import { Anthropic } from '@anthropic-ai/sdk';
import { register, type Events, type RegisterOptions, type Tollgate } from '@tollgate/otel';
import { startProvider, type Provider, type ProviderOptions } from '@tollgate/provider-sim';
import { OpenAI } from 'openai';
import { takeBundled } from '../../packages/otel/src/later.ts';
import { PARTS } from '../../packages/otel/src/parts.ts';
import { shared } from '../../packages/otel/src/shared.ts';

// This process's modules are the test runner's, and Node would load others.
takeBundled(PARTS);

type Kind = keyof Events;

/** Something that a listener was told. */
export type Told = { [K in Kind]: { event: K; payload: Events[K] } }[Kind];

/** An app in this process: its clients, the providers that answer them, and what Tollgate says. */
export interface App extends AsyncDisposable {
  readonly tollgate: Tollgate;
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  /** Where the OpenAI client goes. */
  readonly provider: Provider;
  /** Where the Anthropic client goes. */
  readonly claude: Provider;
  /** All that listeners were told, in order. */
  readonly told: readonly Told[];
  /** What was told under one name. */
  heard<K extends Kind>(event: K): Events[K][];
}

const KINDS: readonly Kind[] = ['call', 'budget.warning', 'budget.exceeded', 'budget.overrun', 'unpriced'];

/** Starts providers and registers anew. One at a time: the next one of this process begins where this one is disposed of. */
export async function startApp(options: RegisterOptions = {}, script: ProviderOptions = {}): Promise<App> {
  if (shared.handle !== undefined) throw new Error('the app before this one was not disposed of');
  const [provider, claude] = await Promise.all([startProvider(script), startProvider(script)]);
  const tollgate = register({
    serviceName: 'api-test',
    otel: 'off',
    summary: 'off',
    hosts: {
      [new URL(provider.url).host]: { provider: 'openai', includeUsage: true },
      [new URL(claude.url).host]: 'anthropic',
    },
    ...options,
  });
  const told: Told[] = [];
  for (const event of KINDS) tollgate.on(event, (payload) => told.push({ event, payload } as Told));
  return {
    tollgate,
    openai: new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 }),
    anthropic: new Anthropic({ apiKey: 'sim', baseURL: claude.anthropicBaseUrl, maxRetries: 0 }),
    provider,
    claude,
    told,
    heard: <K extends Kind>(kind: K) =>
      told.filter(({ event }) => event === kind).map(({ payload }) => payload as Events[K]),
    async [Symbol.asyncDispose]() {
      await tollgate.shutdown();
      await Promise.all([provider.close(), claude.close()]);
      shared.handle = undefined;
      shared.makeMeter = undefined;
    },
  };
}
