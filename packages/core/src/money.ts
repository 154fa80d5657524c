/** Money is integer nano-USD everywhere: 1 USD = 10⁹. Exact in a `number` up to 9,007,199 USD. */
export const NANO_PER_USD = 1_000_000_000;

/** The largest amount that one account may hold, in USD: beyond it a `number` no longer counts single nano-USD. */
export const MAX_USD = 9_000_000;

/** USD as people write it to integer nano-USD, rounded to the nearest. */
export function usdToNano(usd: number): number {
  return Math.round(usd * NANO_PER_USD);
}

/** Integer nano-USD to the nearest double in USD: multiplying by 10⁹ and rounding gives the integer back. */
export function nanoToUsd(nanoUsd: number): number {
  return nanoUsd / NANO_PER_USD;
}

/** For people: `$12.35`, four digits below one dollar (`$0.0042`), and `<$0.0001` rather than a false zero. */
export function formatUsd(nanoUsd: number): string {
  const sign = nanoUsd < 0 ? '-' : '';
  const usd = Math.abs(nanoToUsd(nanoUsd));
  if (usd === 0) return '$0.00';
  if (usd < 0.0001) return `${sign}<$0.0001`;
  return `${sign}$${usd < 1 ? usd.toFixed(4) : usd.toFixed(2)}`;
}
