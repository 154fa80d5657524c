// Writes what the burn alerts were measured to do. `--check`: writes nothing, exit code 1 if it is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { report } from '../src/simulation/report.ts';

const target = new URL('../src/simulation/README.md', import.meta.url);
const text = report();

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write(
    'dashboards/src/simulation/README.md is out of date: run `node --conditions=@tollgate/source dashboards/scripts/write-burn-report.ts`\n',
  );
  process.exitCode = 1;
}
