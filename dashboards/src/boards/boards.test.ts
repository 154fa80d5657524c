import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { BOARDS } from './all-boards.ts';
import { toDashboard } from './board.ts';

interface Target {
  refId: string;
  expr?: string;
  legendFormat?: string;
  format?: string;
}

const boards = BOARDS.map((board) => ({ uid: board.uid, board: toDashboard(board) }));
const panels = boards.flatMap(({ uid, board }) =>
  panelsOf(board).map((panel) => ({ name: `${uid}: ${panel.title}`, uid, board, panel })),
);

function all(board: Dashboard): (Panel | RowPanel)[] {
  return board.panels ?? [];
}

function panelsOf(board: Dashboard): Panel[] {
  return all(board).filter((panel): panel is Panel => panel.type !== 'row');
}

function targetsOf(panel: Panel): Target[] {
  return (panel.targets ?? []) as unknown as Target[];
}

function variablesOf(board: Dashboard): string[] {
  return (board.templating.list ?? []).map(({ name }) => name);
}

test('boards are told apart by uid and title', () => {
  expect(new Set(boards.map(({ uid }) => uid)).size).toBe(6);
  expect(new Set(boards.map(({ board }) => board.title)).size).toBe(6);
});

describe.each(boards)('$uid', ({ board }) => {
  test('has panels with ids of their own', () => {
    const ids = all(board).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
  });

  test('has panels side by side within 24 columns, none upon another', () => {
    const cells = new Set<string>();
    for (const { gridPos = { x: 0, y: 0, w: 0, h: 0 }, title } of all(board)) {
      expect(gridPos.x + gridPos.w, String(title)).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells.has(`${x} ${y}`), `${String(title)} is upon another panel`).toBe(false);
          cells.add(`${x} ${y}`);
        }
      }
    }
  });

  test('lets people choose both data sources, and leads to the other boards', () => {
    expect(variablesOf(board).slice(0, 2)).toEqual(['metrics', 'traces']);
    expect(board.links).toMatchObject([{ type: 'dashboards', tags: ['tollgate'], includeVars: true, keepTime: true }]);
    expect(board.tags).toEqual(['tollgate']);
  });

  test('declares every variable that its queries name', () => {
    const named = JSON.stringify([board.panels, board.templating]).matchAll(/\$\{?([a-z]+)\b/g);
    expect([...named].flatMap(([, name = '']) => (variablesOf(board).includes(name) ? [] : [name]))).toEqual([]);
  });

  test('leads only to boards and variables that exist', () => {
    for (const [, uid = '', query = ''] of JSON.stringify(board).matchAll(/"\/d\/([^?"]+)\?([^"]*)"/g)) {
      const target = boards.find((other) => other.uid === uid);
      expect(target, uid).toBeDefined();
      for (const [, name = ''] of query.matchAll(/&var-(\w+)=/g)) expect(variablesOf(target!.board)).toContain(name);
    }
  });
});

/** Panels of which something does not hold. */
function without(holds: (panel: Panel) => boolean): string[] {
  return panels.filter(({ panel }) => !holds(panel)).map(({ name }) => name);
}

describe('every panel', () => {
  test('says what it shows and what it means when it is empty or 0', () => {
    expect(panels.length).toBeGreaterThan(50);
    expect(without(({ description = '' }) => description.length > 60)).toEqual([]);
    expect(without(({ description = '' }) => /\b(Empty|0): |0 without one/.test(description))).toEqual([]);
  });

  test('has a unit', () => expect(without(({ fieldConfig }) => Boolean(fieldConfig?.defaults.unit))).toEqual([]));

  test('has targets in order, each with the data source of the panel', () => {
    for (const { name, panel } of panels) {
      const targets = targetsOf(panel);
      expect(targets.map(({ refId }) => refId).join(''), name).toBe('ABCDEFGHIJ'.slice(0, targets.length));
      for (const target of targets) expect(target, name).toMatchObject({ datasource: panel.datasource });
    }
  });

  test('leads nowhere by a name that stands for an absent label: there is nothing of that name', () => {
    const stands = (panel: Panel, label: string): boolean =>
      targetsOf(panel).some(({ expr = '' }) => expr.includes(`"(none)", "${label}"`));
    const chosen = (panel: Panel): string[] =>
      [...JSON.stringify(panel).matchAll(/__field\.labels\.(\w+)/g)].map(([, label = '']) => label);
    expect(without((panel) => !chosen(panel).some((label) => stands(panel, label)))).toEqual([]);
  });

  test('names its series', () => {
    const isNamed = (target: Target): boolean =>
      target.expr === undefined || target.format === 'table' || target.legendFormat !== undefined;
    expect(without((panel) => panel.type === 'stat' || targetsOf(panel).every(isNamed))).toEqual([]);
  });

  test('says that rates are shapes where it draws them, and only there', () => {
    const draws = (panel: Panel): boolean =>
      targetsOf(panel).some(({ expr = '' }) => /\brate\(|_forecast\b/.test(expr));
    const says = ({ description = '' }: Panel): boolean => /rate\(\)|the rate of the last hour/.test(description);
    expect(without((panel) => draws(panel) === says(panel))).toEqual([]);
  });

  test('has a colour only where a decision hangs on the value', () => {
    for (const { name, panel } of panels) {
      const [base, ...steps] = panel.fieldConfig?.defaults.thresholds?.steps ?? [];
      expect(base, name).toEqual({ value: null, color: steps.length === 0 ? 'text' : 'green' });
      const values = steps.map(({ value }) => Number(value));
      expect(values, name).toEqual(values.toSorted((a, b) => a - b));
    }
  });
});
