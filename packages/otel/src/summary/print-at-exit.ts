import { later } from '../later.ts';
import type { ResolvedOptions } from '../options/register-options.ts';
import type { Providers } from '../providers/providers.ts';
import { onSignal } from '../providers/signals.ts';
import type { Runtime } from '../runtime.ts';

const style = later('./summary/summary-style');
const summary = later('./summary/summary');

/** What was spent, where anything was, and where it is shown. */
export interface Spent {
  providers: Providers;
  /** Undefined where there was no call. */
  readonly madeRuntime: () => Pick<Runtime, 'book' | 'ledger' | 'meter'> | undefined;
}

/**
 * Prints what was spent when the process ends, calls that are under way included, where nothing else will show it: also by
 * Ctrl-C, unless the app listens for it. Writes nothing before, and never fails.
 */
export function printAtExit(options: ResolvedOptions, { providers, madeRuntime }: Spent): void {
  let isPrinted = false;
  function print(): void {
    if (isPrinted) return;
    isPrinted = true;
    const { book, ledger, meter } = madeRuntime() ?? {};
    meter?.open.settle();
    const rows = book?.usage({ by: ['agent'] }) ?? [];
    if (ledger === undefined || rows.length === 0) return;
    const { traces, metrics } = providers.where();
    const isExporting = traces !== 'nowhere' || metrics !== 'nowhere';
    const { shouldPrintSummary, summaryStyle } = style();
    if (!shouldPrintSummary(options, isExporting, process.stderr)) return;
    const { renderSummary } = summary();
    const lines = renderSummary(rows, ledger.standings(Date.now()), summaryStyle(process.env, process.stderr));
    process.stderr.write(`${lines.join('\n')}\n`);
  }
  process.once('exit', print);
  if (options.summary === 'off') return;
  // After the start: a process that has no terminal is spared the listeners, and the start is spared the question.
  setImmediate(() => {
    const isShown = options.summary === 'on' || process.getBuiltinModule('node:tty').isatty(STDERR);
    if (isShown) onSignal((isLast) => (isLast ? print() : undefined));
  }).unref();
}

const STDERR = 2;
