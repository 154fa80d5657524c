import { usageOf } from '../bill/billed-usage.ts';
import { inputUsage } from '../replies/answer.ts';
import { hashOf } from '../replies/hash.ts';
import { countTokens } from '../replies/split-tokens.ts';
import { asNumber, type JsonObject } from '../sim-request.ts';
import type { Route } from './route.ts';

const DEFAULT_DIMENSIONS = 1536;

/** `POST /v1/embeddings`, of texts or of tokens. */
export const openaiEmbeddings: Route = {
  name: 'embeddings',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/embeddings$/,
  needsModel: true,
  promptOf: (body) => inputsIn(body).map(String).join('\n'),
  reply({ body, model }, plan) {
    const inputs = inputsIn(body);
    const tokens = inputs.reduce<number>((sum, input) => sum + tokensIn(input), 0);
    const usage = usageOf({ input: inputUsage(tokens, plan).input });
    const dimensions = asNumber(body['dimensions']) ?? DEFAULT_DIMENSIONS;
    const data = inputs.map((input, index) => {
      const vector = vectorOf(String(input), dimensions);
      const embedding = body['encoding_format'] === 'base64' ? base64(vector) : [...vector];
      return { object: 'embedding', index, embedding };
    });
    const told = { prompt_tokens: usage.input, total_tokens: usage.input };
    return {
      usage,
      content: { kind: 'json', json: { object: 'list', data, model: plan.model ?? model, usage: told } },
    };
  },
};

function inputsIn({ input }: JsonObject): unknown[] {
  if (!Array.isArray(input)) return [input];
  return typeof input[0] === 'number' ? [input] : input;
}

function tokensIn(input: unknown): number {
  return Array.isArray(input) ? input.length : countTokens(String(input));
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const seed = hashOf(text);
  return Float32Array.from({ length: dimensions }, (_, index) => Math.sin(seed + index) / Math.sqrt(dimensions / 2));
}

function base64(vector: Float32Array): string {
  return Buffer.from(vector.buffer).toString('base64');
}
