import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import type { ConfigIssue } from '@tollgate/core';

/** A config file that was read. Its value is not checked yet. */
export interface ConfigFile {
  path: string;
  /** What messages call it. */
  name: string;
  directory: string;
  value: unknown;
  /** The line, from 1, of `budgets[0].limit`; undefined where that is not known. */
  lineOf?: ((path: string) => number | undefined) | undefined;
}

const NAMES = ['js', 'mjs', 'json', 'yaml', 'yml'].map((extension) => `tollgate.config.${extension}`);

type Yaml = typeof import('yaml');

const load = createRequire(import.meta.url);

/** The config file of a project: in `directory`, or above it up to the directory with the package.json. Two of them are an issue. */
export function findConfigFile(directory: string): { path: string | undefined; issues: ConfigIssue[] } {
  const [first, second] = NAMES.filter((name) => existsSync(join(directory, name)));
  const parent = dirname(directory);
  if (first === undefined) {
    const top = parent === directory || existsSync(join(directory, 'package.json'));
    return top ? { path: undefined, issues: [] } : findConfigFile(parent);
  }
  const path = join(directory, first);
  if (second === undefined) return { path, issues: [] };
  const message = `${second} lies beside it, and only one can hold: remove one of them`;
  return { path, issues: [{ path: first, message, received: second }] };
}

/** Reads a config file by its extension. A file that can't be read or parsed is an issue with its line; never throws. */
export function readConfigFile(path: string): { file: ConfigFile | undefined; issues: ConfigIssue[] } {
  const name = basename(path);
  try {
    const content = contentOf(path);
    if ('issue' in content) return { file: undefined, issues: [{ ...content.issue, received: path }] };
    return { file: { path, name, directory: dirname(path), ...content }, issues: [] };
  } catch (error) {
    // A stack names the line of a fault in JavaScript, whether it is the parser's or the file's own.
    const stack = error instanceof Error ? error.stack : undefined;
    const line = /^\d+/.exec(stack?.split(`${name}:`)[1] ?? '')?.[0];
    return {
      file: undefined,
      issues: [{ path: line === undefined ? name : `${name}:${line}`, message: reasonOf(error, path), received: path }],
    };
  }
}

/** The config file that a process uses: `TOLLGATE_CONFIG`, else the one that is found from `directory`. */
export function loadConfigFile(
  env: NodeJS.ProcessEnv,
  directory: string,
): { file: ConfigFile | undefined; issues: ConfigIssue[] } {
  const given = env['TOLLGATE_CONFIG']?.trim();
  if (given !== undefined && given !== '') {
    const path = resolve(directory, given);
    if (existsSync(path)) return readConfigFile(path);
    const message = `names a file that does not exist: '${relative(directory, path)}' in ${directory}`;
    return { file: undefined, issues: [{ path: 'TOLLGATE_CONFIG', message, received: given }] };
  }
  const found = findConfigFile(directory);
  if (found.path === undefined) return { file: undefined, issues: found.issues };
  const read = readConfigFile(found.path);
  return { file: read.file, issues: [...found.issues, ...read.issues] };
}

type Content = Pick<ConfigFile, 'value' | 'lineOf'> | { issue: Omit<ConfigIssue, 'received'> };

function contentOf(path: string): Content {
  switch (extname(path)) {
    case '.yaml':
    case '.yml':
      return yamlContent(path);
    case '.json':
      return { ...yamlContent(path), value: JSON.parse(readFileSync(path, 'utf8')) as unknown };
    default:
      return { value: moduleContent(path) };
  }
}

function moduleContent(path: string): unknown {
  const loaded: unknown = load(path);
  const isModule = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
  return isModule ? loaded.default : loaded;
}

function yamlContent(path: string): Content {
  const { LineCounter, parseDocument, isNode }: Yaml = load('yaml') as Yaml;
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const { line } = lines.linePos(fault.pos[0]);
    return { issue: { path: `${basename(path)}:${line}`, message: `is not valid: ${fault.message}` } };
  }
  return {
    value: document.toJS() ?? {},
    lineOf(inside) {
      const keys = inside.match(/[^.[\]']+/g) ?? [];
      for (let length = keys.length; length > 0; length--) {
        const node: unknown = document.getIn(keys.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
  };
}

function reasonOf(error: unknown, path: string): string {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) };
  if (code === 'ERR_REQUIRE_ASYNC_MODULE')
    return 'uses await at its top level, and the configuration is read synchronously: remove it';
  if (error instanceof SyntaxError && extname(path) === '.json') return `is not valid JSON: ${message}`;
  return `cannot be read: ${message.split('\n')[0]}`;
}
