// Writes every board as the JSON that Grafana loads. `--check` fails where a file is stale, missing or left over.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { BOARDS } from '../src/boards/all-boards.ts';
import { toText } from '../src/boards/to-text.ts';

const folder = new URL('../grafana/dashboards/', import.meta.url);
const wanted = new Map(BOARDS.map((board) => [`${board.uid}.json`, toText(board)]));
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder);

if (process.argv.includes('--check')) {
  const stale = [...new Set([...wanted.keys(), ...present])].filter(
    (file) => !present.includes(file) || readFileSync(new URL(file, folder), 'utf8') !== wanted.get(file),
  );
  if (stale.length > 0) {
    console.error(`${stale.join(', ')}: not as the boards say. Run dashboards/scripts/write-dashboards.ts.`);
    process.exitCode = 1;
  }
} else {
  for (const file of present) if (!wanted.has(file)) rmSync(new URL(file, folder));
  for (const [file, text] of wanted) writeFileSync(new URL(file, folder), text);
}
