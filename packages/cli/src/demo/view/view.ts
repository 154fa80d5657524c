import type { WriteStream } from 'node:tty';
import { finalTable } from './final-table.ts';
import { logLines, type Told } from './log-lines.ts';
import { renderPanel } from './panel.ts';
import { legible, styleOf, type Style } from './style.ts';
import type { ViewState } from './view-state.ts';

/** Where a view is drawn: a terminal, or anything that takes text. */
export type ViewStream = { write(text: string): unknown } & Partial<
  Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>
>;

/** The live picture of a run. */
export interface View {
  /** Shows the state; cheap to call often, a terminal is redrawn at most every 80 ms. */
  update(state: ViewState): void;
  /** Shows text that is no part of the picture, above it where there is a panel. */
  note(text: string): void;
  /** Shows the last state, and the table. */
  final(state: ViewState): void;
}

const REDRAW_MS = 80;

/** A panel that redraws itself where `stream` is a terminal, else a log of what is new. */
export function createView(
  stream: ViewStream,
  { now, env = process.env }: { now: () => number; env?: NodeJS.ProcessEnv | undefined },
): View {
  const style = styleOf(stream, env);
  const picture = stream.isTTY === true ? createPanel(stream, style, now) : createLog(stream, style, now);
  return {
    update: (state) => picture.show(state, false),
    note: (text) => picture.note(text),
    final(state) {
      picture.show(state, true);
      write(stream, ['', ...finalTable(state, style)]);
    },
  };
}

interface Picture {
  show(state: ViewState, last: boolean): void;
  note(text: string): void;
}

function createPanel(stream: ViewStream, style: Style, now: () => number): Picture {
  let drawnAt = -Infinity;
  let drawn: string[] = [];
  // Lines are written over, not cleared first: a terminal keeps a screen that is cleared in its history, and it flickers.
  const draw = (lines: readonly string[], above: string = ''): void => {
    const back = drawn.length === 0 ? '' : `\u001b[${drawn.length}A`;
    stream.write(`${back}${above}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[0J`);
  };
  return {
    show(state, last) {
      if (!last && now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      // A terminal that does not know its size says 0. The cursor cannot go above the screen: what is taller would be drawn again and again.
      const lines = renderPanel(state, stream.columns || 80, style).slice(0, (stream.rows || 24) - 1);
      draw(lines);
      drawn = lines;
    },
    note(text) {
      draw(drawn, `${text.trimEnd()}\u001b[K\n`);
    },
  };
}

function createLog(stream: ViewStream, style: Style, now: () => number): Picture {
  let told: Told = { hooked: '', denials: 0, warnings: 0, totalAt: -Infinity };
  return {
    show(state) {
      const next = logLines(state, told, now());
      told = next.told;
      write(
        stream,
        next.lines.map((line) => legible(line, style)),
      );
    },
    note: (text) => write(stream, [text.trimEnd()]),
  };
}

function write(stream: ViewStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}
