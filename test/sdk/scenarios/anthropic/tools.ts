import { hello, type AnthropicScenario } from './anthropic-scenario.ts';

const callsWeather = { toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] };
const weather = {
  name: 'weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
  parse: (input: unknown) => input as { city: string },
  run: ({ city }: { city: string }) => `sun in ${city}`,
};

/** The SDK's tool runner. */
export const anthropicTools: readonly AnthropicScenario[] = [
  {
    name: 'beta.messages.toolRunner calls a tool and asks again',
    since: 1,
    calls: 2,
    plans: [callsWeather, { text: 'Sunny' }],
    async run(app) {
      const runner = app.client().beta.messages.toolRunner({ ...hello, tools: [weather] });
      app.note('runner', runner);
      await app.reads('message', runner);
    },
  },
  {
    name: 'beta.messages.toolRunner streams',
    since: 1,
    calls: 2,
    plans: [callsWeather, { text: 'Sunny' }],
    async run(app) {
      const runner = app.client().beta.messages.toolRunner({ ...hello, tools: [weather], stream: true });
      for await (const turn of runner) app.note('message', await turn.finalMessage());
    },
  },
];
