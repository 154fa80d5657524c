import { cp, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hooked, RegisterOptions, UsageRow } from '@tollgate/otel';
import { startProvider, type ProviderOptions, type RecordedRequest } from '@tollgate/provider-sim';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { execute, ROOT } from '../steps.ts';
import type { Outcome } from './apps/outcome.ts';

/** What an app of `apps/` prints when it is through. */
export interface AppAnswer {
  /** By the agent under which it was done. */
  outcomes: Record<string, Outcome>;
  usage: UsageRow[];
  instrumented: Hooked[];
}

/** What came of an app, at both of its ends. */
export interface Played extends AppAnswer {
  /** What the providers were sent for an agent, whose prompts begin with its name. */
  requestsOf(agent: string): RecordedRequest[];
  /** What the providers bill for an agent. */
  billOf(agent: string): number;
}

/** Whatever an agent whose name begins like this asks for is refused. */
export const CLOSED: NonNullable<RegisterOptions['budgets']> = [
  { name: 'closed', limit: { usd: 0 }, window: 'total', match: { agent: 'closed*' } },
];

const APPS = fileURLToPath(new URL('apps/', import.meta.url));

/** A folder with the apps in it, which have the packages of an on-demand project. */
export async function appFolder(project: string, name: string = project): Promise<string> {
  const installed = await ensureProject(project);
  const folder = join(ROOT, '.cache/frameworks', name);
  await rm(folder, { recursive: true, force: true });
  await cp(APPS, folder, { recursive: true });
  await cp(join(installed, 'package.json'), join(folder, 'package.json'));
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs a program of an app's folder against two providers, with `register()` as its first import. */
export async function playApp(program: string, script: ProviderOptions['script']): Promise<Played> {
  await using openai = await startProvider({ script });
  await using anthropic = await startProvider({ script });
  const options: RegisterOptions = {
    serviceName: 'app',
    otel: 'off',
    summary: 'off',
    budgets: CLOSED,
    hosts: {
      [new URL(openai.url).host]: { provider: 'openai', includeUsage: true },
      [new URL(anthropic.url).host]: 'anthropic',
    },
  };
  const output = await execute(process.execPath, ['--conditions=@tollgate/source', program], {
    cwd: join(program, '..'),
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      APP_OPTIONS: JSON.stringify(options),
      OPENAI_API_KEY: 'sim',
      OPENAI_BASE_URL: openai.openaiBaseUrl,
      OPENAI_AGENTS_DISABLE_TRACING: '1',
      ANTHROPIC_API_KEY: 'sim',
      ANTHROPIC_BASE_URL: anthropic.anthropicBaseUrl,
    },
  });
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const providers = [openai, anthropic];
  return {
    ...(JSON.parse(line) as AppAnswer),
    requestsOf: (agent) => providers.flatMap(({ requests }) => requests.filter(({ key }) => key.startsWith(agent))),
    billOf: (agent) =>
      providers
        .flatMap(({ bill }) => bill.lines)
        .filter(({ key }) => key.startsWith(agent))
        .reduce((sum, { nanoUsd }) => sum + nanoUsd, 0),
  };
}

/** The version of a package in an app's folder. */
export async function versionIn(folder: string, ...parts: string[]): Promise<string> {
  const manifest = await readFile(join(folder, 'node_modules', ...parts, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
