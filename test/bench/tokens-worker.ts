import { readFileSync } from 'node:fs';
import { countTexts } from '../../packages/core/dist/tokens/count-texts.js';
import { loadEncoding } from '../../packages/core/dist/tokens/encodings.js';
import { upperOf } from '../../packages/core/dist/tokens/input-estimate.js';
import { TokenCounter } from '../../packages/core/dist/tokens/token-counter.js';
import { TokenEstimator } from '../../packages/core/dist/tokens/token-estimator.js';
import { CHUNK } from './chunk.ts';
import type { Row } from './row.ts';
import { cpuMicros, interleave, median, ratio, times } from './statistics.ts';

const scale = Number(process.argv[2]);
const MEGABYTE = 1_000_000;
const ROOT = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');
const ENGLISH = megabyteOf(read('README.md') + read('CONTRIBUTING.md'));

/** A text over and over, up to a million bytes of UTF-8 where `scale` is 1. */
function megabyteOf(unit: string): string {
  const size = Buffer.byteLength(unit);
  if (size <= MEGABYTE * scale) return unit.repeat(Math.floor((MEGABYTE * scale) / size));
  return unit.slice(0, MEGABYTE * scale);
}

function megabytesInUse(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

async function benchMemoryAndLoad(): Promise<Row[]> {
  const before = megabytesInUse();
  const counter = await loadEncoding('o200k_base');
  const loaded = megabytesInUse() - before;
  counter.count(megabyteOf('a'));
  counter.count(ENGLISH);
  const worked = megabytesInUse() - before;
  const { default: ranks } = await import('js-tiktoken/ranks/o200k_base');
  const { Tiktoken } = await import('js-tiktoken/lite');
  const load = interleave(7, { ours: () => new TokenCounter(ranks), theirs: () => new Tiktoken(ranks) });
  const oracle = new Tiktoken(ranks);
  const part = ENGLISH.slice(0, 100_000 * scale);
  const count = interleave(5, { ours: () => counter.count(part), theirs: () => oracle.encode(part, [], []) });
  const megabytesPerSecond = Buffer.byteLength(part) / median(count.ours);
  return [
    { name: 'o200k: memory, the module of its ranks included', ...megabytes(loaded) },
    { name: 'o200k: memory after long texts', ...megabytes(worked) },
    {
      name: 'o200k: load, of js-tiktoken’s',
      measured: `${(median(load.ours) / 1000).toFixed(0)} ms`,
      value: ratio(load.ours, load.theirs),
      unit: '×',
      mark: 0.4,
    },
    {
      name: 'o200k: a count of English, of js-tiktoken’s',
      measured: `${megabytesPerSecond.toFixed(0)} MB/s`,
      value: ratio(count.ours, count.theirs),
      unit: '×',
      mark: undefined,
    },
  ];
}

function megabytes(value: number): Omit<Row, 'name'> {
  return { measured: '', value, unit: 'MB', mark: 15 };
}

const UNITS = ['a', 'A', ' ', '\n', '=', '/', '1', '中', '😀', '\u0301', 'ก', "'s", ' \n', 'GATTACA', 'aA'];

async function benchLongRuns(): Promise<Row> {
  const counter = await loadEncoding('o200k_base');
  const texts = UNITS.map(megabyteOf);
  const runs = Object.fromEntries(UNITS.map((unit, index) => [unit, () => counter.count(texts[index]!)]));
  const samples = interleave(3, { english: () => counter.count(ENGLISH), ...runs });
  const found = UNITS.map((unit) => ({ unit, times: ratio(samples[unit as 'english'], samples.english) }));
  const worst = found.reduce((a, b) => (b.times > a.times ? b : a));
  const measured = `slowest: ${JSON.stringify(worst.unit)}`;
  return {
    name: '1 MB of one character or word, of 1 MB of English',
    measured,
    value: worst.times,
    unit: '×',
    mark: 10,
  };
}

async function benchBlocking(): Promise<Row> {
  const counter = await loadEncoding('o200k_base');
  let last = cpuMicros();
  let longest = 0;
  await countTexts(counter, [ENGLISH, megabyteOf('a')], async () => {
    longest = Math.max(longest, cpuMicros() - last);
    await new Promise((resolve) => setImmediate(resolve));
    last = cpuMicros();
  });
  return {
    name: 'a count of 2 MB: longest time without a pause',
    measured: '',
    value: longest / 1000,
    unit: 'ms',
    mark: undefined,
  };
}

function benchEstimate(): Row {
  const estimator = new TokenEstimator({ pause: async () => {} });
  const key = { provider: 'openai', model: 'gpt-5' };
  const known = { messages: Array.from({ length: 200 }, () => ({})) };
  const media = { images: 0, audio: 0, files: 0 };
  const sizes = {
    operation: 'chat',
    model: 'gpt-5',
    textLength: 400_000,
    messages: 200,
    media,
    tools: 4,
    serverTools: false,
  } as const;
  const earlier = estimator.estimate(key, sizes, { messages: known.messages.slice(0, 198) });
  estimator.learn(earlier, { input: 90_000, output: 300, outputLength: 900 });
  const calls = 20_000;
  const samples = interleave(9, {
    J: times(calls, () => JSON.parse(CHUNK)),
    estimate: times(calls, () => upperOf(estimator.estimate(key, sizes, known))),
  });
  const measured = `${(median(samples.estimate) / calls).toFixed(2)} µs`;
  return {
    name: 'an estimate of 200 messages',
    measured,
    value: ratio(samples.estimate, samples.J),
    unit: 'J',
    mark: undefined,
  };
}

const rows = [...(await benchMemoryAndLoad()), await benchLongRuns(), await benchBlocking(), benchEstimate()];
process.stdout.write(JSON.stringify(rows));
