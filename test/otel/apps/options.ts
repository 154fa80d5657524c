import { Anthropic } from '@anthropic-ai/sdk';
import { BudgetExceededError, ConfigError, register, type RegisterOptions, type Tollgate } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';

/** What the app is told that tries options. */
export interface OptionsSettings {
  /** `undefined`: it is preloaded, and has the handle from there. */
  options?: RegisterOptions | undefined;
  openaiBaseUrl: string;
}

/** What it saw. */
export interface OptionsAnswer {
  /** What `register()` has thrown. */
  thrown: { name: string; message: string; issues: { path: string; message: string }[] } | undefined;
  /** A method of the SDKs' classes is another one than before. */
  isTouched: boolean;
  /** What came of two calls: `ok`, or the reason of the refusal. */
  ends: string[];
  usage: ReturnType<Tollgate['usage']>;
  budgets: ReturnType<Tollgate['budgets']>;
}

const { options, openaiBaseUrl } = settings() as OptionsSettings;
const before = methods();
let handle: Tollgate | undefined;
let thrown: OptionsAnswer['thrown'];
try {
  handle = register(options);
  register(options);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  const { name, message, issues } = error;
  thrown = { name, message, issues: issues.map(({ path, message: text }) => ({ path, message: text })) };
}
const after = methods();
const isTouched = after.length !== before.length || after.some((method, index) => method !== before[index]);

const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const ends: string[] = [];
for (const content of ['one', 'two']) {
  const call = openai.chat.completions.create({
    model: 'gpt-4o-mini',
    max_tokens: 20,
    messages: [{ role: 'user', content }],
  });
  ends.push(
    await call.then(
      () => 'ok',
      (error: unknown) => (BudgetExceededError.is(error) ? (error as BudgetExceededError).reason : String(error)),
    ),
  );
}
answer({
  thrown,
  isTouched,
  ends,
  usage: handle?.usage() ?? [],
  budgets: handle?.budgets() ?? [],
} satisfies OptionsAnswer);

/** Everything on the prototypes of the clients, in order. */
function methods(): unknown[] {
  const found: unknown[] = [];
  for (const { prototype } of [OpenAI, Anthropic]) {
    let proto: unknown = prototype;
    while (typeof proto === 'object' && proto !== null && proto !== Object.prototype) {
      for (const { value } of Object.values(Object.getOwnPropertyDescriptors(proto))) found.push(value);
      proto = Object.getPrototypeOf(proto);
    }
  }
  return found;
}
