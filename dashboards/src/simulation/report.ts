import { FAST, SLOW, type BurnRule } from '../rules/burn.ts';
import { detections, quietDays } from './measure.ts';

/** What the burn alerts were measured to do, as Markdown. The same at every run. */
export function report(): string {
  const quiet = quietDays().map(({ days, count, paged, ticketed }) => [
    days,
    `${paged} of ${count}`,
    `${ticketed} of ${count}`,
  ]);
  const found = detections().map(({ times, begins, delay, slowest, spent, left, missed }) => [
    `${times} times, ${begins}`,
    `${delay} min (${slowest})`,
    `${Math.round(spent * 100)} %`,
    `${left} min`,
    String(missed),
  ]);
  return `${HEAD}
${table(['a day like this', 'days with a page', 'days with a ticket'], quiet)}
${BATCHES}

${table(['a loop spends, and begins', 'page after: median (95 %)', 'of the limit spent by then', 'left until it is used up', 'missed'], found)}
${TAIL}
`;
}

const HEAD = `# Fast burn, measured

Written by \`dashboards/scripts/write-burn-report.ts\` from a simulation: 200 days of each kind, minute by minute, calls at random and of unequal cost (on average a thousandth of the limit, where nothing else is said), judged by the arithmetic of the rules themselves (\`../rules/burn.ts\`). A pace of 1 uses up the limit just when the day ends.

- **TollgateFastBurn** (page): ${words(FAST)}
- **TollgateSlowBurn** (ticket): ${words(SLOW)}

False alarms, on days that stay below their limit:
`;

const BATCHES = `
A batch that takes a quarter of the day's limit within an hour or less cannot be told from a loop by its pace: give such jobs a budget of their own. Nor can a few calls that are each two percent of the limit: a budget for so few calls is better served by TollgateBudgetSoftLimit.

Detection, on days that would have spent half their limit:`;

const TAIL = `
Add to each delay up to one export interval of the process (60 s by default) and one evaluation (15 s). A loop at 96 times the pace uses up a day's limit within a quarter of an hour: there the budget itself has to say no, and the page tells that it is about to.`;

function words(rules: readonly BurnRule[]): string {
  const day = rules.find(({ windows }) => windows === 'days');
  if (day === undefined) throw new Error('no burn rule is about days');
  return `a pace above ${day.factor} over ${day.long} and over ${day.short}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
