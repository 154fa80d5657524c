// Writes the rule files of Prometheus. `--check`: writes nothing, exit code 1 if one is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ruleFiles } from '../src/rules/rule-files.ts';

const folder = new URL('../rules/', import.meta.url);
const isCheck = process.argv.includes('--check');

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(ruleFiles())) {
  const file = new URL(name, folder);
  if (!isCheck) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`dashboards/rules/${name} is out of date: run \`node dashboards/scripts/write-rules.ts\`\n`);
    process.exitCode = 1;
  }
}
