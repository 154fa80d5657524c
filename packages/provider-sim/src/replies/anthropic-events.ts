import { generatedTokensOf } from '../bill/billed-usage.ts';
import type { Answer } from './answer.ts';
import { blocksOf, cumulativeUsage, emptyMessage, stopReason, type MessageHead } from './anthropic-message.ts';
import { SseWriter, type SseEvent } from './sse-writer.ts';

/** The answer as the events of a message stream: `message_start` knows the input, `message_delta` repeats it with the whole output. */
export function anthropicEvents(answer: Answer, head: MessageHead): SseEvent[] {
  const writer = new SseWriter();
  const event = (type: string, fields: object = {}, generated?: number): void =>
    writer.write({ type, ...fields }, { name: type, ...(generated !== undefined && { generated }) });
  event('message_start', { message: emptyMessage(answer, head) });
  event('ping');
  const generated = tokensAfterDelta(answer, head);
  let sent = 0;
  blocksOf(answer, head).forEach((block, index) => {
    event('content_block_start', { index, content_block: block.start });
    for (const delta of block.deltas) {
      sent += 1;
      event('content_block_delta', { index, delta }, generated(sent));
    }
    event('content_block_stop', { index });
  });
  const delta = { stop_reason: stopReason(answer), stop_sequence: null, stop_details: null, container: null };
  event('message_delta', { delta, usage: cumulativeUsage(answer.usage) }, generatedTokensOf(answer.usage));
  event('message_stop');
  return writer.events;
}

/** Thinking is seen while it is made: its tokens spread over its own deltas, those of the rest over the rest. */
function tokensAfterDelta(answer: Answer, head: MessageHead): (sent: number) => number {
  const blocks = blocksOf(answer, head);
  const count = (isThinking: boolean): number =>
    blocks
      .filter((block) => (block.whole['type'] === 'thinking') === isThinking)
      .reduce((sum, block) => sum + block.deltas.length, 0);
  const [thought, said] = [count(true), count(false)];
  const { reasoning } = answer.usage;
  const spoken = generatedTokensOf(answer.usage) - reasoning;
  return (sent) => {
    if (sent <= thought) return Math.floor((reasoning * sent) / thought);
    return reasoning + Math.floor((spoken * (sent - thought)) / said);
  };
}
