import { formatUsd } from '@tollgate/core';
import { cell } from '../../table/text.ts';
import { budgetBar, shareBar } from './bar.ts';
import { limitOf } from './shown-use.ts';
import { paint, type Style } from './style.ts';
import { totalsOf } from './totals.ts';
import { nameOf, type ShownDimension, type ViewState } from './view-state.ts';

/** How much room a section has: its width, and how many rows at most. */
export interface SectionSize {
  width: number;
  rows: number;
}

const AMOUNT = 9;
const BAR = 10;

/**
 * Spend by one dimension: a title and one line per value, dearest first, each exactly as wide as asked. The bar runs
 * against the value's own budget where it has one, else it is the value's share of all spend.
 */
export function spendSection(
  dimension: ShownDimension,
  { by, budgets }: Pick<ViewState, 'by' | 'budgets'>,
  size: SectionSize,
  style: Style,
): string[] {
  const rows = by[dimension];
  const shown = rows.length > size.rows ? rows.slice(0, size.rows - 1) : rows;
  const hidden = rows.slice(shown.length);
  const total = totalsOf(rows).nanoUsd;
  const name = size.width - AMOUNT - BAR - 2;
  const line = (label: string, nanoUsd: number, bar: string): string =>
    `${cell(label, name)} ${cell(formatUsd(nanoUsd), AMOUNT, 'right')} ${bar}`;
  const lines = shown.map((row) =>
    line(
      nameOf(row, dimension),
      row.nanoUsd,
      barOf(limitOf(dimension, row.by[dimension], budgets), row.nanoUsd / total, style),
    ),
  );
  if (hidden.length > 0) {
    const rest = totalsOf(hidden).nanoUsd;
    lines.push(line(`${hidden.length} more`, rest, shareBar(BAR, rest / total, style)));
  }
  return [paint('bold', cell(`by ${dimension}`, size.width), style), ...lines];
}

function barOf(limit: ReturnType<typeof limitOf>, share: number, style: Style): string {
  return limit === undefined ? shareBar(BAR, share, style) : budgetBar(BAR, limit.spent, limit.reserved, style);
}
