import type { PriceOverride } from './override.ts';

/** What an override is matched against, in lower case: the provider by the name that the table knows, and the model as called. */
export interface OverrideTarget {
  provider: string;
  model: string;
}

/**
 * The most specific of these rules that matches: an exact model before a pattern, a longer pattern before a shorter, one
 * with a provider before one for any, the later of equals.
 */
export function mostSpecific<R extends PriceOverride>(
  rules: readonly R[],
  target: OverrideTarget,
  providerId: (name: string) => string,
): R | undefined {
  let best: R | undefined;
  let bestScore = -1;
  for (const rule of rules) {
    const score = scoreOf(rule, target, providerId);
    if (score >= 0 && score >= bestScore) {
      best = rule;
      bestScore = score;
    }
  }
  return best;
}

function scoreOf(rule: PriceOverride, target: OverrideTarget, providerId: (name: string) => string): number {
  if (rule.provider !== undefined && providerId(rule.provider) !== target.provider) return -1;
  const model = modelScore('alias' in rule ? rule.alias : rule.model, target.model);
  return model < 0 ? -1 : model * 2 + (rule.provider === undefined ? 0 : 1);
}

function modelScore(pattern: string | undefined, model: string): number {
  if (pattern === undefined) return 0;
  const wanted = pattern.trim().toLowerCase();
  if (wanted === model) return Number.MAX_SAFE_INTEGER / 4;
  return wanted.endsWith('*') && model.startsWith(wanted.slice(0, -1)) ? wanted.length : -1;
}
