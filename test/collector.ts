// `npm run test:collector`: what must hold of the Collector's Go module, its distribution and its configs. Without Go nothing is
// run, and without a C compiler or amtool a part is not: it is named, and in CI counts as failed.
import { spawnSync } from 'node:child_process';
import { fuzzSteps, go, SOURCE_STEPS } from './collector/go-steps.ts';
import { runGoTests } from './collector/go-tests.ts';
import { lastFlushIsTriedAgain, lostFlushIsToldAtTheEnd } from './collector/last-flush.ts';
import { readmeExampleHolds } from './collector/readme-example.ts';
import { programPath } from './pipeline/programs.ts';
import { debianProgram } from './debian-program.ts';
import { execute, Failure, runSteps, type Step, type Tally, writeTally } from './steps.ts';

const COMMAND = 'test:collector';
const isCi = process.env['CI'] === 'true';

if (isThere('go', ['version'])) await testAll();
else report(await runSteps(COMMAND, notRun('the whole Collector', 'Go 1.26')));

async function testAll(): Promise<void> {
  const hasRaceDetector = (await go('env', 'CGO_ENABLED')).trim() === '1';
  const tests = runGoTests(hasRaceDetector ? ['-race'] : [], isCi);
  const others = await runSteps(COMMAND, [
    ...(hasRaceDetector ? [] : notRun('the race detector', 'a C compiler (gcc)')),
    ...SOURCE_STEPS,
    ...fuzzSteps(),
    { name: 'the distribution builds', run: () => programPath('tollgate-collector') },
    ...(await configSteps()),
    { name: 'what collector/README.md says of its example comes out', run: readmeExampleHolds },
    { name: 'a last flush is tried again until the backend is back', run: lastFlushIsTriedAgain },
    { name: 'a last flush that is lost is told', run: lostFlushIsToldAtTheEnd },
  ]);
  report({ passed: tests.passed + others.passed, failed: tests.failed + others.failed });
}

/** Each config file is read by the program that it is for. */
async function configSteps(): Promise<Step[]> {
  const alertmanager = "Alertmanager's config is valid";
  const amtool = await debianProgram('prometheus-alertmanager', 'amtool').catch(() => undefined);
  return [
    { name: "the Collector's configs are valid", run: () => checkConfigs('collector') },
    { name: 'the Compose and Kubernetes files are valid', run: () => checkConfigs('deploy') },
    { name: 'the configuration of signal_to_metrics is valid', run: () => checkConfigs('contrib') },
    {
      name: "Prometheus's config is valid",
      run: async () => checkConfigs('prometheus', { PROMTOOL: await programPath('promtool') }),
    },
    ...(amtool === undefined
      ? notRun(alertmanager, 'amtool (Debian: prometheus-alertmanager)')
      : [{ name: alertmanager, run: () => checkConfigs('alertmanager', { AMTOOL: amtool }) }]),
  ];
}

function checkConfigs(what: string, programs: Record<string, string> = {}): Promise<string> {
  return execute('node', ['collector/scripts/check-configs.mjs', what], { env: { ...process.env, ...programs } });
}

function isThere(program: string, args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** Says that something was not run; in CI, where everything has to be there, it is a step that fails. */
function notRun(what: string, missing: string): Step[] {
  const text = `Not run: ${what}, because ${missing} is missing`;
  if (isCi) return [{ name: what, run: () => Promise.reject(new Failure(text)) }];
  console.log(text);
  return [];
}

function report(counts: Tally): void {
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  writeTally(COMMAND, counts);
  if (counts.failed > 0) process.exitCode = 1;
}
