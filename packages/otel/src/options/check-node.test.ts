import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeIssues } from './check-node.ts';

describe('the version of Node', () => {
  it.each(['22.18.0', '22.19.1', '24.0.0', '26.1.0-nightly'])('%s will do', (version) => {
    expect(nodeIssues(version)).toEqual([]);
  });

  it.each(['20.20.2', '22.15.0', '22.17.9', '18.0.0'])('%s is an issue that says which one is needed', (version) => {
    const [issue] = nodeIssues(version);
    expect(issue?.message).toContain('22.18 or newer');
    expect(issue?.message).toContain(version);
  });

  it('is found before an older Node ends at an import that it lacks', () => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const sources = globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    const names = sources.flatMap((source) =>
      [...source.matchAll(/^import (.*) from 'node:module'/gm)].map(([, name]) => name),
    );
    expect(new Set(names)).toEqual(new Set(['{ createRequire }', 'nodeModule']));
  });
});
