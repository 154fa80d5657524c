import type { Instrumentations } from '../options/register-options.ts';
import { HookReport } from './hook-report.ts';
import { showLoadedCommonJs, showLoadedEsm } from './loader/already-loaded.ts';
import { watchLoads } from './loader/on-load.ts';

/** Hooks every SDK that is wanted: those that are loaded already, and from now on each one as it is loaded. */
export function hookSdks({ only, disable }: Instrumentations): HookReport {
  const report = new HookReport((module) => (only === undefined || only.includes(module)) && !disable.includes(module));
  watchLoads(report.onLoad);
  showLoadedCommonJs(report.onLoad);
  showLoadedEsm(report.onLoad);
  return report;
}
