import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { EXIT_MS, flushAtExit, type ExitingProcess } from './exit.ts';

/** A process whose flushes take `flushMs`. */
function bench(flushMs: number = 0): {
  host: EventEmitter;
  happened: string[];
  flushed: () => Promise<void>;
  stop: () => void;
} {
  const happened: string[] = [];
  const emitter = new EventEmitter();
  const kill = (pid: number, signal: string): void => void happened.push(`kill ${pid} ${signal}`);
  const host = Object.assign(emitter, { pid: 1, kill }) as unknown as ExitingProcess;
  let now = 0;
  const stop = flushAtExit(
    (ms, isEnd) => {
      happened.push(`flush ${ms}${isEnd ? '' : ' and go on'}`);
      now += flushMs;
      return Promise.resolve();
    },
    host,
    () => now,
  );
  return { host: emitter, happened, flushed: () => new Promise((resolve) => setImmediate(resolve)), stop };
}

it('flushes before the app hears that the process has run out of work, each time anew', async () => {
  const { host, happened, flushed } = bench();
  host.on('beforeExit', (code) => happened.push(`app ${code}`));
  for (let idle = 0; idle < 4; idle += 1) {
    host.emit('beforeExit', 0);
    await flushed();
  }
  expect(happened).toEqual([`flush ${EXIT_MS}`, 'app 0', `flush ${EXIT_MS}`, 'app 0']);
});

it('gives later flushes the time that earlier ones have left, and flushes no more when there is none', async () => {
  const { host, happened, flushed } = bench(EXIT_MS - 300);
  host.on('beforeExit', () => happened.push('app'));
  for (let idle = 0; idle < 6; idle += 1) {
    host.emit('beforeExit', 0);
    await flushed();
  }
  expect(happened).toEqual([`flush ${EXIT_MS}`, 'app', 'flush 300', 'app', 'app', 'app']);
});

it('tells whether anybody has heard, as ever, and leaves other events alone', () => {
  const { host, happened } = bench();
  host.on('exit', () => happened.push('exit'));
  expect([host.emit('exit'), host.emit('other')]).toEqual([true, false]);
  expect(happened).toEqual(['exit']);
});

it('sends a signal again that nobody else listens for, after the flush', async () => {
  const { host, happened, flushed } = bench();
  host.emit('SIGTERM');
  expect([host.listenerCount('SIGINT'), Object.hasOwn(host, 'emit')]).toEqual([0, false]);
  await flushed();
  expect(happened).toEqual([`flush ${EXIT_MS}`, 'kill 1 SIGTERM']);
});

it('leaves a signal to the app that listens for it', async () => {
  const { host, happened, flushed } = bench();
  host.on('SIGINT', () => happened.push('app'));
  host.emit('SIGINT');
  await flushed();
  expect(happened).toEqual([`flush ${EXIT_MS} and go on`, 'app']);
});

it('leaves nothing behind once it is stopped', () => {
  const { host, stop } = bench();
  expect(Object.keys(host)).not.toContain('emit');
  stop();
  expect(host.eventNames()).toEqual([]);
  expect(Object.hasOwn(host, 'emit')).toBe(false);
});

it('does nothing once it is stopped, also where somebody has wrapped it', () => {
  const { host, happened, stop } = bench();
  const wrapped = host.emit.bind(host);
  host.emit = wrapped;
  host.on('beforeExit', () => happened.push('app'));
  stop();
  host.emit('beforeExit', 0);
  expect(Reflect.get(host, 'emit')).toBe(wrapped);
  expect(happened).toEqual(['app']);
});

it('puts back what somebody had wrapped before', () => {
  const host = new EventEmitter();
  const wrapped = host.emit.bind(host);
  host.emit = wrapped;
  flushAtExit(() => Promise.resolve(), Object.assign(host, { pid: 1, kill: () => undefined }))();
  expect(Reflect.get(host, 'emit')).toBe(wrapped);
});
