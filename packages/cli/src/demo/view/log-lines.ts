import { hookedLine, refusalWords } from './panel.ts';
import { totalsLine, totalsOf } from './totals.ts';
import { accountName, type ViewState, type Warning } from './view-state.ts';

/** What a log has told so far. */
export interface Told {
  hooked: string;
  denials: number;
  warnings: number;
  /** When the total was last told; epoch ms. */
  totalAt: number;
}

const TOTAL_EVERY_MS = 1_000;

/** What is new since `told`, for a log: a line when what is instrumented changes, one per warning and refusal, the total once a second. */
export function logLines(state: ViewState, told: Told, now: number): { lines: string[]; told: Told } {
  const hooked = hookedLine(state.instrumented);
  const totalIsDue = now - told.totalAt >= TOTAL_EVERY_MS;
  return {
    lines: [
      ...(hooked === told.hooked ? [] : [hooked]),
      ...state.warnings.slice(told.warnings).map(warningWords),
      ...state.denials.slice(told.denials).map(refusalWords),
      ...(totalIsDue ? [totalsLine(totalsOf(state.by.agent))] : []),
    ],
    told: {
      hooked,
      denials: state.denials.length,
      warnings: state.warnings.length,
      totalAt: totalIsDue ? now : told.totalAt,
    },
  };
}

function warningWords(warning: Warning): string {
  return `'${accountName(warning)}' has passed ${Math.round(warning.threshold * 100)} % of its limit`;
}
