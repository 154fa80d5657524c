/** Exactly `width` characters: padded, or cut with an ellipsis. What would move the cursor is shown as `?`. */
export function cell(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const plain = text.replace(/\p{Cc}/gu, '?');
  const characters = Array.from(plain);
  if (characters.length > width) return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`.slice(0, width);
  const padding = ' '.repeat(width - characters.length);
  return side === 'left' ? plain + padding : padding + plain;
}
