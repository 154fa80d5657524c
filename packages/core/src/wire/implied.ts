import { asText } from './loose.ts';

/** An amount that a request implies without naming it: what it usually is, and what it hardly ever exceeds. */
export interface Implied {
  readonly expected: number;
  readonly most: number;
}

const CHARACTERS_PER_SECOND = 15;
const AUDIO_TOKENS_PER_SECOND = 20;

/** Audio tokens of a text that is spoken. */
export function spokenTokens(characters: number): Implied {
  const tokens = (characters / CHARACTERS_PER_SECOND) * AUDIO_TOKENS_PER_SECOND;
  return { expected: Math.ceil(tokens), most: Math.ceil(tokens * 1.5) };
}

/** Bytes of a second: of ordinary music files, and of speech that is compressed to 32 kbit/s. */
const BYTES_PER_SECOND = { usual: 16_000, least: 4_000 };
const UNKNOWN_SECONDS = 600;

/** Seconds of sound in a file of so many bytes; ten minutes where its size is not known. */
export function soundSeconds(bytes: number | undefined): Implied {
  if (bytes === undefined) return { expected: UNKNOWN_SECONDS, most: UNKNOWN_SECONDS };
  return { expected: Math.ceil(bytes / BYTES_PER_SECOND.usual), most: Math.ceil(bytes / BYTES_PER_SECOND.least) };
}

/** Output tokens of a square image by its quality; one that is not square has half as many again. */
const SQUARE_TOKENS: ReadonlyMap<unknown, number> = new Map([
  ['low', 272],
  ['medium', 1_056],
]);
const BEST_SQUARE_TOKENS = 4_160;
const SQUARES: ReadonlySet<unknown> = new Set([undefined, null, 'auto', '256x256', '512x512', '1024x1024']);

/** Output tokens of one image. */
export function imageTokens(quality: unknown, size: unknown): Implied {
  const square = SQUARE_TOKENS.get(quality) ?? BEST_SQUARE_TOKENS;
  return { expected: SQUARES.has(size) ? square : square * 1.5, most: square * 1.5 };
}

/** What an image is called where its price goes by quality and size: `image_standard_1024x1024`, which is also what both are by default. */
export function imageUnit(quality: unknown, size: unknown): string {
  const [what, large] = [asText(quality), asText(size)].map((said) => (said === 'auto' ? undefined : said));
  return `image_${what ?? 'standard'}_${large ?? '1024x1024'}`.toLowerCase();
}
