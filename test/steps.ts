import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../', import.meta.url));

/** One thing that is checked; it has failed when it throws. */
export interface Step {
  name: string;
  run: () => unknown;
}

/** How much has passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Runs every step, also after a failure, prints one line for each, leaves the counts for `.ci/run` and sets the exit code. */
export async function runSteps(command: string, steps: Step[]): Promise<Tally> {
  let failed = 0;
  for (const { name, run } of steps) {
    const start = performance.now();
    const failure = await attempt(run);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${failure === undefined ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (failure === undefined) continue;
    failed += 1;
    console.log(excerpt(failure).replace(/^/gm, '       '));
  }
  const tally = { passed: steps.length - failed, failed };
  writeTally(command, tally);
  if (failed > 0) process.exitCode = 1;
  return tally;
}

/** Leaves the counts where `.ci/run` adds them up. */
export function writeTally(command: string, tally: Tally): void {
  mkdirSync(`${ROOT}.cache/tally`, { recursive: true });
  writeFileSync(`${ROOT}.cache/tally/${command}.json`, JSON.stringify(tally));
}

/** Runs a program to its end, by default in the repository's root. Resolves to its stdout; throws all that it printed when its exit code is not 0. */
export function execute(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (output += text.toString()));
    }
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(stdout) : reject(new Failure(output || `${program}: exit code ${String(code)}`)),
    );
  });
}

/** What a step throws to be printed without a stack. */
export class Failure extends Error {}

const MAX_LINES = 100;

function excerpt(output: string): string {
  const lines = output.split('\n');
  if (lines.length <= MAX_LINES) return output;
  return [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} lines more`].join('\n');
}

async function attempt(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.message.trimEnd();
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
