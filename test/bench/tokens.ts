import { fileURLToPath } from 'node:url';
import { execute } from '../steps.ts';
import type { Row } from './row.ts';

/** What counting tokens costs, in a process of its own: the ranks must not be loaded before memory is looked at. `scale` 1 counts megabytes. */
export async function benchTokens(scale: number): Promise<Row[]> {
  const worker = fileURLToPath(new URL('tokens-worker.ts', import.meta.url));
  return JSON.parse(await execute('node', ['--expose-gc', worker, String(scale)])) as Row[];
}
