import { deepStrictEqual } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { execute, Failure } from '../steps.ts';

const COMMITTED = new URL('public-names.json', import.meta.url);

/**
 * Loads every entry point of the packages in `app`, by import and by require, and compares the names of their run-time
 * exports with `public-names.json`. `npm run package -- --update` writes that file.
 */
export async function comparePublicNames(app: string, node: string): Promise<void> {
  const imported = await names(app, node, 'load.mjs');
  const required = await names(app, node, 'load.cjs');
  if (process.argv.includes('--update')) await writeFile(COMMITTED, `${JSON.stringify(imported, null, 2)}\n`);
  const committed: unknown = JSON.parse(await readFile(COMMITTED, 'utf8'));
  try {
    deepStrictEqual({ imported, required }, { imported: committed, required: committed });
  } catch (error) {
    throw new Failure(`${String(error)}\nIs the change of the API meant? npm run package -- --update`);
  }
}

async function names(app: string, node: string, script: string): Promise<unknown> {
  return JSON.parse(await execute(node, [script], { cwd: app }));
}
