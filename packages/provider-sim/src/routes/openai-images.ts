import { usageOf } from '../bill/billed-usage.ts';
import { countTokens } from '../replies/split-tokens.ts';
import { asNumber, asText } from '../sim-request.ts';
import type { Route } from './route.ts';

const TOKENS_PER_IMAGE: Record<string, number> = { low: 272, medium: 1056, high: 4160 };
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** `POST /v1/images/generations`: one pixel per image, billed like a square one of the asked quality (default medium). */
export const openaiImages: Route = {
  name: 'images.generations',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/images\/generations$/,
  needsModel: true,
  promptOf: (body) => asText(body['prompt']) ?? '',
  reply({ body, prompt }, plan, { now }) {
    const count = asNumber(body['n']) ?? 1;
    const each = TOKENS_PER_IMAGE[asText(body['quality']) ?? 'medium'] ?? 1056;
    const usage = usageOf({ input: countTokens(prompt), imageOut: each * count, ...plan.usage });
    const input = usage.input + usage.imageIn;
    const json = {
      created: Math.floor(now / 1000),
      background: 'opaque',
      output_format: 'png',
      size: '1024x1024',
      quality: body['quality'] ?? 'medium',
      data: Array.from({ length: count }, () => ({ b64_json: PIXEL })),
      usage: {
        input_tokens: input,
        input_tokens_details: { text_tokens: usage.input, image_tokens: usage.imageIn },
        output_tokens: usage.imageOut,
        total_tokens: input + usage.imageOut,
      },
    };
    return { usage, content: { kind: 'json', json } };
  },
};
