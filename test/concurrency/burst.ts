import { BudgetExceededError, register } from '@tollgate/otel';
import { countTokens, startProvider } from '@tollgate/provider-sim';
import OpenAI from 'openai';

/** What one burst is: `cap` is the output cap as a multiple of real use; 0 sends none. */
export interface BurstSetUp {
  calls: number;
  cap: number;
  reserve: 'expected' | 'max';
  shrink: boolean;
  /** `same`: 300 tokens each; `spread`: 60 to 1,860, 300 on average, so that some are far longer than expected. */
  outputs: 'same' | 'spread';
}

/** What came of it, by the provider's own bill. Money in nano-USD. */
export interface BurstResult {
  limit: number;
  billed: number;
  /** The most that was billed at any instant. */
  highest: number;
  spent: number;
  reserved: number;
  answered: number;
  requests: number;
  refusals: Record<string, number>;
  tookMs: number;
}

const INPUT = 1_000;
const OUTPUT = 300;
/** gpt-4o: $2.50 and $10 per million tokens. */
const COST = INPUT * 2_500 + OUTPUT * 10_000;
const WORDS = 'the report shows how much of the work was done and what is left for the team to do next '.repeat(60);

/** Every tenth answer is six times as long as the average, the others are shorter. */
function outputOf(number: number): number {
  if (setUp.outputs === 'same') return OUTPUT;
  return number % 10 === 7 ? 1_860 : 60 + ((number * 37) % 134);
}

const setUp = JSON.parse(process.argv[2] ?? '') as BurstSetUp;
await using provider = await startProvider({
  script: ({ number }) => ({ usage: { input: INPUT, output: outputOf(number) }, paceMs: 0.5 }),
});
const limit = 50 * COST;
const { reserve, shrink } = setUp;
const tollgate = register({
  hosts: { [new URL(provider.url).host]: 'openai' },
  budgets: [{ name: 'burst', limit: { usd: limit / 1e9 }, window: 'total', reserve, shrink }],
  otel: 'off',
  summary: 'off',
  maxWait: '60s',
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
// The text has as many tokens as the provider bills, so that a count of it is right.
const prompt = textOf(INPUT);
const refusals: Record<string, number> = {};
let answered = 0;
const startedAt = performance.now();

async function call(): Promise<void> {
  const cap = setUp.cap === 0 ? {} : { max_tokens: OUTPUT * setUp.cap };
  try {
    await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }], ...cap });
    answered += 1;
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error;
    refusals[error.reason] = (refusals[error.reason] ?? 0) + 1;
  }
}

function textOf(tokens: number): string {
  const words = WORDS.split(' ');
  const text = words.slice(0, tokens - 7).join(' ');
  if (countTokens(text) > tokens) throw new Error('the prompt is longer than the provider bills');
  return text;
}

await Promise.all(Array.from({ length: setUp.calls }, call));
await provider.settled();
const [standing] = tollgate.budgets();
const result: BurstResult = {
  limit,
  billed: provider.bill.nanoUsd,
  highest: Math.max(0, ...provider.bill.timeline.map(({ nanoUsd }) => nanoUsd)),
  spent: standing?.spent.nanoUsd ?? -1,
  reserved: standing?.reserved.nanoUsd ?? -1,
  answered,
  requests: provider.requests.length,
  refusals,
  tookMs: performance.now() - startedAt,
};
process.stdout.write(JSON.stringify(result));
