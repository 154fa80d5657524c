import { cell } from '../../table/text.ts';
import { budgetSection } from './budget-section.ts';
import { spendSection } from './spend-section.ts';
import { legible, paint, PLAIN, type Style } from './style.ts';
import { totalsLine, totalsOf } from './totals.ts';
import {
  accountName,
  SHOWN,
  type Denial,
  type HookedModule,
  type ShownDimension,
  type ViewState,
} from './view-state.ts';

/** From this width on, two sections stand side by side. */
const TWO_COLUMNS = 76;
const GAP = 2;

/**
 * The live picture of a run as lines of exactly `width` characters (colours apart): the total, what is instrumented, spend
 * by agent, task, step and model, the fullest budgets, and the last refusal. At 76 columns
 * and more it has at most 22 lines, which fits the smallest usual terminal.
 */
export function renderPanel(state: ViewState, width: number, style: Style = PLAIN): string[] {
  const title = `Tollgate demo · ${totalsLine(totalsOf(state.by.agent))}`;
  const lines = [
    paint('bold', cell(title, width), style),
    paint('dim', cell(hookedLine(state.instrumented), width), style),
    '',
    ...sections(state, width, style),
    '',
    ...budgetSection(state.budgets, { width, rows: 5 }, style),
    '',
    refusalLine(state.denials, width, style),
  ];
  return lines.map((line) => legible(line, style).trimEnd());
}

function sections(state: ViewState, width: number, style: Style): string[] {
  const section = (dimension: ShownDimension, rows: number, columns: number): string[] =>
    spendSection(dimension, state, { width: columns, rows }, style);
  if (width < TWO_COLUMNS) {
    return SHOWN.flatMap((dimension, n) => [...(n === 0 ? [] : ['']), ...section(dimension, 4, width)]);
  }
  const left = Math.floor((width - GAP) / 2);
  const right = width - GAP - left;
  return [
    ...beside(section('agent', 4, left), section('task', 4, right), left),
    '',
    ...beside(section('step', 3, left), section('model', 3, right), left),
  ];
}

function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  const blank = ' '.repeat(width);
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, n) => `${left[n] ?? blank}${' '.repeat(GAP)}${right[n] ?? ''}`,
  );
}

/** What was hooked, and what was found but not hooked. */
export function hookedLine(instrumented: readonly HookedModule[]): string {
  if (instrumented.length === 0) return 'nothing is instrumented yet';
  const words = instrumented.map(({ module, version, format, state }) => {
    const name = `${module} ${version} (${format})`;
    return state === 'hooked' ? name : `${name} ${state}`;
  });
  return `instrumented: ${words.join(' · ')}`;
}

function refusalLine(denials: readonly Denial[], width: number, style: Style): string {
  const last = denials.at(-1);
  if (last === undefined) return paint('dim', cell('no call was refused so far', width), style);
  return paint(
    'red',
    cell(`${refusalWords(last)}${denials.length > 1 ? ` (${denials.length} refusals)` : ''}`, width),
    style,
  );
}

/** `refused by 'one-task T-7': exhausted` */
export function refusalWords(denial: Denial): string {
  return `refused by '${accountName(denial)}': ${denial.reason}`;
}
