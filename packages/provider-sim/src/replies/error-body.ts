import type { Family, JsonObject } from '../sim-request.ts';
import { frameOf } from './sse-writer.ts';

const OPENAI_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'rate_limit_exceeded',
};

const ANTHROPIC_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** An error reply in the words of its family. */
export function errorBody(family: Family, status: number, message: string): JsonObject {
  return family === 'openai' ? openaiError(status, message) : anthropicError(status, message);
}

/** An error reply of OpenAI. */
export function openaiError(status: number, message: string): JsonObject {
  return { error: { message, type: OPENAI_TYPES[status] ?? 'server_error', param: null, code: `simulated_${status}` } };
}

/** An error reply of Anthropic. */
function anthropicError(status: number, message: string): JsonObject {
  return { type: 'error', error: { type: ANTHROPIC_TYPES[status] ?? 'api_error', message }, request_id: 'req_sim' };
}

/** The event with which a wire says, amid a stream, that it failed. */
export function errorFrame(family: Family, route: string): string {
  const message = 'the simulated server had an error';
  if (family === 'anthropic') return frameOf(JSON.stringify(anthropicError(529, message)), 'error');
  if (route !== 'responses') return frameOf(JSON.stringify(openaiError(500, message)));
  const event = { type: 'error', code: 'server_error', message, param: null, sequence_number: 0 };
  return frameOf(JSON.stringify(event), 'error');
}
