// Writes test/vectors/spans.json: the span that the plugin emits for each price vector. `--check`: writes nothing, exit code 1 if it is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import type { PriceVector } from './span-vectors/price-vector.ts';
import { spanVectors } from './span-vectors/span-vectors.ts';

const VECTORS = new URL('../../../test/vectors/', import.meta.url);
const target = new URL('spans.json', VECTORS);
const vectors = JSON.parse(readFileSync(new URL('prices.json', VECTORS), 'utf8')) as PriceVector[];
/** One line for each attribute. */
const ATTRIBUTE = /\{\n\s+("key": .*)\n\s+"value": \{\n\s+(.*)\n\s+\}\n\s+\}/g;
const text = `${JSON.stringify(spanVectors(vectors), undefined, 1).replace(ATTRIBUTE, '{ $1 "value": { $2 } }')}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('test/vectors/spans.json is out of date: run packages/otel/scripts/write-span-vectors.ts\n');
  process.exitCode = 1;
}
