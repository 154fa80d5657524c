import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { PriceTable } from '@tollgate/core';
import { parsePriceOverrides } from '@tollgate/core/config';
import type { Prices } from './options/register-options.ts';

/** How often a file of prices is looked at, in ms. */
const LOOK_EVERY_MS = 2_000;

/** The price table in force. */
export interface PriceSource {
  /** Read when first asked for: a process that makes no call pays nothing for it. */
  table(): PriceTable;
  stop(): void;
}

/** Prices with the user's on top. A file is read again when it changes; one that is broken then is reported and changes nothing. */
export function createPriceSource({ overrides, file }: Prices, report: (line: string) => void): PriceSource {
  let table: PriceTable | undefined;
  let current = overrides;

  function reread(path: string): void {
    try {
      const parsed = parsePriceOverrides(JSON.parse(readFileSync(path, 'utf8')));
      const [issue] = parsed.issues;
      if (issue !== undefined) throw new Error(`${issue.path}: ${issue.message}`);
      current = parsed.overrides;
      table = undefined;
    } catch (error) {
      report(`the prices in ${path} stay as they were: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  if (file !== undefined) watchFile(file, { persistent: false, interval: LOOK_EVERY_MS }, () => reread(file));
  return {
    table: () => (table ??= PriceTable.builtIn(current)),
    stop: () => file !== undefined && unwatchFile(file),
  };
}
