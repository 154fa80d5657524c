import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { ResolvedOptions } from '../options/register-options.ts';

/** What the terminal that a summary is for can show. */
export interface SummaryStyle {
  /** Columns; longer lines are cut. */
  width: number;
  colour: boolean;
  unicode: boolean;
}

/** What is known of a stream; of a file or a pipe, little. */
export type Output = Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>;

/**
 * Whether a spend table is due at exit. 'auto': where the numbers went nowhere else and somebody sits at a terminal.
 * With mode 'off' nothing was counted, and nothing is shown.
 */
export function shouldPrintSummary(
  { summary, mode }: Pick<ResolvedOptions, 'summary' | 'mode'>,
  exporting: boolean,
  stream: Output,
): boolean {
  if (mode === 'off' || summary === 'off') return false;
  return summary === 'on' || (!exporting && stream.isTTY === true);
}

/** The style for a stream: NO_COLOR, FORCE_COLOR and TERM as Node reads them, ASCII unless the locale is UTF-8. */
export function summaryStyle(env: NodeJS.ProcessEnv, stream: Output): SummaryStyle {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return {
    // A terminal that does not know its size says 0.
    width: stream.columns || 80,
    colour: stream.isTTY === true && stream.hasColors?.(env) === true,
    unicode: /utf-?8/i.test(locale) || env['WT_SESSION'] !== undefined,
  };
}

/** Text in a colour, where there are colours. */
export function paint(format: Parameters<typeof styleText>[0], text: string, { colour }: SummaryStyle): string {
  return colour ? styleText(format, text, { validateStream: false }) : text;
}
