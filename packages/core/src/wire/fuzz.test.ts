import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { wires } from './catalogue.ts';
import type { Operation, RequestFacts, Wire } from './wire.ts';

const fields =
  'model messages input system tools prompt content role type text thinking n choices delta usage message response output stream stream_options max_tokens index tool_calls function finish_reason stop_reason status cache_control source data x_groq';
const words = ['assistant', 'message_start', 'message_delta', 'response.completed', 'tool_result', 'document', 'true'];

const { value: shape } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown[]>(null, undefined, Number.NaN, -1, 1e21, true, '', ...words),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...fields.split(' ')), tie('value'), { maxKeys: 6, noNullPrototype: false }),
  ),
}));

/** Whether everything that a wire makes of a body, as a request, a reply and events, is of the promised kind. */
function isRead(wire: Wire, operation: Operation, body: unknown): boolean {
  wire.withOutputCap(operation, body, 100);
  wire.withStreamUsage?.(operation, body);
  wire.isUsageOnlyEvent?.(body);
  const reader = wire.streamReader(operation);
  for (const event of Array.isArray(body) ? body : [body]) reader.push(event);
  return (
    isSane(wire.readRequest(operation, body)) &&
    [...wire.texts(operation, body)].every((text) => typeof text === 'string') &&
    typeof wire.readReply(operation, body).context.api === 'string' &&
    reader.facts().outputLength >= 0
  );
}

function isSane(request: RequestFacts | undefined): boolean {
  if (request === undefined) return true;
  const { textLength, choices, outputCap = 1, model } = request;
  return textLength >= 0 && choices >= 1 && outputCap >= 1 && typeof model === 'string';
}

const cyclic: Record<string, unknown> = { role: 'user' };
cyclic['content'] = [cyclic];
cyclic['messages'] = [cyclic];
cyclic['tools'] = cyclic['messages'];
cyclic['input'] = [cyclic];

const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error('no');
    },
    ownKeys: () => {
      throw new Error('no');
    },
  },
);
const thrower = {
  model: 'm',
  get messages(): unknown {
    throw new Error('no');
  },
};

describe.each(wires.map((wire) => [wire.id, wire] as const))('the wire %s', (_id, wire) => {
  const operations = [...new Set(wire.routes.values())];

  it('throws for no shape of body or event', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(...operations), (body, operation) => {
        expect(isRead(wire, operation, body)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['cyclic', cyclic],
    ['hostile', hostile],
    ['throwing', thrower],
    ['with hostile parts', { messages: [hostile], input: [hostile], choices: [hostile], content: [hostile] }],
    ['deep', deep(5000)],
  ])('throws for no body that is %s', (_what, body) => {
    expect(operations.every((operation) => isRead(wire, operation, body))).toBe(true);
  });

  it('reads a hundred thousand messages', () => {
    const messages = Array.from({ length: 100_000 }, () => ({ role: 'user', content: 'hello' }));
    const body = { model: 'm', messages, input: messages, prompt: 'x' };
    expect(operations.every((operation) => isRead(wire, operation, body))).toBe(true);
  });
});

function deep(levels: number): unknown {
  let value: unknown = { type: 'text', text: 'x' };
  for (let level = 0; level < levels; level += 1) {
    value = { type: 'tool_result', role: 'user', content: [value], messages: [value], input: [value] };
  }
  return value;
}
