import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** `refused`: a part of the message that must appear; without it the line must pass. */
interface Case {
  file: string;
  line: string;
  refused?: string;
}

const CASES: Case[] = [
  { file: 'packages/core/src/a.ts', line: `import '@opentelemetry/api';`, refused: 'core is pure' },
  { file: 'packages/core/src/b.ts', line: `import 'node:fs';`, refused: 'core is pure' },
  { file: 'packages/core/src/c.ts', line: `import '@tollgate/otel';`, refused: 'core is pure' },
  { file: 'packages/core/src/d.ts', line: `import './pricing/price.ts';` },
  {
    file: 'packages/core/src/wire/chat/e.ts',
    line: `import '../../pricing/price.ts';`,
    refused: 'do not know each other',
  },
  { file: 'packages/core/src/wire/f.ts', line: `import 'node:net';`, refused: 'core is pure' },
  { file: 'packages/core/src/wire/g.ts', line: `import '../usage.ts';` },
  { file: 'packages/core/src/pricing/h.ts', line: `import '../budget/decide.ts';`, refused: 'do not know each other' },
  { file: 'packages/core/src/budget/i.ts', line: `import '../tokens/count.ts';`, refused: 'do not know each other' },
  { file: 'packages/core/src/tokens/j.ts', line: `import '../wire/wire.ts';`, refused: 'do not know each other' },
  { file: 'packages/core/src/budget/k.ts', line: 'export const at = Date.now();', refused: 'is a clock' },
  { file: 'packages/core/src/budget/l.ts', line: 'export const at = new Date();', refused: 'is a clock' },
  { file: 'packages/core/src/budget/m.ts', line: 'export const at = performance.now();', refused: 'is a clock' },
  { file: 'packages/core/src/budget/n.ts', line: 'setTimeout(() => {}, 1);', refused: 'is a clock' },
  { file: 'packages/core/src/budget/o.ts', line: 'export const at = new Date(0).getTime() + Date.UTC(2026, 0);' },
  { file: 'packages/core/src/p.ts', line: `export * from './money.ts';`, refused: 'hides a change of the API' },
  { file: 'packages/otel/src/q.ts', line: `import '@opentelemetry/sdk-node';`, refused: 'Only the API is a hard peer' },
  { file: 'packages/otel/src/r.ts', line: `import '@tollgate/cli';`, refused: 'otel stands on core alone' },
  { file: 'packages/otel/src/s.ts', line: `import '@opentelemetry/api';` },
  { file: 'packages/otel/src/t.ts', line: `import 'openai';`, refused: 'not even its types' },
  {
    file: 'packages/otel/src/instrument/u.ts',
    line: `import '../telemetry/spans.ts';`,
    refused: 'neither telemetry nor budget',
  },
  {
    file: 'packages/otel/src/instrument/sdk/v.ts',
    line: `import '../../budget-span-processor.ts';`,
    refused: 'neither telemetry nor budget',
  },
  { file: 'packages/otel/src/instrument/sdk/w.ts', line: `import '../../meter-call.ts';` },
  { file: 'packages/otel/src/telemetry/x.ts', line: `import '../meter-call.ts';`, refused: 'telemetry knows neither' },
  { file: 'packages/otel/src/conventions.ts', line: `import './options.ts';`, refused: 'import nothing' },
  { file: 'packages/otel/src/conventions/u.ts', line: `import './attributes.ts';` },
  { file: 'packages/otel/src/conventions/t.ts', line: `import '../options.ts';`, refused: 'import nothing' },
  { file: 'packages/provider-sim/src/y.ts', line: `import '@tollgate/core';`, refused: 'arithmetic of their own' },
  {
    file: 'packages/provider-sim/src/z.ts',
    line: `import '../../core/src/money.ts';`,
    refused: 'arithmetic of their own',
  },
];

/** Many lines for which the rules of a folder have one answer. */
function each(folderName: string, specifiers: string[], refused?: string): Case[] {
  return specifiers.map((specifier, index) => ({
    file: `packages/${folderName}/${refused === undefined ? 'may' : 'refused'}-${refused?.length ?? 0}-${index}.ts`,
    line: `import '${specifier}';`,
    ...(refused === undefined ? {} : { refused }),
  }));
}

const FOREIGN = ['fs', 'http', 'timers/promises', 'openai', 'openai/resources', '@anthropic-ai/sdk', 'groq-sdk'];
const WAYS_OUT = ['../../provider-sim/src/index.ts', '../../../test/steps.ts', '../scripts/x.ts'];
const CORE_FOLDERS = ['wire', 'pricing', 'budget', 'tokens'];
const JOINTS = ['../runtime.ts', '../../runtime.ts', '../register.ts', '../../register.ts'];

CASES.push(
  ...each('core/src', FOREIGN, 'core is pure'),
  ...each('core/src', ['temporal-polyfill', 'js-tiktoken/ranks/o200k_base']),
  ...each('core/src', WAYS_OUT, 'does not leave its package'),
  ...CORE_FOLDERS.flatMap((name) => [
    ...each(`core/src/${name}`, FOREIGN, 'core is pure'),
    ...each(`core/src/${name}`, ['../../../otel/src/a.ts', '../../package.json'], 'does not leave its package'),
    ...each(
      `core/src/${name}`,
      ['../gate/gate.ts', '../../gate/gate.ts', '../index.ts', '../../index.ts'],
      'do not know each other',
    ),
    ...each(`core/src/${name}/deep`, ['../../usage.ts', '../../errors/config-error.ts']),
  ]),
  ...each('otel/src', WAYS_OUT, 'does not leave its package'),
  ...each('otel/src', ['groq-sdk', 'together-ai', 'together-ai/resources', '@anthropic-ai/sdk'], 'not even its types'),
  ...each('otel/src/telemetry', ['openai', 'groq-sdk'], 'not even its types'),
  ...each('otel/src/telemetry', ['../../../core/src/money.ts'], 'does not leave its package'),
  ...each(
    'otel/src/instrument',
    [...JOINTS, '../book/events.ts', '../../book/events.ts', '../ledger-glue.ts', '../../ledger-glue.ts'],
    'neither telemetry nor budget',
  ),
  ...each('otel/src/instrument/net', ['../../call/open-call.ts', '../../options/register-options.ts']),
  ...each(
    'otel/src/telemetry',
    [...JOINTS, '../call/meter.ts', '../../call/meter.ts', '../ring2/attach.ts', '../../ring2/attach.ts'],
    'telemetry knows neither',
  ),
  ...each('otel/src/telemetry', ['../conventions.ts', '../options/register-options.ts']),
);

let folder: string;
let messages: Map<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-lint-'));
  await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  await cp(join(root, 'test/repo/lint-plugin.mjs'), join(folder, 'test/repo/lint-plugin.mjs'));
  for (const { file, line } of CASES) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${line}\n`);
  }
  messages = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true }));

describe('lint', () => {
  test.each(CASES.filter(({ refused }) => refused !== undefined))('refuses $line in $file', ({ file, refused }) => {
    expect(messages.get(file)).toContainEqual(expect.stringContaining(refused ?? ''));
  });

  test.each(CASES.filter(({ refused }) => refused === undefined))('allows $line in $file', ({ file }) => {
    expect(messages.get(file) ?? []).toEqual([]);
  });
});

/** What oxlint says by file, from the two rules that hold the direction and from our own. */
function lint(cwd: string): Promise<Map<string, string[]>> {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [oxlint, '--format', 'json'], { cwd }, (_failed, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(stdout + stderr));
      const found = new Map<string, string[]>();
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
      for (const { code, filename, message, help } of diagnostics) {
        if (!/no-restricted-imports|tollgate/.test(code)) continue;
        found.set(filename, [...(found.get(filename) ?? []), `${message} ${help ?? ''}`]);
      }
      resolve(found);
    });
  });
}

interface Diagnostic {
  code: string;
  filename: string;
  message: string;
  help?: string;
}
