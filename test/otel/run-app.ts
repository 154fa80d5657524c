import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a child process is started. */
export interface AppOptions {
  /** Beside PATH and what the app is told to do: nothing of the surrounding process's environment. */
  env?: Record<string, string> | undefined;
  /** What the app reads as `settings`. */
  settings?: object | undefined;
  /** Flags of node. */
  flags?: readonly string[] | undefined;
  cwd?: string | undefined;
  /** On a terminal of its own, whose output is all in `stdout`. */
  terminal?: boolean | undefined;
  /** Sent as soon as the app prints `ready`. */
  signal?: NodeJS.Signals | undefined;
}

/** How a child process ended. */
export interface AppEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** From `leaving` on stdout, or the signal, to the end of the process; undefined where there was neither. */
  leftInMs: number | undefined;
}

const ENV = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

/** Runs a program of `apps/` (or at an absolute path) against the sources, to its end. */
export function runApp(app: string, options: AppOptions = {}): Promise<AppEnd> {
  const file = app.startsWith('/') ? app : fileURLToPath(new URL(`apps/${app}`, import.meta.url));
  const settings = JSON.stringify(options.settings ?? {});
  const command = [process.execPath, '--conditions=@tollgate/source', ...(options.flags ?? []), file];
  const [program = '', ...args] =
    options.terminal === true ? ['script', '-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'] : command;
  const child = spawn(program, args, {
    cwd: options.cwd ?? fileURLToPath(new URL('..', import.meta.url)),
    env: { ...ENV, APP_SETTINGS: settings, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let leavingAt: number | undefined;
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (leavingAt !== undefined || !/^(ready|leaving)$/m.test(stdout)) return;
    leavingAt = performance.now();
    if (options.signal !== undefined) child.kill(options.signal);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({
        code,
        signal,
        stdout,
        stderr,
        leftInMs: leavingAt === undefined ? undefined : performance.now() - leavingAt,
      }),
    );
  });
}

/** Runs an app that is to end well, and gives what it has answered: the last line of JSON that it printed. */
export async function ask<Answer>(
  app: string,
  options: AppOptions = {},
): Promise<Answer & Pick<AppEnd, 'stdout' | 'stderr'>> {
  const { code, signal, stdout, stderr } = await runApp(app, options);
  const line = stdout.split('\n').findLast((each) => each.startsWith('{'));
  if (code !== 0 || line === undefined) {
    throw new Error(`${app} ended with ${String(code ?? signal)}:\n${stdout}\n${stderr}`);
  }
  return { ...(JSON.parse(line) as Answer), stdout, stderr };
}
