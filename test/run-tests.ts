import { startVitest, type TestCase } from 'vitest/node';
import { execute, ROOT, writeTally } from './steps.ts';

const typesFailed = await execute('tsc', ['-b', '--pretty']).then(
  () => 0,
  (failure: Error) => {
    console.log(failure.message);
    return 1;
  },
);

process.env['NODE_ENV'] ??= 'test';
const vitest = await startVitest('test', process.argv.slice(2), { root: ROOT, run: true, watch: false });
const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const notRun = tests.filter((test) => test.result().state === 'skipped');

if (notRun.length > 0) console.log(`Not run:\n${notRun.map(reasonOf).join('\n')}\n`);

const passed = tests.filter((test) => test.result().state === 'passed').length;
// A file that did not load has no failed test: it counts as one. So do errors outside of any test, and, in CI, what was not run.
const broken = modules.filter(
  (module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0,
).length;
const failed =
  typesFailed +
  tests.filter((test) => test.result().state === 'failed').length +
  broken +
  vitest.state.getUnhandledErrors().length +
  (process.env['CI'] === 'true' ? notRun.length : 0);

writeTally('test', { passed, failed });
await vitest.close();
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function reasonOf(test: TestCase): string {
  const result = test.result();
  return `  ${test.fullName}: ${(result.state === 'skipped' && result.note) || 'no reason given'}`;
}
