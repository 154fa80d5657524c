import { withAgent, withStep } from '@tollgate/otel';
import { ARCHIVE } from './archive.ts';
import type { Clients } from './clients.ts';
import { HANDBOOK } from './handbook.ts';

/** What the critic is told to be when it judges. */
export const JUDGE = `You are the strictest editor of a local news desk. If a brief is perfect, answer PERFECT and nothing else.
No brief that you were shown so far was. Else name the one thing that has to be better, in one sentence.`;
/** What the critic is told to be when it rewrites. */
export const REVISER = 'You rewrite a brief so that it meets the one demand of its editor, and change nothing else.';

/**
 * Judges and rewrites a brief until it is perfect, which it never is. Written the way such loops are written, without a
 * limit: what ends it is the budget of its task, by a `BudgetExceededError` that nobody here catches.
 */
export function polish(brief: string, clients: Clients): Promise<string> {
  return withAgent('critic', async () => {
    let text = brief;
    for (;;) {
      const demand = await withStep('judge', () => judge(text, clients));
      if (demand.trim() === 'PERFECT') return text;
      text = await withStep('revise', () => revise(text, demand, clients));
    }
  });
}

async function judge(text: string, { anthropic, signal }: Clients): Promise<string> {
  const reply = await anthropic.messages.create(
    {
      model: 'claude-opus-4-5',
      max_tokens: 100,
      system: `${JUDGE}\n\nThe rules of the desk:\n${HANDBOOK}\n\nThe archive:\n${ARCHIVE.map((note) => note.text).join('\n\n')}`,
      messages: [{ role: 'user', content: text }],
    },
    { signal },
  );
  return reply.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
}

async function revise(text: string, demand: string, { openai, signal }: Clients): Promise<string> {
  const reply = await openai.chat.completions.create(
    {
      model: 'gpt-4.1',
      max_completion_tokens: 250,
      messages: [
        { role: 'system', content: REVISER },
        { role: 'user', content: `${text}\n\nThe demand: ${demand}` },
      ],
    },
    { signal },
  );
  return reply.choices[0]?.message.content ?? text;
}
