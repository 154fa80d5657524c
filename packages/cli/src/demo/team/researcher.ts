import type Anthropic from '@anthropic-ai/sdk';
import { withAgent, withStep } from '@tollgate/otel';
import { readNote } from './archive.ts';
import type { Clients } from './clients.ts';
import { HANDBOOK } from './handbook.ts';

/** What the researcher is told to be when it checks itself. */
export const VERIFIER =
  'You check one finding against the archive of a local news desk. Answer with one word: true or false.';

const read: Anthropic.Tool = {
  name: 'read_note',
  description: 'Reads a note of the archive by its id',
  input_schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
};

/** Answers one question from the archive, and checks the answer. */
export function research(question: string, clients: Clients): Promise<string> {
  return withAgent('researcher', async () => {
    const finding = await withStep('read', () => answer(question, clients));
    const holds = await withStep('verify', () => verify(question, finding, clients));
    return holds ? finding : `${finding} (not confirmed)`;
  });
}

/** A loop of tool calls over Anthropic's Messages, streamed, with the handbook in the provider's cache. */
async function answer(question: string, { anthropic }: Clients): Promise<string> {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: `The question: ${question}` }];
  for (;;) {
    const stream = anthropic.messages.stream({
      model: 'claude-sonnet-5',
      max_tokens: 400,
      system: [{ type: 'text', text: HANDBOOK, cache_control: { type: 'ephemeral' } }],
      tools: [read],
      messages,
    });
    const reply = await stream.finalMessage();
    if (reply.stop_reason !== 'tool_use') return textOf(reply);
    messages.push({ role: 'assistant', content: reply.content });
    messages.push({ role: 'user', content: reply.content.flatMap(resultOf) });
  }
}

function resultOf(block: Anthropic.ContentBlock): Anthropic.ToolResultBlockParam[] {
  if (block.type !== 'tool_use') return [];
  return [{ type: 'tool_result', tool_use_id: block.id, content: readNote((block.input as { id: string }).id) }];
}

function textOf({ content }: Anthropic.Message): string {
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
}

/**
 * Reads the stream itself and leaves it early: once the stop reason is there, nothing that follows matters. It is left no
 * earlier, because that event also carries the final usage. A stream that is left amid the answer is charged with what is
 * known plus an estimate, which no provider's bill equals to the last token.
 */
async function verify(question: string, finding: string, { anthropic }: Clients): Promise<boolean> {
  const stream = await anthropic.messages.create({
    model: 'claude-haiku-4-5',
    max_tokens: 50,
    system: VERIFIER,
    messages: [{ role: 'user', content: `The question: ${question}\nThe finding: ${finding}` }],
    stream: true,
  });
  let word = '';
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') word += event.delta.text;
    if (event.type === 'message_delta') break;
  }
  return word.trim().toLowerCase().startsWith('true');
}
