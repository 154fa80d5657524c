import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, ROOT } from '../steps.ts';
import type { Settings } from './app/settings.ts';
import type { ScenarioRecord, SdkName } from './scenario.ts';
import { CATALOGUE } from './scenarios/catalogue.ts';

export type Format = 'esm' | 'cjs';
/** How Tollgate gets into the app: not at all, imported first, after the SDK and its client, or by `node --import`. */
export type Wiring = 'without' | 'first' | 'late' | 'preload';

/** An app that plays the scenarios of an SDK in a process of its own. */
export interface AppOptions {
  sdk: SdkName;
  format: Format;
  wiring: Wiring;
  /** A folder with the SDK in its node_modules. Default: one that finds the version of this repository. */
  folder?: string | undefined;
  /** Options of `register()` beside the host's name. */
  options?: object | undefined;
  only?: readonly string[] | undefined;
  prices?: Settings['prices'];
  /** A module beside the app that is loaded after us. */
  also?: string | undefined;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Writes the app, runs it, and returns what its scenarios came to. Throws all that it printed when it fails. */
export async function playInApp(app: AppOptions): Promise<ScenarioRecord[]> {
  const folder = app.folder ?? join(ROOT, '.cache/sdk-apps', app.sdk.replaceAll(/\W/g, '-'));
  await mkdir(folder, { recursive: true });
  const options = { ...optionsFor(app.sdk), ...app.options };
  const text = programText(app);
  const name = createHash('sha256').update(text).update(JSON.stringify(options)).digest('hex').slice(0, 12);
  const program = join(folder, `${app.wiring}-${name}.${app.format === 'esm' ? 'mjs' : 'cjs'}`);
  const config = join(folder, `${name}.config.json`);
  await Promise.all([
    app.folder === undefined && writeWhole(join(folder, 'package.json'), manifestFor(app.sdk)),
    writeWhole(program, text),
    writeWhole(config, JSON.stringify(options)),
  ]);
  const settings: Settings = {
    sdk: app.sdk,
    only: app.only,
    isMetered: app.wiring !== 'without',
    prices: app.prices,
  };
  const preload = app.wiring === 'preload' ? ['--import', '@tollgate/otel/register'] : [];
  const output = await execute(process.execPath, ['--conditions=@tollgate/source', ...preload, program], {
    cwd: folder,
    env: {
      ...process.env,
      // Every app loads the same modules: half of its time goes into compiling them.
      NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'),
      SDK_TEST_SETTINGS: JSON.stringify(settings),
      SDK_TEST_OPTIONS: JSON.stringify(options),
      ...(app.wiring === 'preload' && { TOLLGATE_CONFIG: config }),
    },
  });
  return JSON.parse(output) as ScenarioRecord[];
}

/** Several tests start the same app at once: none may read a file that another one has begun to write. */
async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}

function optionsFor(sdk: SdkName): object {
  return { serviceName: 'sdk-test', otel: 'attach', summary: 'off', hosts: { '127.0.0.1': CATALOGUE[sdk].host } };
}

function manifestFor(sdk: SdkName): string {
  return JSON.stringify({ name: 'app', private: true, dependencies: { [sdk]: '*' } });
}

/** The app's main module: what an app has that is instrumented in this way, in a few lines. */
function programText({ sdk, format, wiring, also }: AppOptions): string {
  const file = (name: string): string => JSON.stringify(join(HERE, 'app', name));
  const isEsm = format === 'esm';
  const load = (name: string): string => (isEsm ? `import ${name};` : `require(${name});`);
  const take = (names: string, from: string): string =>
    isEsm ? `import ${names} from ${from};` : `const ${names.replace('* as ', '')} = require(${from});`;
  const instrument = file(isEsm ? 'instrumentation.mjs' : 'instrumentation.cjs');
  return [
    load(file('telemetry.ts')),
    ...(wiring === 'first' ? [load(instrument)] : []),
    ...(also === undefined ? [] : [load(file(also))]),
    take('* as sdk', JSON.stringify(sdk)),
    take('{ makeEarlyClient, runScenarios }', file('run-scenarios.ts')),
    ...(wiring === 'late' ? ['const early = makeEarlyClient(sdk);'] : []),
    ...(wiring === 'late' ? [isEsm ? `await import(${instrument});` : load(instrument)] : []),
    `runScenarios(sdk${wiring === 'late' ? ', early' : ''});`,
    '',
  ].join('\n');
}
