import type { WriteStream } from 'node:tty';
import { finalTable } from './final-table.ts';
import { logLines, type Told } from './log-lines.ts';
import { renderPanel } from './panel.ts';
import { legible, styleOf } from './style.ts';
import type { ViewState } from './view-state.ts';

/** Where a view is drawn: a terminal, or anything that takes text. */
export type ViewStream = { write(text: string): unknown } & Partial<
  Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>
>;

/** The live picture of a run. */
export interface View {
  /** Shows the state; cheap to call often, a terminal is redrawn at most every 80 ms. */
  update(state: ViewState): void;
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
  const show = stream.isTTY === true ? createPanel(stream, style, now) : createLog(stream, style, now);
  return {
    update: (state) => show(state, false),
    final(state) {
      show(state, true);
      write(stream, ['', ...finalTable(state, style)]);
    },
  };
}

type Show = (state: ViewState, last: boolean) => void;

function createPanel(stream: ViewStream, style: ReturnType<typeof styleOf>, now: () => number): Show {
  let drawnAt = -Infinity;
  let height = 0;
  return (state, last) => {
    if (!last && now() - drawnAt < REDRAW_MS) return;
    drawnAt = now();
    // A terminal that does not know its size says 0. The cursor cannot go above the screen: what is taller would be drawn again and again.
    const lines = renderPanel(state, stream.columns || 80, style).slice(0, (stream.rows || 24) - 1);
    const back = height === 0 ? '' : `\u001b[${height}A\u001b[0J`;
    stream.write(`${back}${lines.join('\n')}\n`);
    height = lines.length;
  };
}

function createLog(stream: ViewStream, style: ReturnType<typeof styleOf>, now: () => number): Show {
  let told: Told = { hooked: '', denials: 0, warnings: 0, totalAt: -Infinity };
  return (state) => {
    const next = logLines(state, told, now());
    told = next.told;
    write(
      stream,
      next.lines.map((line) => legible(line, style)),
    );
  };
}

function write(stream: ViewStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}
