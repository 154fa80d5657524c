import { spawnSync } from 'node:child_process';
import { ROOT, type Tally } from '../steps.ts';

/** What `go test -json` says on each line, as far as it matters here. */
interface GoEvent {
  Action: string;
  Package?: string;
  Test?: string;
  Output?: string;
}

/** Runs the tests of the Go module, prints what failed, and names what was not run: that counts as failed if `isStrict`. */
export function runGoTests(flags: string[], isStrict: boolean): Tally {
  const start = performance.now();
  const all = eventsOf(['test', '-json', ...flags, './...']);
  const tests = all.filter(({ Test }) => Test !== undefined && !Test.includes('/'));
  const failed = tests.filter(({ Action }) => Action === 'fail');
  const notRun = tests.filter(({ Action }) => Action === 'skip');
  const ended = all.filter(({ Action, Test }) => Test === undefined && Action === 'fail');
  // A package that did not compile, or broke off, has no failed test: it counts as one.
  const broken = ended.filter((end) => !failed.some((test) => test.Package === end.Package));

  showOutputOf(all, new Set(ended.map((end) => end.Package)));
  for (const { Package, Test } of notRun) console.log(`Not run: ${Package} ${Test}`);
  const counts = {
    passed: tests.filter(({ Action }) => Action === 'pass').length,
    failed: failed.length + broken.length + (isStrict ? notRun.length : 0),
  };
  const command = ['go', 'test', ...flags].join(' ');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${command}: ${counts.passed} tests passed (${seconds} s)`);
  return counts;
}

function showOutputOf(all: GoEvent[], packages: Set<string | undefined>): void {
  for (const { Action, Package, Output } of all) {
    if (Output !== undefined && (Action === 'build-output' || packages.has(Package))) process.stdout.write(Output);
  }
}

function eventsOf(args: string[]): GoEvent[] {
  const { stdout } = spawnSync('go', args, {
    cwd: `${ROOT}collector`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as GoEvent);
}
