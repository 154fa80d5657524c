import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { renderPanel } from './panel.ts';
import { emptyState, sampleState } from './sample-state.ts';
import { createView, type ViewStream } from './view.ts';

function output(more: Partial<ViewStream> = {}): { stream: ViewStream; written: string[] } {
  const written: string[] = [];
  return { stream: { write: (text) => written.push(text), ...more }, written };
}

const env = { LANG: 'C.UTF-8' };

it('redraws the panel in place on a terminal, at most every 80 ms', () => {
  const { stream, written } = output({ isTTY: true, columns: 80, rows: 24, hasColors: () => false });
  let time = 0;
  const view = createView(stream, { now: () => time, env });
  view.update(emptyState());
  time = 79;
  view.update(sampleState());
  expect(written).toHaveLength(1);
  time = 80;
  view.update(sampleState());
  expect(written).toHaveLength(2);
  const height = (written[0]?.split('\n').length ?? 0) - 1;
  expect(written[1]?.startsWith(`\u001b[${height}ATollgate demo · $0.0355`)).toBe(true);
});

it('never draws more lines than the terminal has', () => {
  const { stream, written } = output({ isTTY: true, columns: 80, rows: 10 });
  createView(stream, { now: () => 0, env }).update(sampleState());
  expect(written[0]?.split('\n')).toHaveLength(10);
});

it('takes a terminal that does not know its size for one of 80 by 24', () => {
  const { stream, written } = output({ isTTY: true, columns: 0, rows: 0 });
  createView(stream, { now: () => 0, env }).update(sampleState());
  expect(
    stripVTControlCharacters(written[0] ?? '')
      .trimEnd()
      .split('\n'),
  ).toEqual(renderPanel(sampleState(), 80));
});

it('shows the last state and the table at the end, whenever the last redraw was', () => {
  const { stream, written } = output({ isTTY: true });
  const view = createView(stream, { now: () => 0, env });
  view.update(emptyState());
  view.final(sampleState());
  expect(written[1]).toContain("refused by 'one-task T-3': exhausted");
  expect(written[2]).toContain('\ntotal');
});

it('writes a log of what is new where there is no terminal', () => {
  const { stream, written } = output();
  let time = 0;
  const view = createView(stream, { now: () => time, env });
  const { denials, ...rest } = sampleState();
  view.update({ ...rest, denials: [] });
  time = 500;
  view.update({ ...rest, denials: denials.slice(0, 1) });
  time = 999;
  view.update({ ...rest, denials: denials.slice(0, 1) });
  time = 1_000;
  view.update({ ...rest, denials });
  expect(written.join('')).toBe(
    [
      'instrumented: openai 7.57.0 (esm) · @anthropic-ai/sdk 1.12.0 (esm)',
      "'agent-day researcher' has passed 80 % of its limit",
      '$0.0355 · 29 calls · 32.5k tokens · 2 refused',
      "refused by 'one-task T-3': exhausted",
      "refused by 'one-task T-3': exhausted",
      '$0.0355 · 29 calls · 32.5k tokens · 2 refused',
      '',
    ].join('\n'),
  );
});

it('shows a note above the panel, and the panel again below it', () => {
  const { stream, written } = output({ isTTY: true, columns: 80, rows: 24 });
  const view = createView(stream, { now: () => 0, env });
  view.note('before the first picture\n');
  view.update(sampleState());
  view.note('a warning\n');
  const panel = written[1] ?? '';
  const height = panel.split('\n').length - 1;
  expect(stripVTControlCharacters(written[0] ?? '')).toBe('before the first picture\n');
  expect(written[2]).toBe(`\u001b[${height}Aa warning\u001b[K\n${panel}`);
});

it('writes a note as a line of the log', () => {
  const { stream, written } = output();
  createView(stream, { now: () => 0, env }).note('a warning\n');
  expect(written).toEqual(['a warning\n']);
});
