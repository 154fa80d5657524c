import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CHUNK } from '../chunk.ts';
import { cpuMicros } from '../statistics.ts';
import { setUp, type Variant } from './variant.ts';
import { anthropicWorks, openaiWorks, type WorkName } from './works.ts';

/** What a process is asked for: the CPU time of some calls, of parsing a chunk, or its heap after garbage collection. */
export type Question = { work: WorkName | 'J'; count: number } | { work: 'heap' };

const [variant, project] = process.argv.slice(2) as [Variant, string];
const around = await setUp(variant, project);
const replies: Response[] = [];
const fetch = (): Promise<Response> => Promise.resolve(replies.pop()!);
const works = {
  ...openaiWorks(project, fetch),
  ...(project.endsWith('test/package.json') && anthropicWorks(project, fetch)),
};

async function answer(question: Question): Promise<number> {
  if (question.work === 'heap') return heapInUse();
  const { count } = question;
  if (question.work === 'J') return parseMany(count);
  const work = works[question.work]!;
  for (let i = 0; i < count; i += 1) replies.push(work.reply());
  // Each pays for its own garbage: what others have left is out of the way before, its own is collected inside.
  collectYoung();
  collectYoung();
  const before = cpuMicros();
  await around(async () => {
    for (let i = 0; i < count; i += 1) await work.call();
  });
  collectYoung();
  return (cpuMicros() - before) / count;
}

function parseMany(count: number): number {
  const before = cpuMicros();
  for (let i = 0; i < count; i += 1) JSON.parse(CHUNK);
  return (cpuMicros() - before) / count;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options?: { type: 'minor' }) => void;
const collectYoung = (): void => collectGarbage({ type: 'minor' });

async function heapInUse(): Promise<number> {
  // What finalizers and cancelled streams let go takes a turn of the event loop each.
  for (let i = 0; i < 5; i += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.on('message', (question: Question) => {
  answer(question).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.send?.({ value: 0 });
