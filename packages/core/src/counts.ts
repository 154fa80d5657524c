// Made when the first number is printed: Intl's data takes longer to load than the rest of the plugin's start-up.
let short: Intl.NumberFormat | undefined;

/** For people: 1234567 → `1.2M`. */
export function compact(value: number): string {
  short ??= new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  return short.format(value).replace('K', 'k');
}

/** `1 call`, `2 calls`. */
export function plural(count: number, word: string): string {
  return `${compact(count)} ${word}${count === 1 ? '' : 's'}`;
}
