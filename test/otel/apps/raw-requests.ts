import { register, type Tollgate } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';

/** What the app is told that makes its requests by hand. */
export interface RawSettings {
  openaiBaseUrl: string;
  limit: number;
  requests: { path: string; body: string }[];
}

/** What came of them: `ok`, or the error's name. */
export interface RawAnswer {
  ends: string[];
  usage: ReturnType<Tollgate['usage']>;
}

const { openaiBaseUrl, limit, requests } = settings() as RawSettings;
const tollgate = register({
  hosts: { [new URL(openaiBaseUrl).host]: { provider: 'openai', includeUsage: true } },
  budgets: [{ name: 'all', limit: { usd: limit }, window: 'total' }],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const headers = { 'content-type': 'application/json' };
const ends: string[] = [];
for (const { path, body } of requests) {
  const isStream = body.includes('"stream":true');
  const sent = openai.post(path, { body, headers, stream: isStream });
  try {
    const reply = (await sent) as AsyncIterable<unknown>;
    if (isStream) await Array.fromAsync(reply);
    ends.push('ok');
  } catch (error) {
    ends.push((error as Error).constructor.name);
  }
}
answer({ ends, usage: tollgate.usage() } satisfies RawAnswer);
