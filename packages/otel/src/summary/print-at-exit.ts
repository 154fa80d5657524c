import { later } from '../later.ts';
import type { ResolvedOptions } from '../options/register-options.ts';
import type { Providers } from '../providers/providers.ts';
import type { Runtime } from '../runtime.ts';

const style = later('./summary/summary-style');
const summary = later('./summary/summary');

/** What was spent, where anything was, and where it is shown. */
export interface Spent {
  providers: Providers;
  /** Undefined where there was no call. */
  readonly madeRuntime: () => Pick<Runtime, 'book' | 'ledger'> | undefined;
}

/** Prints what was spent when the process ends, where nothing else will show it. Writes nothing before, and never fails. */
export function printAtExit(options: ResolvedOptions, { providers, madeRuntime }: Spent): void {
  process.once('exit', () => {
    const { book, ledger } = madeRuntime() ?? {};
    const rows = book?.usage({ by: ['agent'] }) ?? [];
    if (ledger === undefined || rows.length === 0) return;
    const { traces, metrics } = providers.where();
    const isExporting = traces !== 'nowhere' || metrics !== 'nowhere';
    const { shouldPrintSummary, summaryStyle } = style();
    if (!shouldPrintSummary(options, isExporting, process.stderr)) return;
    const { renderSummary } = summary();
    const lines = renderSummary(rows, ledger.standings(Date.now()), summaryStyle(process.env, process.stderr));
    process.stderr.write(`${lines.join('\n')}\n`);
  });
}
