import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { flushAtExit, type ExitingProcess } from './exit.ts';

function bench(): { host: EventEmitter; happened: string[]; flushed: () => Promise<void>; stop: () => void } {
  const happened: string[] = [];
  const emitter = new EventEmitter();
  const kill = (pid: number, signal: string): void => void happened.push(`kill ${pid} ${signal}`);
  const host = Object.assign(emitter, { pid: 1, kill }) as unknown as ExitingProcess;
  const flush = Promise.resolve();
  const stop = flushAtExit(() => {
    happened.push('flush');
    return flush;
  }, host);
  const settled = async (): Promise<void> => {
    await flush;
    await flush;
  };
  return { host: emitter, happened, flushed: settled, stop };
}

it('flushes once when the process runs out of work', () => {
  const { host, happened } = bench();
  host.emit('beforeExit');
  host.emit('beforeExit');
  expect(happened).toEqual(['flush']);
});

it('sends a signal again that nobody else listens for, after the flush', async () => {
  const { host, happened, flushed } = bench();
  host.emit('SIGTERM');
  expect(host.listenerCount('SIGINT')).toBe(0);
  await flushed();
  expect(happened).toEqual(['flush', 'kill 1 SIGTERM']);
});

it('leaves a signal to the app that listens for it', async () => {
  const { host, happened, flushed } = bench();
  host.on('SIGINT', () => happened.push('app'));
  host.emit('SIGINT');
  await flushed();
  expect(happened).toEqual(['flush', 'app']);
});

it('listens for nothing once it is stopped', () => {
  const { host, stop } = bench();
  stop();
  expect(host.eventNames()).toEqual([]);
});
