// `npm run test:collector`: vets the Collector's Go module and runs its tests. Without Go they are not run, which in CI is a failure.
import { spawnSync } from 'node:child_process';
import { ROOT, writeTally } from './steps.ts';

/** What `go test -json` says on each line, as far as it matters here. */
interface GoEvent {
  Action: string;
  Package?: string;
  Test?: string;
  Output?: string;
}

if (go('list', '-m').status === 0) report(go('vet', './...').status === 0, events());
else {
  console.log("Go 1.26 is missing: the Collector's tests were not run");
  tally({ passed: 0, failed: inCi() ? 1 : 0 });
}

function events(): GoEvent[] {
  const { stdout } = go('test', '-json', './...');
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as GoEvent);
}

function report(isVetted: boolean, all: GoEvent[]): void {
  const tests = all.filter(({ Test }) => Test !== undefined && !Test.includes('/'));
  const passed = tests.filter(({ Action }) => Action === 'pass').length;
  const failed = tests.filter(({ Action }) => Action === 'fail');
  const notRun = tests.filter(({ Action }) => Action === 'skip');
  const ended = all.filter(({ Action, Test }) => Test === undefined && Action === 'fail');
  // A package that did not compile, or broke off, has no failed test: it counts as one.
  const broken = ended.filter((end) => !failed.some((test) => test.Package === end.Package));

  const shown = new Set(ended.map((end) => end.Package));
  for (const { Action, Package, Output } of all) {
    if (Output !== undefined && (Action === 'build-output' || shown.has(Package))) process.stdout.write(Output);
  }
  for (const { Package, Test } of notRun) console.log(`Not run: ${Package} ${Test}`);
  tally({
    passed: passed + (isVetted ? 1 : 0),
    failed: failed.length + broken.length + (isVetted ? 0 : 1) + (inCi() ? notRun.length : 0),
  });
}

function tally(counts: { passed: number; failed: number }): void {
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  writeTally('test:collector', counts);
  if (counts.failed > 0) process.exitCode = 1;
}

function inCi(): boolean {
  return process.env['CI'] === 'true';
}

/** Its errors go to the terminal, except for the question whether there is a Go. */
function go(...args: string[]): { status: number | null; stdout: string } {
  return spawnSync('go', args, {
    cwd: `${ROOT}collector`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', args[0] === 'list' ? 'ignore' : 'inherit'],
  });
}
