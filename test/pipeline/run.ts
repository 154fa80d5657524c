// `npm run test:pipeline`: builds what is not built yet, then sends real spend through all of it. Without Go nothing is run, which
// in CI is a failure. Arguments narrow it to matching files.
import { spawnSync } from 'node:child_process';
import { runVitest } from '../run-vitest.ts';
import { writeTally } from '../steps.ts';
import { programPath, type Program } from './programs.ts';

const COMMAND = 'test:pipeline';
const PROGRAMS: Program[] = ['tollgate-collector', 'prometheus', 'promtool', 'jaeger'];

if (spawnSync('go', ['version']).status === 0) {
  // One after the other: each build takes all cores.
  for (const program of PROGRAMS) await buildWithTime(program);
  await runVitest({ command: COMMAND, projects: ['pipeline'], filters: process.argv.slice(2) });
} else {
  console.log(
    'Not run: all of test/pipeline, because Go is missing and its Collector, Prometheus and Jaeger are built with it',
  );
  const failed = process.env['CI'] === 'true' ? 1 : 0;
  writeTally(COMMAND, { passed: 0, failed });
  process.exitCode = failed;
}

async function buildWithTime(program: Program): Promise<void> {
  const start = performance.now();
  await programPath(program);
  console.log(`${program} is built (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
