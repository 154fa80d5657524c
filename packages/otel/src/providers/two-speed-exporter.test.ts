import { expect, it } from 'vitest';
import type { ExportResult, Exporter } from './exporter.ts';
import { listBacklog, TwoSpeedExporter } from './two-speed-exporter.ts';

const OK: ExportResult = { code: 0 };
const DEAD: ExportResult = { code: 1, error: new Error('connect ECONNREFUSED') };
const REFUSED: ExportResult = { code: 1, error: Object.assign(new Error('Bad Request'), { code: 400 }) };

function bench(): {
  exporter: TwoSpeedExporter<string[]>;
  sent: string[];
  failures: unknown[];
  answer: (result: ExportResult) => void;
  passMs: (ms: number) => void;
  send: (...items: string[]) => number | undefined;
} {
  const sent: string[] = [];
  const failures: unknown[] = [];
  let result = OK;
  let now = 0;
  const speed = (name: string): Exporter<string[]> => ({
    export(items, done) {
      sent.push(`${name}: ${items.join(' ')}`);
      done(result);
    },
    shutdown: () => Promise.resolve(),
  });
  const exporter = new TwoSpeedExporter<string[]>({
    steady: speed('steady'),
    brisk: speed('brisk'),
    backlog: listBacklog(3),
    onFirstFailure: (error) => failures.push(error?.message),
    now: () => now,
  });
  return {
    exporter,
    sent,
    failures,
    answer: (next) => (result = next),
    passMs: (ms) => (now += ms),
    send(...items) {
      let code: number | undefined;
      exporter.export(items, (ended) => (code = ended.code));
      return code;
    },
  };
}

it('is brisk until the endpoint has answered, steady then, and brisk again at the end', () => {
  const { send, sent, exporter } = bench();
  send('a');
  send('b');
  exporter.hurry();
  send('c');
  expect(sent).toEqual(['brisk: a', 'steady: b', 'brisk: c']);
});

it('keeps the newest of what it could not send, and sends it with the next batch', () => {
  const { send, sent, answer, passMs, failures } = bench();
  answer(DEAD);
  expect(send('a', 'b')).toBe(1);
  passMs(5000);
  expect(send('c', 'd')).toBe(1);
  passMs(5000);
  answer(OK);
  expect(send('e')).toBe(0);
  expect(send('f')).toBe(0);
  expect(sent).toEqual(['brisk: a b', 'brisk: a b c d', 'brisk: b c d e', 'steady: f']);
  expect(failures).toEqual(['connect ECONNREFUSED']);
});

it('does not try a dead endpoint twice within a second', () => {
  const { send, sent, answer, passMs } = bench();
  answer(DEAD);
  send('a');
  passMs(999);
  expect(send('b')).toBe(1);
  passMs(1);
  send('c');
  expect(sent).toEqual(['brisk: a', 'brisk: a b c']);
});

it('takes a final no for an answer, and does not send the same again', () => {
  const { send, sent, answer, failures } = bench();
  answer(REFUSED);
  send('a');
  answer(OK);
  send('b');
  expect(sent).toEqual(['brisk: a', 'steady: b']);
  expect(failures).toEqual([]);
});
