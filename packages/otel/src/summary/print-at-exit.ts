import type { ResolvedOptions } from '../options/register-options.ts';
import type { Runtime } from '../runtime.ts';
import { shouldPrintSummary, summaryStyle } from './summary-style.ts';
import { renderSummary } from './summary.ts';

/** Prints what was spent when the process ends, where nothing else will show it. Writes nothing before, and never fails. */
export function printAtExit(options: ResolvedOptions, { book, ledger, providers }: Runtime): void {
  process.once('exit', () => {
    const rows = book.usage({ by: ['agent'] });
    if (rows.length === 0) return;
    const { traces, metrics } = providers.where();
    const isExporting = traces !== 'nowhere' || metrics !== 'nowhere';
    if (!shouldPrintSummary(options, isExporting, process.stderr)) return;
    const lines = renderSummary(rows, ledger.standings(Date.now()), summaryStyle(process.env, process.stderr));
    process.stderr.write(`${lines.join('\n')}\n`);
  });
}
