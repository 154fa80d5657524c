import { chat, type OpenAiScenario } from './openai-scenario.ts';

/** Everything that is neither chat nor a response. */
export const openaiOthers: readonly OpenAiScenario[] = [
  {
    name: 'embeddings.create gives vectors of numbers',
    async run(app) {
      const body = { model: 'text-embedding-3-small', input: ['one', 'two words'], dimensions: 4 };
      app.note('embeddings', await app.client().embeddings.create(body));
    },
  },
  {
    name: 'images.generate gives images',
    async run(app) {
      app.note(
        'images',
        await app.client().images.generate({ model: 'gpt-image-1', prompt: 'a fjord', quality: 'low' }),
      );
    },
  },
  {
    name: 'audio.transcriptions.create takes a file',
    async run(app) {
      const file = await app.sdk.toFile(Buffer.alloc(64_000, 1), 'speech.wav');
      app.note('text', await app.client().audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' }));
    },
  },
  {
    name: 'audio.transcriptions.create by the second takes a file',
    async run(app) {
      const file = await app.sdk.toFile(Buffer.alloc(64_000, 1), 'speech.wav');
      app.note('text', await app.client().audio.transcriptions.create({ file, model: 'whisper-1' }));
    },
  },
  {
    name: 'audio.speech.create gives a response with bytes',
    state: 'estimated',
    async run(app) {
      const response = await app
        .client()
        .audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello' });
      app.note('response', response);
      app.note('bytes', (await response.arrayBuffer()).byteLength);
    },
  },
  {
    name: 'models.list is no call',
    calls: 0,
    async run(app) {
      const page = await app.client().models.list();
      app.note('page', page);
      app.note('data', page.data);
      await app.reads('model', app.client().models.list());
    },
  },
  {
    name: 'files.create that the provider does not know is no call',
    calls: 0,
    async run(app) {
      const file = await app.sdk.toFile(Buffer.from('{}'), 'batch.jsonl');
      await app.fails('files', () => app.client().files.create({ file, purpose: 'batch' }));
    },
  },
  {
    name: 'client.get and an unknown path are no calls',
    calls: 0,
    async run(app) {
      app.note('models', await app.client().get('/models'));
      await app.fails('unknown', () => app.client().post('/chat/unknown', { body: chat }));
    },
  },
];
