/** Why a figure of a call is not known for sure, as the flags of its cost name it. The rest of the flags say nothing about the price. */
const UNPRICED_FLAGS = new Set(['unknown_model', 'no_usage', 'no_provider', 'tier_unknown', 'no_cache_split']);

/** Those flags of a cost that `tollgate.unpriced` counts. */
export function unpricedFlags(flags: readonly string[]): readonly string[] {
  return flags.filter((flag) => UNPRICED_FLAGS.has(flag));
}
