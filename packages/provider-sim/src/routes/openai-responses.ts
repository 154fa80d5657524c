import { answerTo, type Ask } from '../replies/answer.ts';
import { idOf } from '../replies/hash.ts';
import { promptTokensIn, textsIn } from '../replies/read-prompt.ts';
import { finalStatus, responseObject, type ResponseHead } from '../replies/response-object.ts';
import { responseEvents } from '../replies/response-events.ts';
import { openaiError } from '../replies/error-body.ts';
import { asArray, asNumber, asObject, asText, type JsonObject, type SimRequest } from '../sim-request.ts';
import { freeReply, type Reply, type Route } from './route.ts';

/** `POST /v1/responses`. With `background` it answers at once that the response is queued, and goes on. */
export const openaiResponses: Route = {
  name: 'responses',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/responses$/,
  needsModel: true,
  promptOf: (body) => [asText(body['instructions']) ?? '', ...textsIn(body['input'])].join('\n').trim(),
  reply(request, plan, { now, servedMode, background }) {
    const model = plan.model ?? request.model;
    const mode = servedMode(model, asText(request.body['service_tier']));
    const answer = answerTo(askIn(request), plan);
    const id = idOf('resp_', `${request.number}`);
    const createdAt = Math.floor(now / 1000);
    const head: ResponseHead = { id, createdAt, model, serviceTier: mode ?? 'default', body: request.body };
    const billed = { usage: answer.usage, mode };
    if (request.stream) return { ...billed, content: { kind: 'events', events: responseEvents(answer, head) } };
    const whole = responseObject(head, finalStatus(answer), answer);
    if (request.body['background'] !== true) return { ...billed, content: { kind: 'json', json: whole } };
    background.show(id, responseObject(head, 'in_progress'));
    const queued = responseObject(head, 'queued');
    return {
      ...billed,
      content: { kind: 'json', json: queued },
      continues: { id, whole, partly: responseObject(head, 'cancelled') },
    };
  },
};

/** `GET /v1/responses/:id`, of a background response. */
export const openaiRetrieveResponse: Route = {
  name: 'responses.retrieve',
  family: 'openai',
  method: 'GET',
  path: /^\/v1\/responses\/[^/]+$/,
  reply: (request, _plan, { background }) => shown(background.retrieve(lastId(request))),
};

/** `POST /v1/responses/:id/cancel`, of a background response. */
export const openaiCancelResponse: Route = {
  name: 'responses.cancel',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/responses\/[^/]+\/cancel$/,
  reply(request, _plan, { background }) {
    const id = lastId(request);
    const response = background.retrieve(id);
    if (response?.['status'] !== 'in_progress') return shown(response);
    background.cancel(id);
    return shown({ ...response, status: 'cancelled' });
  },
};

/** `POST /v1/responses/input_tokens`, which is free. */
export const openaiInputTokens: Route = {
  name: 'responses.input_tokens',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/responses\/input_tokens$/,
  reply: ({ body }) => freeReply({ object: 'response.input_tokens', input_tokens: promptTokens(body) }),
};

function shown(response: JsonObject | undefined): Reply {
  return response === undefined ? freeReply(openaiError(404, 'no such response'), 404) : freeReply(response);
}

function lastId({ path }: SimRequest): string {
  return path.split('/')[3] ?? '';
}

function promptTokens(body: JsonObject): number {
  const input = typeof body['input'] === 'string' ? [body['input']] : asArray(body['input']);
  const messages = body['instructions'] == null ? input : [body['instructions'], ...input];
  return promptTokensIn(messages, asArray(body['tools']));
}

function askIn({ body, prompt }: SimRequest): Ask {
  const format = asObject(asObject(body['text'])['format']);
  const effort = asText(asObject(body['reasoning'])['effort']) ?? 'none';
  return {
    prompt,
    promptTokens: promptTokens(body),
    outputCap: asNumber(body['max_output_tokens']) ?? Infinity,
    choices: 1,
    reasoningCap: effort === 'none' ? 0 : Infinity,
    schema: format['type'] === 'json_object' ? { properties: { ok: { type: 'boolean' } } } : format['schema'],
    tool: forcedTool(body),
  };
}

function forcedTool(body: JsonObject): Ask['tool'] {
  const choice = body['tool_choice'];
  const named = asText(asObject(choice)['name']);
  const functions = asArray(body['tools'])
    .map(asObject)
    .filter((tool) => tool['type'] === 'function');
  const forced = functions.find((tool) => (named === undefined ? choice === 'required' : tool['name'] === named));
  return forced && { name: asText(forced['name']) ?? '', schema: forced['parameters'] };
}
