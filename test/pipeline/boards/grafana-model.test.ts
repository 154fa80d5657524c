import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, ROOT } from '../../steps.ts';

const FOLDER = `${ROOT}dashboards/grafana/dashboards/`;
const BOARDS = readdirSync(FOLDER).map((file) => join(FOLDER, file));

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boardcheck-'));
  program = join(folder, 'boardcheck');
  await execute('go', ['build', '-o', program, '.'], { cwd: `${ROOT}dashboards/tools/boardcheck` });
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

/** A board with another key somewhere, in a file. */
async function spoilt(before: string, after: string): Promise<string> {
  const text = readFileSync(join(FOLDER, 'tollgate-overview.json'), 'utf8');
  expect(text).toContain(before);
  const path = join(folder, 'spoilt.json');
  await writeFile(path, text.replace(before, after));
  return path;
}

test('every board is read by Grafana’s own model of panels, queries and variables', async () => {
  expect(BOARDS).toHaveLength(6);
  await execute(program, BOARDS);
});

test.each([
  ['"graphMode"', '"graphMood"', 'graphMood'],
  ['"expr"', '"expression"', 'expression'],
  ['"allValue"', '"everything"', 'everything'],
])('a board with %s as %s is refused', async (before, after, words) => {
  await expect(execute(program, [await spoilt(before, after)])).rejects.toThrow(words);
});
