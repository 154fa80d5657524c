// Writes conventions.json from the constants, for readers that are not TypeScript. `--check` fails where it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { ATTRIBUTES, CONVENTIONS_VERSION, METRICS, prometheusName } from '../src/conventions.ts';

const target = new URL('../conventions.json', import.meta.url);
const metrics = Object.entries(METRICS).map(([name, row]) => ({
  name,
  instrument: row.instrument,
  unit: row.unit,
  labels: row.labels,
  doc: row.doc,
  prometheus: prometheusName(name, row),
  who: row.who,
}));
const conventions = { version: CONVENTIONS_VERSION, attributes: ATTRIBUTES, metrics };
const text = `${JSON.stringify(conventions, undefined, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('packages/otel/conventions.json is stale: run `npm run conventions`.');
  process.exitCode = 1;
}
