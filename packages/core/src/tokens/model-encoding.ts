import type { EncodingName } from './encodings.ts';

/** First match wins. What is not listed (all OpenAI models since gpt-4o, and models of tomorrow) is `o200k_base`. */
const OLDER: readonly (readonly [RegExp, EncodingName])[] = [
  [/^gpt-(?:3\.?5|4(?!o|\.\d))/, 'cl100k_base'],
  [/^text-embedding-(?:3|ada-002)/, 'cl100k_base'],
  [/^(?:davinci|babbage)-002/, 'cl100k_base'],
  [/^(?:text-davinci-(?:00[23]|edit)|code-(?:davinci|cushman)|cushman-|davinci-codex)/, 'p50k_base'],
  [/^(?:gpt-?2|(?:text-)?(?:ada|babbage|curie|davinci)\b|(?:text|code)-(?:search|similarity)-)/, 'r50k_base'],
];

/** The encoding of an OpenAI model id, fine-tunes (`ft:…`) and paths (`openai/…`) included; `o200k_base` for any other. */
export function encodingOf(model: string): EncodingName {
  const id = bareModelId(model);
  return OLDER.find(([pattern]) => pattern.test(id))?.[1] ?? 'o200k_base';
}

/** The id without the path of a gateway before it and without the mark of a fine-tune: `ft:gpt-4o:acme` → `gpt-4o`. */
export function bareModelId(model: string): string {
  const id = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const [first = '', second = ''] = id.split(':', 2);
  return first === 'ft' ? second : first;
}
