import { join } from 'node:path';
import { ROOT } from '../steps.ts';
import type { Row } from './row.ts';
import { WarmProcess } from './sdk/warm-process.ts';
import type { WorkName } from './sdk/works.ts';

/** Bytes per call that may be noise of the heap's own book-keeping: some hundred KiB in either case. A call that is kept has thousands. */
const MARKS = { chat: 20, 'chat stream, left': 20 } as const;

/** Whether memory grows with the number of calls, or of streams that are left after five chunks. `scale` 1 is 20,000 of each. */
export async function benchMemory(scale: number): Promise<Row[]> {
  const process = await WarmProcess.start('tollgate', join(ROOT, 'test/package.json'));
  try {
    return [
      await growthOf(process, 'chat', Math.ceil(20_000 * scale)),
      await growthOf(process, 'chat stream, left', Math.ceil(20_000 * scale)),
    ];
  } finally {
    process.stop();
  }
}

async function growthOf(process: WarmProcess, work: keyof typeof MARKS, count: number): Promise<Row> {
  // Whatever is kept per process, and code that gets compiled, is there after the first quarter.
  await calls(process, work, count / 4);
  const before = await process.ask({ work: 'heap' });
  await calls(process, work, count);
  const grown = (await process.ask({ work: 'heap' })) - before;
  const name = work === 'chat' ? 'heap after calls' : 'heap after streams that were left at chunk 5';
  return {
    name: `${name} (${count})`,
    measured: `${(grown / 1024).toFixed(0)} KiB`,
    value: Math.max(0, grown / count),
    unit: 'B/call',
    mark: MARKS[work],
  };
}

/** In portions: the replies are made beforehand, and are no growth of ours. */
async function calls(process: WarmProcess, work: WorkName, count: number): Promise<void> {
  for (let left = Math.ceil(count); left > 0; left -= 500) await process.ask({ work, count: Math.min(left, 500) });
}
