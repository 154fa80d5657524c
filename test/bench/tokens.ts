/**
 * What counting and estimating tokens costs, as ratios that hold on any machine. Everything that is compared runs
 * interleaved, and the median counts: `node --conditions=@tollgate/source test/bench/tokens.ts`.
 */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { boundInputTokens } from '../../packages/core/src/tokens/input-bound.ts';
import { countTexts } from '../../packages/core/src/tokens/count-texts.ts';
import { loadEncoding } from '../../packages/core/src/tokens/encodings.ts';
import { upperOf } from '../../packages/core/src/tokens/input-estimate.ts';
import { OutputEstimator } from '../../packages/core/src/tokens/output-estimator.ts';
import type { RequestSizes } from '../../packages/core/src/tokens/request-sizes.ts';
import { TokenCounter } from '../../packages/core/src/tokens/token-counter.ts';
import { TokenEstimator } from '../../packages/core/src/tokens/token-estimator.ts';

const MEGABYTE = 1_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memoryInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

/** Median milliseconds of each work, all run in turn. */
function interleave(rounds: number, works: Record<string, () => unknown>): Record<string, number> {
  const taken: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const start = performance.now();
      work();
      (taken[name] ??= []).push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, median(all)]));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function times(count: number, work: () => unknown): () => void {
  return () => {
    for (let i = 0; i < count; i++) work();
  };
}

function report(what: string, value: number, unit: string, mark?: number): void {
  const verdict = mark === undefined ? '' : `  mark ≤ ${mark}${unit}: ${value <= mark ? 'met' : 'MISSED'}`;
  console.log(`${what.padEnd(64)} ${value.toPrecision(3).padStart(8)} ${unit}${verdict}`);
}

const ROOT = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

const ENGLISH = megabyteOf(read('README.md') + read('CONTRIBUTING.md'));
const CORPORA: Record<string, string> = {
  English: ENGLISH,
  code: megabyteOf(read('packages/core/src/tokens/token-estimator.ts') + read('packages/core/src/wire/wire.ts')),
  JSON: megabyteOf(read('package-lock.json')),
  Chinese: megabyteOf('预算用完之后,下一次调用在发送之前就会被拒绝。每个任务的费用都以整数记录。'),
};

/** A text over and over, up to a million bytes of UTF-8. */
function megabyteOf(unit: string): string {
  const size = Buffer.byteLength(unit);
  if (size <= MEGABYTE) return unit.repeat(Math.floor(MEGABYTE / size));
  return unit.slice(0, MEGABYTE);
}

async function benchLoadAndMemory(): Promise<void> {
  const before = memoryInUse();
  const counter = await loadEncoding('o200k_base');
  report('o200k: memory, module of the ranks included', memoryInUse() - before, 'MB', 15);
  counter.count(megabyteOf('a'));
  counter.count(ENGLISH);
  report('o200k: memory after long runs', memoryInUse() - before, 'MB', 15);

  const { default: ranks } = await import('js-tiktoken/ranks/o200k_base');
  const { Tiktoken } = await import('js-tiktoken/lite');
  const load = interleave(7, { ours: () => new TokenCounter(ranks), theirs: () => new Tiktoken(ranks) });
  report('o200k: load, against js-tiktoken', load['ours']! / load['theirs']!, '×', 0.4);

  const oracle = new Tiktoken(ranks);
  for (const [name, text] of Object.entries(CORPORA)) {
    const part = text.slice(0, 100_000);
    const count = interleave(5, { ours: () => counter.count(part), theirs: () => oracle.encode(part, [], []) });
    report(`${name}: count, against js-tiktoken`, count['ours']! / count['theirs']!, '×');
    report(`${name}: count`, Buffer.byteLength(part) / 1000 / count['ours']!, 'MB/s');
  }
}

async function benchLongRuns(): Promise<void> {
  const counter = await loadEncoding('o200k_base');
  const runs = ['a', 'A', ' ', '\n', '=', '/', '1', '中', '😀', '\u0301', 'ก', "'s", ' \n', 'GATTACA', 'aA'];
  const works = Object.fromEntries(
    runs.map((unit) => {
      const text = megabyteOf(unit);
      return [unit, () => counter.count(text)];
    }),
  );
  const { english, ...rest } = interleave(3, { english: () => counter.count(ENGLISH), ...works });
  for (const [unit, ms] of Object.entries(rest)) {
    report(`1 MB of ${JSON.stringify(unit)}, against 1 MB of English`, ms / english!, '×', 10);
  }
}

async function benchBlocking(): Promise<void> {
  const counter = await loadEncoding('o200k_base');
  for (const [name, text] of Object.entries({
    ...CORPORA,
    'one letter': megabyteOf('a'),
    'one character 中': megabyteOf('中'),
  })) {
    let last = performance.now();
    let longest = 0;
    await countTexts(counter, [text], async () => {
      longest = Math.max(longest, performance.now() - last);
      await new Promise((resolve) => setImmediate(resolve));
      last = performance.now();
    });
    report(`1 MB of ${name}: longest time without a pause`, longest, 'ms');
  }
}

const CHUNK =
  '{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-5-2025-08-07","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" budget"},"logprobs":null,"finish_reason":null}],"obfuscation":"a1b2c3"}';

function benchEstimates(): void {
  const estimator = new TokenEstimator({ pause: async () => {} });
  const outputs = new OutputEstimator();
  const key = { provider: 'openai', model: 'gpt-5' };
  const media = { images: 0, audio: 0, files: 0 };
  const sizes: RequestSizes = {
    operation: 'chat',
    model: 'gpt-5',
    textLength: 400_000,
    messages: 200,
    media,
    tools: 4,
    serverTools: false,
  };
  const unknown = { messages: Array.from({ length: 200 }, () => ({})) };
  const known = { messages: Array.from({ length: 200 }, () => ({})) };
  const reported = { input: 90_000, output: 300, outputLength: 900 };
  estimator.learn(estimator.estimate(key, sizes, { messages: known.messages.slice(0, 198) }), reported);
  const calls = 50_000;
  const ms = interleave(9, {
    J: times(calls, () => JSON.parse(CHUNK)),
    'bound of the input': times(calls, () => boundInputTokens(sizes)),
    'estimate, no conversation': times(calls, () => estimator.estimate(key, sizes)),
    'estimate, 200 messages that are new': times(calls, () => estimator.estimate(key, sizes, unknown)),
    'estimate, 200 messages, anchored': times(calls, () => estimator.estimate(key, sizes, known)),
    'estimate and its upper': times(calls, () => upperOf(estimator.estimate(key, sizes, known))),
    'estimate and learn': times(calls, () => estimator.learn(estimator.estimate(key, sizes, known), reported)),
    'output: expected': times(calls, () => outputs.expected('gpt-5', 'triager')),
    'output: learn': times(calls, () => outputs.learn('gpt-5', 'triager', 300)),
  });
  for (const [name, all] of Object.entries(ms)) {
    report(name, (all / calls) * 1000, 'µs');
    if (name !== 'J') report(`${name}, against J`, all / ms['J']!, '×');
  }
}

await benchLoadAndMemory();
await benchLongRuns();
await benchBlocking();
benchEstimates();
