import Anthropic from '@anthropic-ai/sdk';
import type { RegisterOptions } from '@tollgate/otel';
import { startProvider, type Provider } from '@tollgate/provider-sim';
import OpenAI from 'openai';
import { script } from './script/script.ts';

/** What a provider server has billed. */
export interface ServerBill {
  nanoUsd: number;
  requests: number;
}

/** The providers that the team talks to. */
export interface Endpoints {
  openai: OpenAI;
  anthropic: Anthropic;
  /** Which provider answers at which host, where the host does not say it. */
  hosts: NonNullable<RegisterOptions['hosts']>;
  /** What the providers have billed, once nothing is under way; undefined where they do not tell. */
  bill: () => Promise<ServerBill | undefined>;
  close: () => Promise<void>;
}

/** Two provider servers on 127.0.0.1 that say what the script says, and write a bill of their own. */
export async function simulatedEndpoints(): Promise<Endpoints> {
  const [openai, anthropic] = await Promise.all([startProvider({ script }), startProvider({ script })]);
  return {
    openai: new OpenAI({ baseURL: openai.openaiBaseUrl, apiKey: 'none' }),
    anthropic: new Anthropic({ baseURL: anthropic.anthropicBaseUrl, apiKey: 'none' }),
    hosts: {
      [hostOf(openai)]: { provider: 'openai', includeUsage: true },
      [hostOf(anthropic)]: 'anthropic',
    },
    async bill() {
      await Promise.all([openai.settled(), anthropic.settled()]);
      return {
        nanoUsd: openai.bill.nanoUsd + anthropic.bill.nanoUsd,
        requests: openai.requests.length + anthropic.requests.length,
      };
    },
    async close() {
      await Promise.all([openai.close(), anthropic.close()]);
    },
  };
}

function hostOf({ url }: Provider): string {
  return new URL(url).host;
}

const KEYS = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

/** The environment variables that the real providers need and that are not set. */
export function missingKeys(env: NodeJS.ProcessEnv): string[] {
  return KEYS.filter((key) => !env[key]?.trim());
}

/** The real providers, by the keys in the environment. */
export function realEndpoints(): Endpoints {
  return {
    openai: new OpenAI(),
    anthropic: new Anthropic(),
    hosts: {},
    bill: async () => undefined,
    close: async () => {},
  };
}
