import { formatUsd, totalInput, totalOutput, type UsageRow } from '@tollgate/core';
import { alignTable } from '../../table/table.ts';
import { compact, plural } from '@tollgate/core/plugin';
import { shownUse } from './shown-use.ts';
import { hookedLine, refusalWords } from './panel.ts';
import { legible, paint, PLAIN, type Style } from './style.ts';
import { totalsOf, type Totals } from './totals.ts';
import { accountName, nameOf, SHOWN, type ViewState } from './view-state.ts';

const HEAD = ['calls', 'refused', 'attempts', 'input', 'output', 'spent'];

/** What a run came to, for the end and for logs: spend by each dimension, the budgets, the refusals, and the check against the server's bill. */
export function finalTable(state: ViewState, style: Style = PLAIN): string[] {
  const total = totalsOf(state.by.agent);
  const rows = SHOWN.flatMap((dimension) => [
    [`by ${dimension}`, ...HEAD],
    ...state.by[dimension].map((row) => [`  ${nameOf(row, dimension)}`, ...rowFigures(row)]),
  ]);
  const spend = alignTable([...rows, ['total', ...figures(total)]]);
  const lines = [
    ...spend.map((line) => (line.startsWith(' ') ? line : paint('bold', line, style))),
    '',
    ...budgetTable(state),
    '',
    hookedLine(state.instrumented),
    ...refusals(state),
    ...billCheck(state, total, style),
  ];
  return lines.map((line) => legible(line, style));
}

function rowFigures(row: UsageRow): string[] {
  return figures({ ...row, inputTokens: totalInput(row.usage), outputTokens: totalOutput(row.usage) });
}

function figures({ calls, denied, attempts, inputTokens, outputTokens, nanoUsd }: Totals): string[] {
  return [...[calls, denied, attempts, inputTokens, outputTokens].map(compact), formatUsd(nanoUsd)];
}

function budgetTable({ budgets }: ViewState): string[] {
  return alignTable([
    ['budget', 'used', ''],
    ...budgets.map((standing) => [
      `  ${accountName(standing)}`,
      shownUse(standing).words,
      standing.closed ? 'closed' : '',
    ]),
  ]);
}

/** One line per account and reason, in the order of the first refusal. */
function refusals({ denials }: ViewState): string[] {
  const counts = new Map<string, number>();
  for (const denial of denials) counts.set(refusalWords(denial), (counts.get(refusalWords(denial)) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${plural(count, 'call')} ${words}`);
}

function billCheck({ server }: ViewState, total: Totals, style: Style): string[] {
  if (server === undefined) return [];
  const bill = `The provider server billed ${formatUsd(server.nanoUsd)} for ${plural(server.requests, 'request')}`;
  const off = total.nanoUsd - server.nanoUsd;
  if (off === 0) return [paint('green', `${bill}: to the nano-USD what Tollgate counted.`, style)];
  return [
    paint(
      'red',
      `${bill}: Tollgate counted ${formatUsd(Math.abs(off))} ${off > 0 ? 'more' : 'less'} than that.`,
      style,
    ),
  ];
}
