import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute, ROOT } from '../steps.ts';
import type { Row } from './row.ts';
import { median, ratio, shuffled } from './statistics.ts';

type Format = 'ESM' | 'CommonJS';
type App = 'empty' | 'sdks' | 'attach' | 'off' | 'own' | 'NodeSDK';

/** All that is installed in the app: of other SDKs in the tree it must know nothing. */
const INSTALLED = ['openai', '@anthropic-ai/sdk', '@tollgate/otel', '@opentelemetry/api', '@opentelemetry/sdk-node'];

/** What each app does beside loading both SDKs. */
const EXTRA: Readonly<
  Record<Exclude<App, 'empty'>, { packages: readonly [name: string, from: string][]; run: string }>
> = {
  sdks: { packages: [], run: '' },
  attach: { packages: [['register', '@tollgate/otel']], run: "register({ otel: 'attach' });" },
  off: { packages: [['register', '@tollgate/otel']], run: "register({ otel: 'off' });" },
  own: { packages: [['register', '@tollgate/otel']], run: "register({ otel: 'own' });" },
  NodeSDK: { packages: [['NodeSDK', '@opentelemetry/sdk-node']], run: 'new NodeSDK().start();' },
};

const SDKS = [
  ['OpenAI', 'openai'],
  ['Anthropic', '@anthropic-ai/sdk'],
] as const;

/** CPU time is told on the last line, before anything is flushed. */
const TELL = 'const { user, system } = process.cpuUsage();\nconsole.log(user + system);\nprocess.reallyExit(0);\n';

/** What starting a process costs with us, in ES modules and in CommonJS. A process is started anew for every figure. */
export async function benchStartUp(rounds: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bench-'));
  try {
    install(folder);
    return [...(await benchFormat(folder, 'ESM', rounds)), ...(await benchFormat(folder, 'CommonJS', rounds))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function install(folder: string): void {
  const manifest = { private: true, dependencies: { openai: '*', '@anthropic-ai/sdk': '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // As npm leaves it: without the list of what is installed, V8 would be asked for SDKs that other packages bring along.
  const packages = Object.fromEntries(INSTALLED.map((name) => [`node_modules/${name}`, { link: true }]));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }, undefined, 2));
  for (const name of INSTALLED) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
}

async function benchFormat(folder: string, format: Format, rounds: number): Promise<Row[]> {
  const apps: readonly App[] = ['empty', ...(Object.keys(EXTRA) as Exclude<App, 'empty'>[])];
  const files = new Map(apps.map((app) => [app, writeApp(folder, app, format)]));
  const taken = new Map<App, number[]>(apps.map((app) => [app, []]));
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round += 1) {
    for (const app of shuffled(apps)) {
      const micros = Number((await execute('node', [files.get(app)!], { env: environment() })).trim());
      // The first round is for the file system's cache.
      if (round >= 0) taken.get(app)!.push(micros);
    }
  }
  const idle = median(taken.get('empty')!);
  const beyondNode = (app: App): number[] => taken.get(app)!.map((micros) => micros - idle);
  const row = (app: App, than: App, what: string, mark: number): Row => {
    const [ours, theirs] = [beyondNode(app), beyondNode(than)];
    const added = (median(ours) - median(theirs)) / 1000;
    const measured = `+${added.toFixed(0)} of ${(median(theirs) / 1000).toFixed(0)} ms`;
    return {
      name: `${format}: both SDKs and otel '${app}', of ${what}`,
      measured,
      value: ratio(ours, theirs),
      unit: '×',
      mark,
    };
  };
  return [
    row('attach', 'sdks', 'both SDKs', 1.4),
    row('off', 'sdks', 'both SDKs', 1.4),
    row('own', 'NodeSDK', 'both SDKs and a NodeSDK', 1.1),
  ];
}

/** No endpoint, and nothing of the machine's own settings. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|TOLLGATE_|NODE_OPTIONS)/.test(name)),
  );
}

function writeApp(folder: string, app: App, format: Format): string {
  const file = join(folder, `${app}.${format === 'ESM' ? 'mjs' : 'cjs'}`);
  writeFileSync(file, sourceOf(app, format));
  return file;
}

function sourceOf(app: App, format: Format): string {
  if (app === 'empty') return TELL;
  const { packages, run } = EXTRA[app];
  const load = (name: string, from: string): string =>
    format === 'ESM' ? `import { ${name} } from '${from}';` : `const { ${name} } = require('${from}');`;
  const loads = [...packages, ...SDKS].map(([name, from]) => load(name, from));
  const [registers, sdks] = [loads.slice(0, packages.length), loads.slice(packages.length)];
  return [...registers, ...(format === 'ESM' ? [...sdks, run] : [run, ...sdks]), TELL].join('\n');
}
