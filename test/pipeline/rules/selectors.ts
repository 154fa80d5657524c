import { RECORDINGS } from '../../../dashboards/src/rules/recording.ts';
import { ALERTS } from '../../../dashboards/src/rules/rule-files.ts';

const SELECTOR = /\b(?:tollgate|otelcol)[\w:]*(?:\{[^}]*\})?/g;
// Names of labels begin as those of metrics do; within parentheses after these words there are no metrics.
const GROUPINGS = /\b(?:by|on|ignoring|without|group_left) \([^)]*\)/g;

/** Every selector that a rule reads, without its time range. */
export function selectorsOfRules(): string[] {
  const expressions = [...RECORDINGS, ...Object.values(ALERTS).flat()].map(({ expr }) => expr);
  const found = expressions.flatMap((expr) => expr.replaceAll(GROUPINGS, '').match(SELECTOR) ?? []);
  return [...new Set(found)].toSorted();
}
