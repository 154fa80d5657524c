import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** What a terminal can show beyond plain ASCII. */
export interface Style {
  colour: boolean;
  unicode: boolean;
}

/** Neither colours nor Unicode left out: what tests and pipes get. */
export const PLAIN: Style = { colour: false, unicode: true };

/** The style of a stream: NO_COLOR, FORCE_COLOR and TERM as Node reads them, ASCII unless the locale is UTF-8. */
export function styleOf(stream: Partial<Pick<WriteStream, 'isTTY' | 'hasColors'>>, env: NodeJS.ProcessEnv): Style {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return {
    colour: stream.isTTY === true && stream.hasColors?.(env) === true,
    unicode: /utf-?8/i.test(locale) || env['WT_SESSION'] !== undefined,
  };
}

/** A colour by how much of a limit is used. */
export function heat(part: number): 'green' | 'yellow' | 'red' {
  if (part >= 1) return 'red';
  return part >= 0.8 ? 'yellow' : 'green';
}

/** Text in a colour, where there are colours. */
export function paint(format: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string, { colour }: Style): string {
  return colour ? styleText(format, text, { validateStream: false }) : text;
}

/** A line as the terminal can show it. */
export function legible(line: string, { unicode }: Style): string {
  if (unicode) return line;
  return line
    .replaceAll('·', '-')
    .replaceAll('…', '.')
    .replaceAll('█', '#')
    .replaceAll('▒', '+')
    .replaceAll('░', '.')
    .replaceAll('─', '-');
}
