import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../steps.ts';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\0');

describe('the tree', () => {
  test('no lock file names a registry host', () => {
    const locks = files.filter((file) => file.endsWith('package-lock.json'));
    expect(locks.length).toBeGreaterThan(1);
    expect(locks.filter((lock) => /"resolved": "https?:/.test(read(lock)))).toEqual([]);
  });

  test('every published package carries the licence of the repository', () => {
    const licences = files.filter((file) => /^packages\/\w+\/LICENSE$/.test(file));
    expect(licences).toEqual(['packages/core/LICENSE', 'packages/otel/LICENSE']);
    for (const licence of licences) expect(read(licence), licence).toBe(read('LICENSE'));
  });

  test('every package has the same version', () => {
    const manifests = files.filter((file) => /^packages\/[\w-]+\/package\.json$/.test(file));
    const versions = manifests.map((manifest) => (JSON.parse(read(manifest)) as { version: string }).version);
    expect(new Set(versions).size).toBe(1);
  });

  test('no document and no example has a mail address in it', () => {
    const shown = files.filter((file) =>
      /\.md$|^packages\/cli\/(examples|src\/demo)\/|^collector\/(config|deploy)\//.test(file),
    );
    expect(shown).toEqual(expect.arrayContaining(['README.md', 'packages/cli/examples/plain-app.mjs']));
    const addresses = shown.flatMap((file) =>
      (read(file).match(/[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}\b/gi) ?? []).map((found) => `${file}: ${found}`),
    );
    expect(addresses).toEqual([]);
  });

  test('source files are named after one idea', () => {
    const heaps = files.filter((file) => /\/(utils?|helpers?|common|misc)\.\w+$/.test(file));
    const shouting = files.filter((file) => /^(packages|test)\/.*[A-Z].*\.(ts|mjs)$/.test(file));
    expect([...heaps, ...shouting]).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
