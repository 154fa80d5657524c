import type { Input } from './input.ts';
import { asText } from './loose.ts';
import type { Operation, RequestFacts } from './wire.ts';

/** Facts of a request that says nothing but its model and its input; what else it says goes on top. */
export function requestFacts(operation: Operation, model: unknown, input: Input): RequestFacts {
  return {
    operation,
    model: asText(model) ?? '',
    stream: false,
    outputCap: undefined,
    impliedOutput: undefined,
    audioSeconds: undefined,
    units: {},
    choices: 1,
    textLength: input.length,
    messages: input.messages,
    media: { images: input.images, audio: input.audio, files: input.files },
    tools: 0,
    serverTools: false,
    serverToolUses: {},
    storedInput: false,
    mayWriteCache: input.mayWriteCache,
    longCache: input.longCache,
    serviceTier: undefined,
    speed: undefined,
    geo: undefined,
    background: false,
    asksForUsage: false,
    params: {},
  };
}
