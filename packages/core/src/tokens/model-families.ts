import { bareModelId } from './model-encoding.ts';

/** Tokens that a provider adds around the text: once, per message or part, once where there are tools, and per tool. */
interface Overhead {
  base: number;
  message: number;
  tools: number;
  tool: number;
}

/** Input tokens of one image of unknown size: an ordinary one, the largest, and whether the provider scales down to that. */
interface ImageTokens {
  expected: number;
  most: number;
  capped: boolean;
}

/** What is known of a group of models before any of their replies has been seen. */
export interface ModelFamily {
  /** Tokens per character of ordinary English, code and JSON. */
  perCharacter: number;
  /** Tokens per token that `encodingOf` counts; 1 where that is the model's own encoding. */
  perCounted: number;
  /** The most tokens that a byte of UTF-8 can be. */
  perByte: number;
  /** Whether `encodingOf` is the model's own encoding. */
  ownEncoding: boolean;
  overhead: Overhead;
  image: ImageTokens;
}

/** Characters per o200k token over prose, code and JSON lie between 2.6 and 4.7. */
const PER_CHARACTER = 0.27;

const scale = (perCounted: number): Pick<ModelFamily, 'perCounted' | 'perCharacter'> => ({
  perCounted,
  perCharacter: PER_CHARACTER * perCounted,
});

const tiles: ImageTokens = { expected: 765, most: 3_800, capped: true };
const openai: ModelFamily = {
  ...scale(1),
  perByte: 1,
  ownEncoding: true,
  overhead: { base: 3, message: 4, tools: 16, tool: 6 },
  image: tiles,
};
const openai5: ModelFamily = {
  ...openai,
  overhead: { base: 5, message: 4, tools: 103, tool: 6 },
  image: { expected: 1_229, most: 12_000, capped: true },
};
/** Opus 4.7, and everything from generation 5 on: a newer vocabulary with some 30 % more tokens for the same text. */
const claude: ModelFamily = {
  ...scale(1.62),
  // The public Claude tokenizer normalises to NFKC first, which makes a few characters longer.
  perByte: 1.1,
  ownEncoding: false,
  overhead: { base: 6, message: 5, tools: 549, tool: 53 },
  image: { expected: 1_369, most: 5_000, capped: true },
};

/** Where no row fits: byte-level and byte-fallback vocabularies of 32,000 to 256,000 tokens. */
const other: ModelFamily = {
  ...scale(1.15),
  perByte: 1,
  ownEncoding: false,
  overhead: { base: 6, message: 5, tools: 60, tool: 60 },
  image: { expected: 1_500, most: 16_384, capped: false },
};

/** First match wins. Figures: measurements of o200k against other vocabularies, and the providers' pages, 2025–2026. */
const FAMILIES: readonly (readonly [RegExp, ModelFamily])[] = [
  [/^gpt-4o-mini/, { ...openai, image: { expected: 25_501, most: 48_169, capped: true } }],
  // Patches of 32 × 32 × 1.2; 12 megapixels are 14,364, and no cap has been seen.
  [/^gpt-(?:[6-9]|\d\d)(?!\d)/, { ...openai5, image: { expected: 1_229, most: 16_384, capped: false } }],
  [/^gpt-5\.\d/, openai5],
  [/^gpt-5/, { ...openai5, overhead: { base: 5, message: 4, tools: 24, tool: 6 }, image: tiles }],
  [/^(?:chatgpt-|gpt-|o\d|codex|computer-use|text-embedding-|davinci|babbage)|gpt-oss/, openai],
  [/claude-opus-4[.-](?:[7-9]|\d\d)(?!\d)/, claude],
  [
    /claude-(?:v?[1-3](?!\d)|instant|[a-z]+-[1-4](?!\d))/,
    { ...claude, ...scale(1.25), image: { expected: 1_369, most: 1_700, capped: true } },
  ],
  [/claude/, claude],
  [
    /gemini|gemma/,
    {
      ...other,
      ...scale(1.05),
      overhead: { base: 2, message: 4, tools: 20, tool: 10 },
      image: { expected: 1_101, most: 2_300, capped: true },
    },
  ],
  [/deepseek/, { ...other, overhead: { base: 6, message: 5, tools: 143, tool: 71 } }],
  [/grok/, { ...other, overhead: { base: 683, message: 5, tools: 60, tool: 60 } }],
];

const MOST_REMEMBERED = 1_000;
const remembered = new Map<string, ModelFamily>();

/** The family of a model id of any provider, gateway path and region prefix included. Looked up once per id. */
export function familyOf(model: string): ModelFamily {
  let found = remembered.get(model);
  if (found === undefined) {
    const id = bareModelId(model);
    found = FAMILIES.find(([pattern]) => pattern.test(id))?.[1] ?? other;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(model, found);
  }
  return found;
}
