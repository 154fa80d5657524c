import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../steps.ts';

/** The most that Kubernetes takes as annotations of an object, in bytes. */
const ANNOTATIONS = 262_144;
const PRICES = 'packages/core/src/pricing/prices.json';
const files = globSync('collector/{*.md,*/*.md,*/*/README.md,deploy/*,config/*}', { cwd: ROOT, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`);
const commands = files.flatMap((file) => readFileSync(file, 'utf8').match(/kubectl .*\| *kubectl .*/g) ?? []);

describe('the command for a new price table', () => {
  it('does not keep the table in an annotation, since it is too large', () => {
    expect(statSync(`${ROOT}${PRICES}`).size).toBeGreaterThan(ANNOTATIONS);
    expect(commands).not.toHaveLength(0);
    for (const command of commands) expect(command).toMatch(/ replace | apply --server-side /);
  });

  it('names the table that is there', () => {
    expect(commands.join('\n')).toContain(`--from-file=${PRICES}`);
  });
});
