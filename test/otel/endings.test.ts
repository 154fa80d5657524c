import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startReceiver } from './otlp-receiver.ts';
import { runPlain } from './plain-app.ts';
import { runApp, type AppEnd, type AppOptions } from './run-app.ts';

const SIGNALS: Record<string, NodeJS.Signals> = { SIGTERM: 'SIGTERM', SIGINT: 'SIGINT', 'SIGTERM handler': 'SIGTERM' };
const ENDINGS = [
  'returns',
  'process.exit(3)',
  'process.exitCode',
  'uncaught error',
  'unhandled rejection',
  'handled uncaught error',
  'beforeExit that does nothing',
  'beforeExit of its own',
  ...Object.keys(SIGNALS),
];
/** Endings that leave a process no time to send what it has. */
const UNSENT = ['process.exit(3)', 'uncaught error', 'unhandled rejection'];

/** Spans that get out. Whether they do before an app's own handler calls `exit()` is a race that the app decides. */
function exported(ending: string): string[][] {
  if (ending === 'SIGTERM handler') return [[], ['task']];
  return UNSENT.includes(ending) ? [[]] : [['task']];
}

function end(ending: string, isMetered: boolean, env: AppOptions['env'] = {}): Promise<AppEnd> {
  return runApp('endings.mjs', { settings: { ending, isMetered }, env, signal: SIGNALS[ending] });
}

// One after the other: what gets out within a second also depends on who else uses the machine in that second.
describe('a process ends as it does without us', () => {
  test.each(ENDINGS)('%s: same code, signal, stdout and stderr', async (ending) => {
    await using receiver = await startReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
    const [bare, metered] = await Promise.all([end(ending, false), end(ending, true, env)]);
    expect(told(metered)).toEqual(told(bare));
    expect(exported(ending)).toContainEqual(receiver.spans.map(({ name }) => name));
  });
});

describe('an endpoint that is dead', () => {
  test.each([
    ['auto', 'returns'],
    ['own', 'returns'],
    ['auto', 'SIGTERM'],
    ['own', 'SIGTERM'],
  ])("does not hold up otel: '%s' for more than a second when it never answers (%s)", async (otel, ending) => {
    await using blackHole = await startReceiver({ answers: false });
    expect(await heldUpMs(ending, deadEnd(blackHole.url, otel))).toBeLessThan(HELD_UP_MS);
    expect(blackHole.requests.length).toBeGreaterThan(0);
  });

  test.each(['auto', 'own'])("does not hold up otel: '%s' when it refuses connections", async (otel) => {
    const env = deadEnd(`http://127.0.0.1:${await closedPort()}`, otel);
    expect(await heldUpMs('returns', env, /^tollgate: the OTLP endpoint for \w+ does not answer/m)).toBeLessThan(
      HELD_UP_MS,
    );
  });
});

describe.concurrent('on a laptop', () => {
  test('the spend is shown at exit in at most ten lines where stderr is a terminal', async () => {
    const { terminal } = await runPlain({ options: {}, endpoint: false, terminal: true });
    const table = tableIn(terminal);
    expect(table.length).toBeGreaterThan(2);
    expect(table.length).toBeLessThanOrEqual(10);
    expect(table[0]).toMatch(/Tollgate: \$0\.0001 .* 2 calls/);
    expect(table.filter((line) => line.includes('asker'))).toHaveLength(1);
  });

  test('nothing is shown where the spend is exported', async () => {
    const { terminal, points } = await runPlain({ options: {}, endpoint: true, terminal: true });
    expect(points.length).toBeGreaterThan(0);
    expect(tableIn(terminal)).toEqual([]);
  });

  test("summary: 'on' shows it in any case, and 'off' in none", async () => {
    const [on, off] = await Promise.all([
      runPlain({ options: { summary: 'on' }, endpoint: true }),
      runPlain({ options: { summary: 'off' }, endpoint: false, terminal: true }),
    ]);
    expect(on.stderr).toContain('asker');
    expect(tableIn(off.terminal)).toEqual([]);
  });
});

/** How a process has ended, as far as others can tell. */
function told({ code, signal, stdout, stderr }: AppEnd): Pick<AppEnd, 'code' | 'signal' | 'stdout' | 'stderr'> {
  return { code, signal, stdout, stderr };
}

function deadEnd(url: string, otel: string): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: url, TOLLGATE_OTEL: otel };
}

/** A second is what we may take. */
const HELD_UP_MS = 1000;
const PAIRS = 3;

/**
 * How much longer a process takes to end than without us, which it otherwise ends like. Of runs with and without us in turns
 * the shortest count: what else the machine does can only make a run longer.
 */
async function heldUpMs(ending: string, env: Record<string, string>, notice: RegExp = /^/): Promise<number> {
  const took: { bare: number[]; metered: number[] } = { bare: [], metered: [] };
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [bare, metered] = [await end(ending, false), await end(ending, true, env)];
    expect([metered.code, metered.signal, metered.stdout]).toEqual([bare.code, bare.signal, bare.stdout]);
    const foreign = metered.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('tollgate: '));
    expect(foreign).toEqual([]);
    expect(metered.stderr).toMatch(notice);
    took.bare.push(bare.leftInMs ?? Number.NaN);
    took.metered.push(metered.leftInMs ?? Number.NaN);
  }
  return Math.min(...took.metered) - Math.min(...took.bare);
}

/** Lines after the app's own answer. */
function tableIn(terminal: string): string[] {
  const lines = terminal.split(/\r?\n/);
  return lines.slice(lines.findLastIndex((line) => line.startsWith('{')) + 1).filter((line) => line.trim() !== '');
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
