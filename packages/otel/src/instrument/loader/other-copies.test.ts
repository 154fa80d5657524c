import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mayHaveOtherCopies } from './other-copies.ts';

const NAMES = ['openai', '@anthropic-ai/sdk'];
let app: string;
const main = (): string => join(app, 'src/main.mjs');

beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'copies-'));
  mkdirSync(join(app, 'src'));
});
afterEach(() => rmSync(app, { recursive: true }));

function npmInstalled(...paths: string[]): void {
  mkdirSync(join(app, 'node_modules'));
  const packages = Object.fromEntries(paths.map((path) => [path, { version: '1.0.0' }]));
  writeFileSync(join(app, 'node_modules/.package-lock.json'), JSON.stringify({ packages }, null, 2));
}

test.each([
  ['its own copy alone', ['node_modules/openai', 'node_modules/openai-edge', 'node_modules/zod'], false],
  ['a nested one beside it', ['node_modules/openai', 'node_modules/@langchain/openai/node_modules/openai'], true],
  ['one of another SDK', ['node_modules/openai', 'node_modules/@anthropic-ai/sdk'], true],
])('an app that npm gave %s: %s', (_what, paths, others) => {
  npmInstalled(...paths);
  expect(mayHaveOtherCopies(main(), NAMES, 1)).toBe(others);
});

test.each([
  ['one copy', ['openai@7.57.0', 'zod@4.0.0'], false],
  ['two copies', ['openai@7.57.0', 'openai@6.49.0_zod@4.0.0'], true],
])('an app that pnpm gave %s', (_what, entries, others) => {
  for (const entry of entries) mkdirSync(join(app, 'node_modules/.pnpm', entry), { recursive: true });
  expect(mayHaveOtherCopies(main(), NAMES, 1)).toBe(others);
});

test('where no installer has left a list, there may be others', () => {
  mkdirSync(join(app, 'node_modules'));
  expect(mayHaveOtherCopies(main(), NAMES, 1)).toBe(true);
});
