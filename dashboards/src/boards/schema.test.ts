import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { DASHBOARD_SCHEMA } from '../check/dashboard-schema.ts';
import { BOARDS } from './all-boards.ts';
import { toText } from './to-text.ts';

const isValid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(DASHBOARD_SCHEMA);

test.each(BOARDS)('$uid is what Grafana’s classic JSON may be', (board) => {
  isValid(JSON.parse(toText(board)));
  expect(isValid.errors ?? []).toEqual([]);
});

test('the schema refuses what is no board', () => {
  const board = JSON.parse(toText(BOARDS[0]!)) as Record<string, unknown>;
  expect(isValid({ ...board, schemaVersion: 39 })).toBe(false);
  expect(isValid({ ...board, __inputs: [] })).toBe(false);
  expect(isValid({ ...board, elements: {} })).toBe(false);
});
