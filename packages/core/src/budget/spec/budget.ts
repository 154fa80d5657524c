import type { Dimension } from '../../attribution.ts';
import type { Amounts } from '../measures.ts';
import type { MatchRule } from '../match.ts';
import type { Window } from '../window/window.ts';

/** A budget that is known to be valid, with all defaults filled in. Frozen. */
export interface Budget {
  readonly name: string;
  /** Infinity where the budget does not limit a unit. */
  readonly limit: Readonly<Amounts>;
  readonly window: Window;
  readonly by: readonly Dimension[];
  readonly match: readonly MatchRule[];
  readonly missing: 'skip' | 'share' | 'deny';
  readonly warnAt: readonly number[];
  readonly onExceed: 'deny' | 'warn';
  readonly mode: 'enforce' | 'observe';
  readonly reserve: 'expected' | 'max';
  readonly shrink: boolean;
  readonly count: 'all' | 'uncached';
  /** Undefined: as the options of the process say. */
  readonly onStoreError: 'deny' | 'allow' | undefined;
  readonly idleMs: number;
}
