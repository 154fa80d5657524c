import { benchCalls } from './calls.ts';
import { benchLedger } from './ledger.ts';
import { benchMemory } from './memory.ts';
import { table, verdictOf, type Row } from './row.ts';
import { benchStartUp } from './start-up.ts';
import { benchTokens } from './tokens.ts';

const isQuick = process.argv.includes('--quick');
/** Rounds of a full run, or as many as show that it runs. */
const rounds = (full: number): number => (isQuick ? 1 : full);

/** Rounds before the first that counts: the code of a call is compiled, and compiled again, over some ten thousand calls. */
const WARM_UP = 60;

const GROUPS: readonly (readonly [string, () => Promise<readonly Row[]> | readonly Row[]])[] = [
  [
    'Calls (SDKs answered from memory; CPU time of a call)',
    () => benchCalls({ rounds: rounds(40), warmUp: isQuick ? 0 : WARM_UP }),
  ],
  ['Start-up (CPU time of a process beyond that of an empty one)', () => benchStartUp(rounds(9))],
  ['Prices and budgets', () => benchLedger(rounds(15))],
  ['Tokens', () => benchTokens(isQuick ? 0.02 : 1)],
  ['Memory', () => benchMemory(isQuick ? 0.01 : 1)],
];

print(
  'J is JSON.parse of one recorded stream chunk. Every figure is the median of rounds that run all of a group in turn.\n',
);
const all: Row[] = [];
for (const [heading, run] of GROUPS) {
  const rows = await run();
  all.push(...rows);
  print(`${table(heading, rows)}\n`);
}
const marked = all.filter((row) => row.mark !== undefined);
print(`${marked.filter((row) => verdictOf(row) === 'met').length} of ${marked.length} marks met`);

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
