import type { Provider } from '@tollgate/provider-sim';
import type { Scenario, SdkName } from '../scenario.ts';
import { anthropicFailures } from './anthropic/failures.ts';
import { anthropicMessages } from './anthropic/messages.ts';
import { anthropicStreams } from './anthropic/streams.ts';
import { anthropicTools } from './anthropic/tools.ts';
import { openaiChatStreams } from './openai/chat-streams.ts';
import { openaiChat } from './openai/chat.ts';
import { openaiClients } from './openai/clients.ts';
import { openaiFailures } from './openai/failures.ts';
import { openaiRunners } from './openai/runners.ts';
import { openaiOthers } from './openai/others.ts';
import { openaiRaw } from './openai/raw.ts';
import { openaiResponses } from './openai/responses.ts';
import { groqScenarios, togetherScenarios } from './siblings.ts';

/** How an SDK is tried. */
export interface SdkEntry {
  readonly scenarios: readonly Scenario[];
  /** What its client takes as base URL. */
  readonly baseUrl: (provider: Provider) => string;
  /** A client, from the exports of the SDK. */
  readonly client: (sdk: unknown, options: object) => unknown;
  /** What we are told of the provider on 127.0.0.1: the same as is known of the real one. */
  readonly host: { provider: string; includeUsage: boolean };
}

type Client = new (options: object) => object;

/** Scenarios are written against the types of their SDK; the runner knows none of them. */
function untyped(scenarios: readonly Scenario<never, never>[]): readonly Scenario[] {
  return scenarios;
}

export const CATALOGUE: Readonly<Record<SdkName, SdkEntry>> = {
  openai: {
    scenarios: untyped([
      ...openaiChat,
      ...openaiChatStreams,
      ...openaiRaw,
      ...openaiRunners,
      ...openaiFailures,
      ...openaiResponses,
      ...openaiOthers,
      ...openaiClients,
    ]),
    baseUrl: (provider) => provider.openaiBaseUrl,
    client: (sdk, options) => new (sdk as { OpenAI: Client }).OpenAI({ apiKey: 'sim', ...options }),
    host: { provider: 'openai', includeUsage: true },
  },
  '@anthropic-ai/sdk': {
    scenarios: untyped([...anthropicMessages, ...anthropicStreams, ...anthropicTools, ...anthropicFailures]),
    baseUrl: (provider) => provider.anthropicBaseUrl,
    client: (sdk, options) => new (sdk as { Anthropic: Client }).Anthropic({ apiKey: 'sim', ...options }),
    host: { provider: 'anthropic', includeUsage: false },
  },
  'groq-sdk': {
    scenarios: untyped(groqScenarios),
    baseUrl: (provider) => provider.url,
    client: (sdk, options) => new (sdk as { Groq: Client }).Groq({ apiKey: 'sim', ...options }),
    // It tells its usage in every stream, in a field of its own.
    host: { provider: 'groq', includeUsage: false },
  },
  'together-ai': {
    scenarios: untyped(togetherScenarios),
    baseUrl: (provider) => provider.openaiBaseUrl,
    client: (sdk, options) => new (sdk as { Together: Client }).Together({ apiKey: 'sim', ...options }),
    host: { provider: 'together', includeUsage: true },
  },
};
