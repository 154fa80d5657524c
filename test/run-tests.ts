import { runVitest } from './run-vitest.ts';
import { execute } from './steps.ts';

const typesFailed = await execute('tsc', ['-b', '--pretty']).then(
  () => 0,
  (failure: Error) => {
    console.log(failure.message);
    return 1;
  },
);

await runVitest({
  command: 'test',
  projects: ['unit', 'system'],
  filters: process.argv.slice(2),
  failedBefore: typesFailed,
});
