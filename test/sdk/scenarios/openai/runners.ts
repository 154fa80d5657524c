import { chat, moodFormat, slowly, weather, type OpenAiScenario } from './openai-scenario.ts';

const callsWeather = { toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] };
const tools = [
  {
    type: 'function' as const,
    function: {
      ...weather.function,
      description: 'Tells the weather',
      parse: (text: string): { city: string } => JSON.parse(text) as { city: string },
      function: ({ city }: { city: string }) => `sun in ${city}`,
    },
  },
];

/** What the SDK builds on top of `create`. */
export const openaiRunners: readonly OpenAiScenario[] = [
  {
    name: 'chat.completions.parse gives the parsed answer',
    since: 5,
    async run(app) {
      const completion = await app.client().chat.completions.parse({ ...chat, response_format: moodFormat });
      app.note('completion', completion);
    },
  },
  {
    name: 'chat.completions.parse().withResponse() gives both',
    since: 5,
    async run(app) {
      const promise = app.client().chat.completions.parse({ ...chat, response_format: moodFormat });
      const { data, response } = await promise.withResponse();
      app.note('data', data);
      app.note('headers', response.headers);
    },
  },
  {
    name: 'chat.completions.stream emits its events and the final completion',
    since: 5,
    async run(app) {
      const runner = app.client().chat.completions.stream(chat);
      app.note('runner', runner);
      for (const event of ['connect', 'chunk', 'content', 'message', 'finalContent', 'end'] as const) {
        runner.on(event, (...what: unknown[]) => app.note(event, what));
      }
      app.note('completion', await runner.finalChatCompletion());
      await app.fails('the total usage', () => runner.totalUsage());
    },
  },
  {
    name: 'chat.completions.stream is iterated',
    since: 5,
    async run(app) {
      await app.reads('chunk', app.client().chat.completions.stream(chat));
    },
  },
  {
    name: 'chat.completions.stream that is aborted says so',
    since: 5,
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const runner = app.client().chat.completions.stream(chat);
      runner.once('chunk', () => runner.abort());
      await app.fails('the end', () => runner.done());
    },
  },
  {
    name: 'chat.completions.runTools calls a function and asks again',
    since: 5,
    calls: 2,
    plans: [callsWeather, { text: 'Sunny' }],
    async run(app) {
      const runner = app.client().chat.completions.runTools({ ...chat, tools });
      runner.on('message', (message) => app.note('message', message));
      app.note('final', await runner.finalContent());
      app.note('usage', await runner.totalUsage());
    },
  },
  {
    name: 'chat.completions.runTools streams',
    since: 5,
    calls: 2,
    plans: [callsWeather, { text: 'Sunny' }],
    async run(app) {
      const runner = app.client().chat.completions.runTools({ ...chat, stream: true, tools });
      runner.on('message', (message) => app.note('message', message));
      app.note('final', await runner.finalContent());
    },
  },
];
