import type { HookReport } from './hook-report.ts';
import { hookStainless } from './sdk/stainless.ts';

/**
 * Hooks the class of one client, for apps whose bundler has inlined the SDK so that no module of its name is ever loaded.
 * Gives the same client back. All clients of its class are seen from then on; what came of it is in the report.
 */
export function instrumentClient<Client extends object>(client: Client, report: HookReport): Client {
  const { constructor } = client;
  const result = hookStainless({ [constructor.name]: constructor });
  const why =
    result.state === 'nothing'
      ? 'no makeRequest on its class: only clients of OpenAI, Anthropic and their siblings are known'
      : undefined;
  report.noteClient(constructor.name, result.state === 'hooked', result.state === 'failed' ? result.why : why);
  return client;
}
