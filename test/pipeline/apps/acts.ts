import type { Anthropic } from '@anthropic-ai/sdk';
import type { ReplyPlan } from '@tollgate/provider-sim';
import type { OpenAI } from 'openai';

/** What acts are played with. */
export interface Stage {
  openai: OpenAI;
  anthropic: Anthropic;
}

interface Act {
  /** What the provider answers: one plan for each request. */
  plans?: readonly ReplyPlan[];
  play(stage: Stage, prompt: string): Promise<unknown>;
}

const INPUT = { input: 86, cacheRead: 1920, output: 300 };
const plainChat: Act['play'] = ({ openai }, prompt) =>
  openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 300, messages: [user(prompt)] });

/** One call of each kind that is priced, counted or marked in a way of its own. Its name is the prompt, by which the provider knows it. */
export const ACTS = {
  chat: { plans: [{ usage: INPUT }], play: plainChat },
  slow: { plans: [{ text: 'slow '.repeat(30), paceMs: 50 }], play: plainChat },
  reasoning: {
    plans: [{ usage: { input: 101, reasoning: 77, output: 33 } }],
    play: ({ openai }, input) => openai.responses.create({ model: 'gpt-5-mini', max_output_tokens: 200, input }),
  },
  flex: {
    play: ({ openai }, input) =>
      openai.responses.create({ model: 'gpt-5-mini', max_output_tokens: 50, service_tier: 'flex', input }),
  },
  cached: {
    plans: [{ usage: { input: 3, cacheRead: 501, cacheWrite5m: 207, cacheWrite1h: 113, output: 29 } }],
    play: (stage, prompt) => message(stage, prompt),
  },
  searched: { plans: [{ usage: { webSearches: 2 } }], play: (stage, prompt) => message(stage, prompt) },
  spoken: {
    plans: [{ usage: { input: 11, audioIn: 40, output: 7, audioOut: 23 } }],
    play: ({ openai }, prompt) =>
      openai.chat.completions.create({ model: 'gpt-audio', max_tokens: 50, messages: [user(prompt)] }),
  },
  embedded: {
    play: ({ openai }, input) => openai.embeddings.create({ model: 'text-embedding-3-small', input }),
  },
  streamed: {
    async play({ openai }, prompt) {
      const stream = await openai.chat.completions.create({ ...chatOf(prompt), stream: true });
      for await (const _ of stream);
    },
  },
  cut: {
    plans: [{ fault: { kind: 'cut', afterEvents: 3 } }],
    async play({ openai }, prompt) {
      const stream = await openai.chat.completions.create({ ...chatOf(prompt), stream: true });
      for await (const _ of stream);
    },
  },
  left: {
    plans: [{ fault: { kind: 'stall-midstream', afterEvents: 2 } }],
    async play({ openai }, prompt) {
      const stream = await openai.chat.completions.create({ ...chatOf(prompt), stream: true });
      for await (const _ of stream) break;
    },
  },
  failed: { plans: [{ fault: { kind: 'status', status: 400 } }], play: plainChat },
  retried: { plans: [{ fault: { kind: 'status', status: 500 } }, {}], play: plainChat },
  unknown: {
    play: ({ openai }, prompt) =>
      openai.chat.completions.create({ model: 'nobody-knows-1', max_tokens: 20, messages: [user(prompt)] }),
  },
  refused: {
    async play({ openai }, prompt) {
      for (let time = 0; time < 4; time += 1) {
        await openai.chat.completions.create({ ...chatOf(prompt), model: 'gpt-4.1' }).catch(() => {});
      }
    },
  },
} as const satisfies Record<string, Act>;

/** The name of an act. */
export type ActName = keyof typeof ACTS;

/** What was billed for these depends on when the provider notices that nobody listens any more. */
export const NEVER_EXACT: readonly ActName[] = ['cut', 'left'];

function user(content: string): { role: 'user'; content: string } {
  return { role: 'user', content };
}

function chatOf(prompt: string): { model: string; max_tokens: number; messages: { role: 'user'; content: string }[] } {
  return { model: 'gpt-4o-mini', max_tokens: 60, messages: [user(prompt)] };
}

function message({ anthropic }: Stage, prompt: string): Promise<unknown> {
  return anthropic.messages.create({ model: 'claude-sonnet-5', max_tokens: 60, messages: [user(prompt)] });
}
