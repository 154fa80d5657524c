import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The sources of the package that has the demo and the examples. */
export const CLI: string = fileURLToPath(new URL('../../packages/cli/', import.meta.url));

/** A program that has ended. */
export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  ms: number;
}

/** Variables that would change what the programs do, on a machine where somebody uses them. */
const FOREIGN = /^(?:OPENAI_|ANTHROPIC_|TOLLGATE_|OTEL_|NODE_OPTIONS$|FORCE_COLOR$)/;

/** Runs a program of this package from its source, with nothing in its environment that it would react to but `env`. */
export function runProgram(
  args: readonly string[],
  { cwd = CLI, env = {} }: { cwd?: string | undefined; env?: NodeJS.ProcessEnv | undefined } = {},
): Promise<Ended> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--conditions=@tollgate/source', ...args], {
    cwd,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ stdout, stderr, exitCode, ms: performance.now() - startedAt }));
  });
}

/** Runs the demo. */
export function runDemo(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  return runProgram(['src/demo/main.ts', ...args], { env });
}
