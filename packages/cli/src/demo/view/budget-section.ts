import type { Standing } from '@tollgate/core';
import { cell } from '../../table/text.ts';
import { budgetBar } from './bar.ts';
import { shownUse } from './shown-use.ts';
import { heat, paint, type Style } from './style.ts';
import { accountName } from './view-state.ts';
import type { SectionSize } from './spend-section.ts';

/** `$0.0180 of $0.0200`, where there is room for it. */
const AMOUNTS = 22;
const WITH_AMOUNTS = 56;
const STATE = 7;

/** The fullest accounts, each with a bar of what is spent, reserved and left. */
export function budgetSection(budgets: readonly Standing[], { width, rows }: SectionSize, style: Style): string[] {
  const fullestFirst = budgets.toSorted((a, b) => shownUse(b).spent - shownUse(a).spent);
  const shown = fullestFirst.slice(0, rows);
  const hidden = budgets.length - shown.length;
  const title = hidden > 0 ? `budgets (the ${rows} fullest of ${budgets.length} accounts)` : 'budgets';
  const names = Math.min(26, Math.floor(width / 3));
  const amounts = width < WITH_AMOUNTS ? 0 : AMOUNTS + 1;
  const bar = Math.max(4, width - names - amounts - STATE - 2);
  return [
    paint('bold', cell(title, width), style),
    ...shown.map((standing) => {
      const use = shownUse(standing);
      const name = cell(accountName(standing), names);
      const state = paint(heat(use.spent), cell(stateOf(standing, use.spent), STATE, 'right'), style);
      return `${name} ${budgetBar(bar, use.spent, use.reserved, style)}${cell(` ${use.words}`, amounts, 'right')} ${state}`;
    }),
  ];
}

function stateOf(standing: Standing, part: number): string {
  if (standing.invalid !== undefined) return 'invalid';
  if (standing.paused !== undefined) return 'paused';
  return standing.closed ? 'closed' : `${Math.floor(part * 100)} %`;
}
