import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { onSignal, type SignalledProcess } from './signals.ts';

function bench(): { host: EventEmitter & SignalledProcess; happened: string[]; turn: () => Promise<void> } {
  const happened: string[] = [];
  const kill = (pid: number, signal: string): void => void happened.push(`kill ${pid} ${signal}`);
  const host = Object.assign(new EventEmitter(), { pid: 1, kill });
  return { host, happened, turn: () => new Promise((resolve) => setImmediate(resolve)) };
}

it('ends the process once all work is done, however many there are of it', async () => {
  const { host, happened, turn } = bench();
  const { promise, resolve } = Promise.withResolvers<void>();
  onSignal(() => promise.then(() => void happened.push('slow')), host);
  onSignal((isLast) => void happened.push(`quick ${isLast}`), host);
  host.emit('SIGINT');
  await turn();
  expect(happened).toEqual(['quick true']);
  resolve();
  await turn();
  expect(happened).toEqual(['quick true', 'slow', 'kill 1 SIGINT']);
});

it('ends the process though work fails', async () => {
  const { host, happened, turn } = bench();
  onSignal(() => {
    throw new Error('a closed terminal');
  }, host);
  onSignal(() => Promise.reject(new Error('no network')), host);
  host.emit('SIGTERM');
  await turn();
  expect(happened).toEqual(['kill 1 SIGTERM']);
});

it('leaves the end to the app where it listens, each time', async () => {
  const { host, happened, turn } = bench();
  onSignal((isLast) => void happened.push(`ours ${isLast}`), host);
  host.on('SIGTERM', () => happened.push('app'));
  for (const _ of [1, 2]) {
    host.emit('SIGTERM');
    await turn();
  }
  expect(happened).toEqual(['ours false', 'app', 'ours false', 'app']);
});

it('is not seen by a listener that ends the process only if it is alone', async () => {
  const { host, happened, turn } = bench();
  host.on('SIGINT', () => {
    if (host.listenerCount('SIGINT') === 1) happened.push('ended by a library');
  });
  onSignal(() => undefined, host);
  host.emit('SIGINT');
  await turn();
  expect(happened).toEqual(['ended by a library']);
  expect(host.listenerCount('SIGINT')).toBe(2);
});

it('leaves nothing behind once all work is stopped, also while a signal is being handled', async () => {
  const { host, turn } = bench();
  const stops = [onSignal(() => undefined, host), onSignal(() => undefined, host)];
  stops[0]?.();
  expect(host.listenerCount('SIGINT')).toBe(1);
  host.on('SIGINT', () => stops[1]?.());
  host.emit('SIGINT');
  await turn();
  expect([host.listenerCount('SIGINT'), host.listenerCount('SIGTERM')]).toEqual([1, 0]);
});
