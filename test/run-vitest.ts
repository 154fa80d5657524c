import { startVitest, type TestCase } from 'vitest/node';
import { ROOT, writeTally } from './steps.ts';

/** What is run, and under which name its counts are left. */
export interface VitestRun {
  command: string;
  projects: string[];
  /** Parts of file names; none: every file. */
  filters: string[];
  /** Failures of what ran before. */
  failedBefore?: number;
}

/** Runs tests, names those that were not run with their reasons, leaves the counts, and sets the exit code. In CI, a test that was not run is a failure. */
export async function runVitest({ command, projects, filters, failedBefore = 0 }: VitestRun): Promise<void> {
  process.env['NODE_ENV'] ??= 'test';
  const vitest = await startVitest('test', filters, { root: ROOT, project: projects, run: true, watch: false });
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const notRun = tests.filter((test) => test.result().state === 'skipped');

  if (notRun.length > 0) console.log(`Not run:\n${notRun.map(reasonOf).join('\n')}\n`);

  const passed = tests.filter((test) => test.result().state === 'passed').length;
  // A file that did not load has no failed test: it counts as one. So do errors outside of any test.
  const broken = modules.filter(
    (module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0,
  ).length;
  const failed =
    failedBefore +
    tests.filter((test) => test.result().state === 'failed').length +
    broken +
    vitest.state.getUnhandledErrors().length +
    (process.env['CI'] === 'true' ? notRun.length : 0);

  writeTally(command, { passed, failed });
  await vitest.close();
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return `  ${test.fullName}: ${(result.state === 'skipped' && result.note) || 'no reason given'}`;
}
