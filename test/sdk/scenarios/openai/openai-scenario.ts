import type OpenAI from 'openai';
import type { Scenario } from '../../scenario.ts';

/** The exports of the OpenAI SDK. */
export type OpenAiSdk = typeof import('openai');
export type OpenAiScenario = Scenario<OpenAiSdk, OpenAI>;

/** A small chat request. */
export const chat = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Say hello to the world' }] };

/** An answer that takes a third of a second, so that one can leave amid it. */
export const slowly = { text: 'word '.repeat(300).trim(), paceMs: 1 };

export const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

/** A format that answers have to fit; `parse` reads it, as it reads what the Zod helper makes. */
export const moodFormat = {
  type: 'json_schema' as const,
  json_schema: {
    name: 'mood',
    strict: true,
    schema: {
      type: 'object',
      properties: { mood: { type: 'string' } },
      required: ['mood'],
      additionalProperties: false,
    },
  },
};
