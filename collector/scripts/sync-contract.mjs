// Copies the price table and the conventions into the Go module. With --check it copies nothing and fails where a copy is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const COPIES = [
  ['packages/core/src/pricing/prices.json', 'collector/internal/contract/prices.json'],
  ['packages/otel/conventions.json', 'collector/internal/contract/conventions.json'],
];
const root = new URL('../../', import.meta.url);
const isCheck = process.argv.includes('--check');

let stale = 0;
for (const [source, copy] of COPIES) {
  const wanted = readFileSync(new URL(source, root));
  if (isCurrent(copy, wanted)) continue;
  stale += 1;
  if (isCheck) console.error(`${copy} differs from ${source}: run \`node collector/scripts/sync-contract.mjs\``);
  else writeFileSync(fileURLToPath(new URL(copy, root)), wanted);
}
if (isCheck && stale > 0) process.exitCode = 1;

function isCurrent(copy, wanted) {
  try {
    return readFileSync(new URL(copy, root)).equals(wanted);
  } catch {
    return false;
  }
}
