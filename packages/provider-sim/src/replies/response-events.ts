import { generatedTokensOf } from '../bill/billed-usage.ts';
import type { JsonObject } from '../sim-request.ts';
import { generatedAfter, type Answer } from './answer.ts';
import { finalStatus, outputItems, responseObject, type OutputItem, type ResponseHead } from './response-object.ts';
import { SseWriter, type SseEvent } from './sse-writer.ts';

/** The answer as the events of a response stream; its usage is in the last one, `response.completed` or `response.incomplete`. */
export function responseEvents(answer: Answer, head: ResponseHead): SseEvent[] {
  const writer = new ResponseWriter(answer);
  writer.event('response.created', { response: responseObject(head, 'in_progress') });
  writer.event('response.in_progress', { response: responseObject(head, 'in_progress') });
  outputItems(head, answer).forEach((item, index) => writer.item(item, index));
  const status = finalStatus(answer);
  writer.finish(`response.${status}`, { response: responseObject(head, status, answer) });
  return writer.sse.events;
}

class ResponseWriter {
  readonly sse = new SseWriter();
  readonly #answer: Answer;
  readonly #deltas: number;
  #sent = 0;

  constructor(answer: Answer) {
    this.#answer = answer;
    const [first] = answer.choices;
    const calls = first?.toolCalls.flatMap((call) => call.arguments) ?? [];
    this.#deltas = (first?.text.length ?? 0) + calls.length;
  }

  event(type: string, fields: JsonObject, generated?: number): void {
    const data = { type, sequence_number: this.sse.events.length, ...fields };
    this.sse.write(data, generated === undefined ? { name: type } : { name: type, generated });
  }

  finish(type: string, fields: JsonObject): void {
    this.event(type, fields, generatedTokensOf(this.#answer.usage));
  }

  item(item: OutputItem, index: number): void {
    const empty = { ...item.json, ...(item.kind === 'message' && { content: [], status: 'in_progress' }) };
    const added = item.kind === 'function-call' ? { ...empty, arguments: '', status: 'in_progress' } : empty;
    this.event('response.output_item.added', { output_index: index, item: added });
    const at = { item_id: item.json['id'], output_index: index };
    if (item.kind === 'message') this.#message(item.tokens, at);
    if (item.kind === 'function-call') this.#functionCall(item.tokens, at);
    this.event('response.output_item.done', { output_index: index, item: item.json });
  }

  #message(tokens: string[], at: JsonObject): void {
    const part = { ...at, content_index: 0 };
    const text = tokens.join('');
    const outputText = { type: 'output_text', text, annotations: [], logprobs: [] };
    this.event('response.content_part.added', { ...part, part: { ...outputText, text: '' } });
    for (const token of tokens) this.#delta('response.output_text.delta', { ...part, delta: token, logprobs: [] });
    this.event('response.output_text.done', { ...part, text, logprobs: [] });
    this.event('response.content_part.done', { ...part, part: outputText });
  }

  #functionCall(tokens: string[], at: JsonObject): void {
    for (const token of tokens) this.#delta('response.function_call_arguments.delta', { ...at, delta: token });
    this.event('response.function_call_arguments.done', { ...at, arguments: tokens.join('') });
  }

  #delta(type: string, fields: JsonObject): void {
    this.#sent += 1;
    this.event(type, fields, generatedAfter(this.#answer.usage, this.#sent, this.#deltas));
  }
}
