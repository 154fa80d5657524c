import { asCount, asObject, asText } from '../loose.ts';

type Body = 'model' | 'stream' | 'stream_options' | 'max_completion_tokens' | 'max_tokens';

/** OpenAI models that refuse, or will refuse, `max_tokens`. All other servers know it; some ignore the newer name in silence. */
const knowsNewName = /^(?:ft:)?(?:gpt-4o|gpt-4\.[15]|gpt-[5-9]|gpt-\d\d|o\d|chatgpt-|codex-)/;

/** A copy with the output cap lowered to `cap`, in the field that the app used, else in the one that the model knows. */
export function withOutputCap(value: unknown, cap: number): unknown {
  const body = asObject<Body>(value);
  if (body === undefined) return value;
  const field = capField(body);
  return { ...body, [field]: Math.min(asCount(body[field]) ?? cap, cap) };
}

function capField(body: { readonly [name in Body]?: unknown }): 'max_completion_tokens' | 'max_tokens' {
  if (body.max_completion_tokens != null) return 'max_completion_tokens';
  if (body.max_tokens != null) return 'max_tokens';
  return knowsNewName.test(asText(body.model) ?? '') ? 'max_completion_tokens' : 'max_tokens';
}

/** A copy that asks for usage in the stream; undefined where nothing is streamed or usage is asked for already. */
export function withStreamUsage(value: unknown): unknown {
  const body = asObject<Body>(value);
  if (body?.stream !== true) return undefined;
  const options = asObject<'include_usage'>(body.stream_options);
  if (options?.include_usage === true) return undefined;
  return { ...body, stream_options: { ...options, include_usage: true } };
}
