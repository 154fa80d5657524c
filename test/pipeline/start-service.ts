import { spawn } from 'node:child_process';
import { poll } from './poll.ts';

const KILL_AFTER_MS = 20_000;

/** A program that runs until it is stopped. */
export interface Service extends AsyncDisposable {
  /** All that it has written so far. */
  log(): string;
  /** Resolves when it has ended: in order, unless it is expendable. */
  stop(): Promise<void>;
}

/** How a program is started and stopped. */
interface ServiceOptions {
  /** Answers with 200 once the program is ready. */
  readyUrl: string;
  cwd: string;
  env?: Record<string, string> | undefined;
  /** It has nothing to bring to an end. In order, Prometheus and Jaeger wait ten seconds for idle connections. */
  isExpendable?: boolean | undefined;
}

/** Starts a program and resolves once it is ready. Rejects with what it wrote, where it ends before. */
export async function startService(
  program: string,
  args: readonly string[],
  { readyUrl, cwd, env = {}, isExpendable = false }: ServiceOptions,
): Promise<Service> {
  const own = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const child = spawn(program, args, { cwd, env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (log += bytes.toString()));
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => (log += String(error)));
    child.on('close', () => {
      hasEnded = true;
      resolve();
    });
  });
  // Whatever becomes of the tests, nothing that they started stays behind.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    child.kill(isExpendable ? 'SIGKILL' : 'SIGTERM');
    const timer = setTimeout(kill, KILL_AFTER_MS);
    await ended;
    clearTimeout(timer);
    process.off('exit', kill);
  };
  const isReady = await poll(`${program} at ${readyUrl}`, async () => {
    if (hasEnded) return false;
    return (await fetch(readyUrl)).ok ? true : undefined;
  }).catch(() => false);
  if (isReady) return { log: () => log, stop, [Symbol.asyncDispose]: stop };
  await stop();
  throw new Error(`${program} did not get ready:\n${log}`);
}
