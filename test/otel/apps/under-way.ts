import { register, type RegisterOptions } from '@tollgate/otel';
import { answer, settings } from './settings.ts';

/** What the app is told to do: how it ends while a stream is being read. */
export interface UnderWaySettings {
  options: RegisterOptions;
  baseUrl: string;
  ending: 'SIGINT' | 'SIGTERM' | 'process.exit(3)' | 'shutdown' | 'flush' | 'SIGTERM handler';
}

/** What the app saw of its spend, where it has looked at it. */
export interface UnderWayAnswer {
  calls: number | undefined;
  reservedNanoUsd: number | undefined;
}

// An app that has had one answer, and ends while it reads the next one.
const { options, baseUrl, ending } = settings() as UnderWaySettings;
const tollgate = register({
  hosts: { [new URL(baseUrl).host]: { provider: 'openai', includeUsage: true } },
  budgets: [{ name: 'b', limit: { usd: 1 }, window: 'total' }],
  ...options,
});
const { OpenAI } = await import('openai');
const client = new OpenAI({ apiKey: 'sim', baseURL: baseUrl, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'a question' }];
await client.chat.completions.create({ model: 'gpt-4o', max_tokens: 20, messages });
const stream = await client.chat.completions.create({ model: 'gpt-4o', max_tokens: 2000, messages, stream: true });
const pieces = stream[Symbol.asyncIterator]();
for (let read = 0; read < 5; read += 1) await pieces.next();

function look(): void {
  answer({
    calls: tollgate.usage()[0]?.calls,
    reservedNanoUsd: tollgate.budgets()[0]?.reserved.nanoUsd,
  } satisfies UnderWayAnswer);
}

async function readOn(): Promise<void> {
  while ((await pieces.next()).done !== true);
  look();
  process.exit(0);
}

async function leave(): Promise<void> {
  switch (ending) {
    case 'process.exit(3)':
      return process.exit(3);
    case 'flush':
      await tollgate.flush();
      return readOn();
    case 'shutdown':
      await tollgate.shutdown();
      look();
      return process.exit(0);
    case 'SIGTERM handler':
      process.on('SIGTERM', () => void readOn());
      process.kill(process.pid, 'SIGTERM');
      return undefined;
    default:
      process.kill(process.pid, ending);
      return undefined;
  }
}
await leave();
