import { withAgent, withStep } from '@tollgate/otel';
import { makeParseableResponseFormat } from 'openai/lib/parser';
import type { Clients } from './clients.ts';

/** What the writer is told to be when it drafts. */
export const WRITER =
  'You write briefs of about 120 words for people who read them on the tram. Use the findings, and nothing else.';
/** What the writer is told to be when it finds a headline. */
export const HEADLINER = 'You write headlines of at most eight words, and name the one place that a brief is about.';

/** A brief that is ready to print. */
export interface Brief {
  headline: string;
  place: string;
  text: string;
}

const title = makeParseableResponseFormat(
  {
    type: 'json_schema',
    json_schema: {
      name: 'title',
      schema: {
        type: 'object',
        properties: { headline: { type: 'string' }, place: { type: 'string' } },
        required: ['headline', 'place'],
        additionalProperties: false,
      },
      strict: true,
    },
  },
  (content) => JSON.parse(content) as Omit<Brief, 'text'>,
);

/** Writes a brief from what was found out about its subject. */
export function writeBrief(subject: string, findings: string[], clients: Clients): Promise<Brief> {
  return withAgent('writer', async () => {
    const text = await withStep('draft', () => draft(subject, findings, clients));
    const { headline, place } = await withStep('headline', () => headlineOf(text, clients));
    return { headline, place, text };
  });
}

/** A chat stream, read to its end. Nobody asks for its usage here, and it is counted all the same. */
async function draft(subject: string, findings: string[], { openai }: Clients): Promise<string> {
  const stream = await openai.chat.completions.create({
    model: 'gpt-4.1',
    max_completion_tokens: 500,
    messages: [
      { role: 'system', content: WRITER },
      { role: 'user', content: `The subject: ${subject}\n${findings.join('\n')}` },
    ],
    stream: true,
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function headlineOf(text: string, { openai }: Clients): Promise<Omit<Brief, 'text'>> {
  const completion = await openai.chat.completions.parse({
    model: 'gpt-4.1-mini',
    max_completion_tokens: 100,
    messages: [
      { role: 'system', content: HEADLINER },
      { role: 'user', content: text },
    ],
    response_format: title,
  });
  return completion.choices[0]?.message.parsed ?? { headline: '', place: '' };
}
