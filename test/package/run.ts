import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, runSteps, type Step } from '../steps.ts';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { callThroughSim } from './call-through-sim.ts';
import { makeConsumer } from './consumer.ts';
import { comparePublicNames } from './public-names.ts';
import { pack, PACKAGES, tarball, unexpectedFiles } from './tarballs.ts';

/** Apps of `test/on-demand` that make a call through the packed plugin, and whether they have an OpenTelemetry SDK. */
const CALLERS = { 'no-sdk': false, 'sdk-2': true, 'sdk-3': true };

// Outside of the repository: an app below it would find what is installed here.
const OUTPUT = await mkdtemp(join(tmpdir(), 'tollgate-package-'));

await runSteps('package', [
  { name: 'build', run: () => execute('tsc', ['-b']) },
  { name: 'pack', run: () => pack(OUTPUT) },
  ...PACKAGES.flatMap(checkPackage),
  { name: 'bare: installs beside the API alone', run: () => makeConsumer('bare', OUTPUT) },
  { name: 'bare: public names, imported and required', run: () => comparePublicNames(inOutput('bare'), 'node') },
  { name: 'bare: public names on Node 22.18', run: onOldestNode },
  { name: 'bare: preload', run: () => inBare('node', '--import', '@tollgate/otel/register', '--eval', '0') },
  { name: 'bare: types, moduleResolution node16', run: () => inBare('tsc', '-p', 'tsconfig.node16.json') },
  { name: 'bare: types, moduleResolution bundler', run: () => inBare('tsc', '-p', 'tsconfig.bundler.json') },
  ...Object.entries(CALLERS).flatMap(([name, hasSdk]) => checkCaller(name, hasSdk)),
]);
await rm(OUTPUT, { recursive: true, force: true });

function checkPackage(name: string): Step[] {
  const file = () => tarball(OUTPUT, name);
  return [
    { name: `${name}: files of the tarball`, run: async () => unexpectedFiles(await file()) },
    { name: `${name}: publint`, run: async () => execute('publint', ['run', await file(), '--strict']) },
    {
      name: `${name}: attw`,
      run: async () =>
        execute('attw', [
          await file(),
          '--profile',
          'esm-only',
          '--no-definitely-typed',
          '--exclude-entrypoints',
          'prices.json',
          'conventions.json',
          'config.schema.json',
        ]),
    },
  ];
}

function checkCaller(name: string, hasSdk: boolean): Step[] {
  return [
    { name: `${name}: installs`, run: () => makeConsumer(name, OUTPUT) },
    { name: `${name}: one call is counted, the next refused`, run: () => callThroughSim(inOutput(name), hasSdk) },
  ];
}

function inOutput(name: string): string {
  return join(OUTPUT, name);
}

function inBare(program: string, ...args: string[]): Promise<string> {
  return execute(program, args, { cwd: inOutput('bare') });
}

async function onOldestNode(): Promise<void> {
  await comparePublicNames(inOutput('bare'), join(await ensureProject('node-22'), 'node_modules/.bin/node'));
}
