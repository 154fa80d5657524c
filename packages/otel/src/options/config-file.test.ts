import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@tollgate/core';
import { describe, expect, it } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import { findConfigFile, readConfigFile } from './config-file.ts';
import { loadOptions } from './load-options.ts';

takeBundled(PARTS);

function project(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'tollgate-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** The message that an app in a project with these files dies with. */
function messageIn(files: Record<string, string>, env: NodeJS.ProcessEnv = {}): string {
  const directory = project(files);
  return new ConfigError(loadOptions({}, env, directory).issues).message.replaceAll(directory, '<project>');
}

const yaml = `# what the team may spend
mode: observe
budgets:
  - name: day
    limit: { usd: 25 }
    window: day
`;

describe('finding', () => {
  it('looks upwards as far as the package', () => {
    const directory = project({
      'tollgate.config.json': '{}',
      'bots/package.json': '{}',
      'bots/tollgate.config.yaml': yaml,
      'bots/src/index.js': '',
      'other/package.json': '{}',
    });
    expect(findConfigFile(join(directory, 'bots/src')).path).toBe(join(directory, 'bots/tollgate.config.yaml'));
    expect(findConfigFile(join(directory, 'other')).path).toBeUndefined();
  });

  it('takes two files in one directory as an issue', () => {
    expect(messageIn({ 'tollgate.config.yaml': yaml, 'tollgate.config.json': '{}' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.json: tollgate.config.yaml lies beside it, and only one can hold: remove one of them"
    `);
  });

  it('takes the file that TOLLGATE_CONFIG names', () => {
    const directory = project({ 'tollgate.config.json': '{ "mode": "off" }', 'deploy/eu.yml': yaml });
    expect(loadOptions({}, { TOLLGATE_CONFIG: 'deploy/eu.yml' }, directory)).toMatchObject({
      issues: [],
      options: { mode: 'observe', budgets: [{ name: 'day' }] },
    });
    expect(messageIn({}, { TOLLGATE_CONFIG: 'eu.yml' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - TOLLGATE_CONFIG: names a file that does not exist: 'eu.yml' in <project>"
    `);
  });
});

describe('reading', () => {
  it.each([
    ['tollgate.config.json', '{ "mode": "observe" }'],
    ['tollgate.config.yaml', yaml],
    ['tollgate.config.yml', yaml],
    ['tollgate.config.mjs', "export default { mode: 'observe' };"],
    ['tollgate.config.js', "module.exports = { mode: 'observe' };"],
  ])('reads %s', (name, content) => {
    const { options, issues } = loadOptions({}, {}, project({ [name]: content }));
    expect({ mode: options.mode, issues }).toEqual({ mode: 'observe', issues: [] });
  });

  it('reads a .js file of an ESM package', () => {
    const directory = project({
      'package.json': '{ "type": "module" }',
      'tollgate.config.js': "export default { mode: 'observe' };",
    });
    expect(loadOptions({}, {}, directory).options.mode).toBe('observe');
  });

  it('takes an empty file as one that says nothing', () => {
    expect(loadOptions({}, {}, project({ 'tollgate.config.yaml': '# nothing yet\n' })).issues).toEqual([]);
  });

  it('points at the line of what is wrong', () => {
    const content = yaml.replace('usd: 25', 'usd: -1').replace('mode', 'mood');
    expect(messageIn({ 'tollgate.config.yaml': content })).toMatchInlineSnapshot(`
      "There are 2 issues in the configuration:
        - tollgate.config.yaml:2: mood: is not an option: did you mean 'mode'?
        - tollgate.config.yaml:5: budgets[0].limit.usd: must be a number of USD, 0 or more, is -1"
    `);
    expect(messageIn({ 'tollgate.config.json': '{\n  "budgets": [\n    {}\n  ]\n}' })).toMatchInlineSnapshot(`
      "There are 3 issues in the configuration:
        - tollgate.config.json:3: budgets[0].name: must be a text of 1 to 100 characters, is missing
        - tollgate.config.json:3: budgets[0].limit: must be an object such as { usd: 25 }, is missing
        - tollgate.config.json:3: budgets[0].window: must be one of total, minute, hour, day, week, month, or { rolling: '24h' }, is missing"
    `);
  });

  it('says where a file can’t be parsed', () => {
    expect(messageIn({ 'tollgate.config.yaml': 'mode: observe\n  budgets: []\n' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.yaml:1: is not valid: Nested mappings are not allowed in compact mappings"
    `);
    expect(messageIn({ 'tollgate.config.json': '{\n  "mode": "observe",\n}' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.json: is not valid JSON: Expected double-quoted property name in JSON at position 23 (line 3 column 1)"
    `);
    expect(messageIn({ 'tollgate.config.json': '{\n  "mode": "off",\n  "mode": "enforce"\n}' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.json:3: is not valid: Map keys must be unique"
    `);
    expect(messageIn({ 'tollgate.config.mjs': '// all of it\nexport default { mode: observe };' }))
      .toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.mjs:2: cannot be read: observe is not defined"
    `);
    expect(messageIn({ 'tollgate.config.mjs': 'export default await {};' })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - tollgate.config.mjs: uses await at its top level, and the configuration is read synchronously: remove it"
    `);
  });

  it('reports a file that is not there', () => {
    expect(readConfigFile('/nowhere/tollgate.config.json').issues).toHaveLength(1);
  });
});
