import { answerTo, generatedAfter, type Answer, type Ask } from '../replies/answer.ts';
import { idOf } from '../replies/hash.ts';
import { chatUsage } from '../replies/openai-usage.ts';
import { countTokens } from '../replies/split-tokens.ts';
import { SseWriter, type SseEvent } from '../replies/sse-writer.ts';
import { asArray, asNumber, type JsonObject, type SimRequest } from '../sim-request.ts';
import { tellsUsage } from './openai-chat.ts';
import type { Route } from './route.ts';

const DEFAULT_CAP = 16;

/** `POST /v1/completions`, the old text completions. */
export const openaiCompletions: Route = {
  name: 'completions',
  family: 'openai',
  method: 'POST',
  path: /^\/v1\/completions$/,
  needsModel: true,
  promptOf: (body) => promptsIn(body).join('\n'),
  reply(request, plan, { now }) {
    const answer = answerTo(askIn(request), plan);
    const head = {
      id: idOf('cmpl-', `${request.number}`),
      object: 'text_completion',
      created: Math.floor(now / 1000),
      model: plan.model ?? request.model,
    };
    if (request.stream) {
      const events = chunks(answer, head, tellsUsage(request.body, plan.streamUsage));
      return { usage: answer.usage, content: { kind: 'events', events } };
    }
    const choices = answer.choices.map(({ text, finish }, index) => choice(index, text.join(''), finish));
    return {
      usage: answer.usage,
      content: { kind: 'json', json: { ...head, choices, usage: chatUsage(answer.usage) } },
    };
  },
};

function chunks(answer: Answer, head: JsonObject, usage: boolean): SseEvent[] {
  const writer = new SseWriter();
  const all = answer.choices.reduce((sum, { text }) => sum + text.length, 0);
  let sent = 0;
  answer.choices.forEach(({ text, finish }, index) => {
    text.forEach((token, at) => {
      sent += 1;
      const reason = at === text.length - 1 ? finish : null;
      const data = { ...head, choices: [choice(index, token, reason)], ...(usage && { usage: null }) };
      writer.write(data, { generated: generatedAfter(answer.usage, sent, all) });
    });
  });
  if (usage) writer.write({ ...head, choices: [], usage: chatUsage(answer.usage) });
  writer.done();
  return writer.events;
}

function choice(index: number, text: string, finish: string | null): JsonObject {
  return { index, text, logprobs: null, finish_reason: finish };
}

function promptsIn({ prompt }: JsonObject): string[] {
  return typeof prompt === 'string' ? [prompt] : asArray(prompt).filter((part) => typeof part === 'string');
}

function askIn({ body, prompt }: SimRequest): Ask {
  const prompts = Math.max(1, promptsIn(body).length);
  return {
    prompt,
    promptTokens: countTokens(prompt),
    outputCap: asNumber(body['max_tokens']) ?? DEFAULT_CAP,
    choices: (asNumber(body['n']) ?? 1) * prompts,
    reasoningCap: 0,
  };
}
