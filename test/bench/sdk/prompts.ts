/** Messages and tools of a request; objects of their own for each call where they are small. */
export interface Prompt {
  messages: { role: 'user' | 'assistant'; content: string }[];
  tools: { name: string; description: string; parameters: { type: 'object'; properties: Record<string, unknown> } }[];
}

const SENTENCE = 'The quarterly report says that spend on research agents went up while the number of tickets fell. ';

/** About 212 tokens in two messages. */
export const SMALL: Prompt = {
  messages: [
    { role: 'user', content: SENTENCE.repeat(6) },
    { role: 'user', content: SENTENCE.repeat(5) },
  ],
  tools: [],
};

/** An agent's history of about 100,000 tokens: 60 messages and 20 tools, 600 KiB. */
export const BIG: Prompt = {
  messages: Array.from({ length: 60 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: SENTENCE.repeat(100),
  })),
  tools: Array.from({ length: 20 }, (_, index) => ({
    name: `tool_${index}`,
    description: SENTENCE.repeat(3),
    parameters: {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 10 }, (__, field) => [`field_${field}`, { type: 'string', description: SENTENCE }]),
      ),
    },
  })),
};
