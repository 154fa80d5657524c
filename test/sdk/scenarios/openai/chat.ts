import { chat, moodFormat, weather, type OpenAiScenario } from './openai-scenario.ts';

/** Chat completions that come in one piece. */
export const openaiChat: readonly OpenAiScenario[] = [
  {
    name: 'chat.completions.create gives a completion',
    plans: [{ usage: { cacheRead: 5, reasoning: 3 } }],
    async run(app) {
      const promise = app.client().chat.completions.create(chat);
      app.note('promise', promise);
      app.note('completion', await promise);
    },
  },
  {
    name: 'chat.completions.create with n=2 gives two choices',
    async run(app) {
      app.note('completion', await app.client().chat.completions.create({ ...chat, n: 2 }));
    },
  },
  {
    name: 'chat.completions.create with tools gives tool calls',
    async run(app) {
      const body = { ...chat, tools: [weather], tool_choice: 'required' as const };
      app.note('completion', await app.client().chat.completions.create(body));
    },
  },
  {
    name: 'chat.completions.create with a cap stops at it',
    async run(app) {
      app.note('completion', await app.client().chat.completions.create({ ...chat, max_completion_tokens: 3 }));
    },
  },
  {
    name: 'chat.completions.create with a JSON schema gives JSON that fits it',
    async run(app) {
      app.note('completion', await app.client().chat.completions.create({ ...chat, response_format: moodFormat }));
    },
  },
  {
    name: 'chat.completions.create leaves the body of the app as it is',
    async run(app) {
      const body = Object.freeze({ ...chat, messages: Object.freeze([...chat.messages]) as typeof chat.messages });
      app.note('completion', await app.client().chat.completions.create(body));
      app.note('body', body);
    },
  },
  {
    name: 'chat.completions.create awaited twice makes one request',
    async run(app) {
      const promise = app.client().chat.completions.create(chat);
      const [first, second] = await Promise.all([promise, promise]);
      app.note('the same object', first === second);
      await promise.finally(() => app.note('finally'));
    },
  },
  {
    name: 'chat.completions.create on two clients at once keeps them apart',
    calls: 4,
    async run(app) {
      const [one, two] = [app.client({ defaultHeaders: { 'x-of': 'one' } }), app.client()];
      const ask = (client: typeof one, content: string): Promise<unknown> =>
        client.chat.completions.create({ ...chat, messages: [{ role: 'user', content }] });
      const asked = [ask(one, 'first'), ask(two, 'second'), ask(one, 'third'), ask(two, 'fourth')];
      for (const answer of await Promise.all(asked)) {
        app.note('text', (answer as { choices: { message: unknown }[] }).choices[0]?.message);
      }
    },
  },
  {
    name: 'completions.create gives an old text completion',
    async run(app) {
      const body = { model: 'gpt-3.5-turbo-instruct', prompt: 'Say hello', max_tokens: 20 };
      app.note('completion', await app.client().completions.create(body));
    },
  },
];
