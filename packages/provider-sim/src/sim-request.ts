/** Whose wire a route speaks. */
export type Family = 'openai' | 'anthropic';

/** How an OpenAI-compatible host is told apart: by its path. */
export type Flavour = 'openai' | 'azure' | 'groq';

/** A request as a script sees it. */
export interface SimRequest {
  /** The running number over all requests, from 1. */
  readonly number: number;
  /** What belongs together: the header `x-sim-key`, else the body's user (`user`, `safety_identifier`, `metadata.user_id`), else the prompt. */
  readonly key: string;
  /** How many requests of this key to this route came before, from 0: SDK retries count up. */
  readonly attempt: number;
  /** `chat.completions`, `responses`, `messages`, … */
  readonly route: string;
  readonly family: Family;
  readonly flavour: Flavour;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly model: string;
  readonly stream: boolean;
  /** All text of the prompt, one part per line. */
  readonly prompt: string;
}

/** JSON that somebody sent: nothing is known about its fields. */
export type JsonObject = Record<string, unknown>;

/** The value, if it is a JSON object; else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The value, if it is an array; else an empty one. */
export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value, if it is text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value, if it is a finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Reads what {@link SimRequest.key} says. */
export function keyOf(headers: Readonly<Record<string, string>>, body: JsonObject, prompt: string): string {
  return (
    headers['x-sim-key'] ??
    asText(body['user']) ??
    asText(body['safety_identifier']) ??
    asText(asObject(body['metadata'])['user_id']) ??
    prompt
  );
}
