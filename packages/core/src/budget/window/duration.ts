const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `'90s'`, `'15m'`, `'24h'`, `'7d'`, `'1.5h'` as milliseconds; undefined for anything else, and for zero. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim());
  const unitMs = UNIT_MS[parts?.[2] ?? ''];
  if (unitMs === undefined) return undefined;
  const ms = Math.round(Number(parts?.[1]) * unitMs);
  return ms > 0 && ms <= Number.MAX_SAFE_INTEGER ? ms : undefined;
}
