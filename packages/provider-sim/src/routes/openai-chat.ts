import { answerTo, type Ask } from '../replies/answer.ts';
import { chatChunks, chatCompletion, type ChatHead } from '../replies/chat-completion.ts';
import { idOf } from '../replies/hash.ts';
import { promptTokensIn, textsIn } from '../replies/read-prompt.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from '../sim-request.ts';
import type { Route } from './route.ts';

/** `POST /v1/chat/completions`, and the same behind Azure's and Groq's paths. */
export const openaiChat: Route = {
  name: 'chat.completions',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/chat\/completions$/,
  needsModel: true,
  promptOf: (body) => textsIn(body['messages']).join('\n'),
  reply(request, plan, { now, servedMode }) {
    const model = plan.model ?? request.model;
    const mode = servedMode(model, asText(request.body['service_tier']));
    const answer = answerTo(askIn(request.body, request.prompt), plan);
    const head: ChatHead = {
      id: idOf('chatcmpl-', `${request.number}`),
      created: Math.floor(now / 1000),
      model,
      serviceTier: mode ?? 'default',
      flavour: request.flavour,
    };
    if (!request.stream) {
      return { usage: answer.usage, mode, content: { kind: 'json', json: chatCompletion(answer, head) } };
    }
    const events = chatChunks(answer, head, tellsUsage(request.body, plan.streamUsage));
    return { usage: answer.usage, mode, content: { kind: 'events', events } };
  },
};

/** Whether a stream is to tell its usage. */
export function tellsUsage(body: JsonObject, planned: 'asked' | 'always' | 'never' = 'asked'): boolean {
  if (planned !== 'asked') return planned === 'always';
  return asObject(body['stream_options'])['include_usage'] === true;
}

function askIn(body: JsonObject, prompt: string): Ask {
  const tools = asArray(body['tools']);
  const effort = asText(body['reasoning_effort']) ?? 'none';
  return {
    prompt,
    promptTokens: promptTokensIn(asArray(body['messages']), tools),
    outputCap: asNumber(body['max_completion_tokens']) ?? asNumber(body['max_tokens']) ?? Infinity,
    choices: asNumber(body['n']) ?? 1,
    reasoningCap: effort === 'none' ? 0 : Infinity,
    schema: schemaIn(asObject(body['response_format'])),
    tool: forcedTool(
      body['tool_choice'],
      tools.map((tool) => asObject(asObject(tool)['function'])),
    ),
  };
}

function schemaIn(format: JsonObject): unknown {
  if (format['type'] === 'json_object') return { properties: { ok: { type: 'boolean' } } };
  return asObject(format['json_schema'])['schema'];
}

function forcedTool(choice: unknown, functions: JsonObject[]): Ask['tool'] {
  const named = asText(asObject(asObject(choice)['function'])['name']);
  const forced = functions.find((one) => (named === undefined ? choice === 'required' : one['name'] === named));
  return forced && { name: asText(forced['name']) ?? '', schema: forced['parameters'] };
}
