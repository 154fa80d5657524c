import { answerTo, type Ask } from '../replies/answer.ts';
import { anthropicEvents } from '../replies/anthropic-events.ts';
import { anthropicMessage, type MessageHead } from '../replies/anthropic-message.ts';
import { idOf } from '../replies/hash.ts';
import { promptTokensIn, textsIn } from '../replies/read-prompt.ts';
import { asArray, asNumber, asObject, asText, type JsonObject, type SimRequest } from '../sim-request.ts';
import { freeReply, type Route } from './route.ts';

/** `POST /v1/messages`, beta or not. */
export const anthropicMessages: Route = {
  name: 'messages',
  family: 'anthropic',
  method: 'POST',
  path: /^\/v1\/messages$/,
  needsModel: true,
  promptOf: (body) => textsIn([body['system'], body['messages']]).join('\n'),
  reply(request, plan, { servedMode }) {
    const model = plan.model ?? request.model;
    const mode = servedMode(model, asText(request.body['speed']));
    const answer = answerTo(askIn(request), plan);
    const speed = mode === 'fast' ? 'fast' : 'standard';
    const id = idOf('msg_', `${request.number}`);
    const head: MessageHead = { id, model, speed, lateCaches: plan.lateCaches ?? false };
    const billed = { usage: answer.usage, mode };
    if (request.stream) return { ...billed, content: { kind: 'events', events: anthropicEvents(answer, head) } };
    return { ...billed, content: { kind: 'json', json: anthropicMessage(answer, head) } };
  },
};

/** `POST /v1/messages/count_tokens`, which is free. */
export const anthropicCountTokens: Route = {
  name: 'messages.count_tokens',
  family: 'anthropic',
  method: 'POST',
  path: /^\/v1\/messages\/count_tokens$/,
  reply: ({ body }) => freeReply({ input_tokens: promptTokens(body), context_management: null }),
};

function promptTokens(body: JsonObject): number {
  const messages = asArray(body['messages']);
  return promptTokensIn(body['system'] == null ? messages : [body['system'], ...messages], asArray(body['tools']));
}

function askIn({ body, prompt }: SimRequest): Ask {
  const thinking = asObject(body['thinking']);
  const isThinking = thinking['type'] === 'enabled' || thinking['type'] === 'adaptive';
  return {
    prompt,
    promptTokens: promptTokens(body),
    outputCap: asNumber(body['max_tokens']) ?? Infinity,
    choices: 1,
    reasoningCap: isThinking ? (asNumber(thinking['budget_tokens']) ?? Infinity) : 0,
    schema: asObject(asObject(body['output_config'])['format'])['schema'],
    tool: forcedTool(body),
  };
}

function forcedTool(body: JsonObject): Ask['tool'] {
  const choice = asObject(body['tool_choice']);
  const isAny = choice['type'] === 'any';
  const forced = asArray(body['tools'])
    .map(asObject)
    .find((tool) => isAny || (choice['type'] === 'tool' && tool['name'] === choice['name']));
  return forced && { name: asText(forced['name']) ?? '', schema: forced['input_schema'] };
}
