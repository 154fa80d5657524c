import { withAgent, withStep } from '@tollgate/otel';
import type { FunctionTool, ResponseInput } from 'openai/resources/responses/responses';
import { searchArchive } from './archive.ts';
import type { Clients } from './clients.ts';

/** What the planner is told to be. */
export const PLANNER = `You plan the briefs of a local news desk. Search the archive first, then answer with the two questions
that a reader would ask about the subject, each of which one note in the archive can answer.`;

const search: FunctionTool = {
  type: 'function',
  name: 'search_archive',
  description: 'Finds notes by words of their title',
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
  strict: true,
};

const questions = {
  type: 'json_schema',
  name: 'questions',
  schema: {
    type: 'object',
    properties: { questions: { type: 'array', items: { type: 'string' } } },
    required: ['questions'],
    additionalProperties: false,
  },
  strict: true,
} as const;

/** The questions that a brief about the subject has to answer: a loop of tool calls over OpenAI's Responses. */
export function planBrief(subject: string, { openai }: Clients): Promise<string[]> {
  return withAgent('planner', () =>
    withStep('plan', async () => {
      const input: ResponseInput = [{ role: 'user', content: `The subject: ${subject}` }];
      for (;;) {
        const response = await openai.responses.create({
          model: 'gpt-5-mini',
          instructions: PLANNER,
          input,
          tools: [search],
          text: { format: questions },
          reasoning: { effort: 'low' },
          max_output_tokens: 1000,
        });
        const turn = response.output.filter((item) => item.type === 'reasoning' || item.type === 'function_call');
        const calls = turn.filter((item) => item.type === 'function_call');
        if (calls.length === 0) return (JSON.parse(response.output_text) as { questions: string[] }).questions;
        input.push(...turn);
        for (const { call_id, arguments: given } of calls) {
          const { query } = JSON.parse(given) as { query: string };
          input.push({ type: 'function_call_output', call_id, output: searchArchive(query) });
        }
      }
    }),
  );
}
