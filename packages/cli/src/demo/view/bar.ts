import { heat, paint, type Style } from './style.ts';

/** A limit as a bar: what is spent, what is reserved, what is left. Never full before the limit is reached, never empty after the first cent. */
export function budgetBar(width: number, spent: number, reserved: number, style: Style): string {
  const full = partOf(width, spent);
  const held = Math.min(width - full, partOf(width, spent + reserved) - full);
  const rest = width - full - held;
  return paint(heat(spent), '█'.repeat(full) + '▒'.repeat(held), style) + paint('dim', '░'.repeat(rest), style);
}

/** A share of a sum as a bar, thinner than one of a limit. */
export function shareBar(width: number, share: number, style: Style): string {
  const full = partOf(width, share);
  return paint('dim', '─'.repeat(full) + ' '.repeat(width - full), style);
}

function partOf(width: number, part: number): number {
  if (!(part > 0)) return 0;
  if (part >= 1) return width;
  return Math.min(width - 1, Math.max(1, Math.round(part * width)));
}
