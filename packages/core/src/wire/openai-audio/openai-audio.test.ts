import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import { openaiAudio } from './openai-audio.ts';

const model = 'gpt-4o-transcribe';
const transcript = {
  ...requestFacts('transcription', model, new Input()),
  messages: 1,
  audioSeconds: { expected: 600, most: 600 },
  params: { 'gen_ai.output.type': 'text' },
};

describe('speech to text', () => {
  it('is read from a form', () => {
    const form = new FormData();
    form.append('model', model);
    form.append('file', new Blob(['sound']), 'a.wav');
    form.append('prompt', 'names');
    form.append('stream', 'true');
    expect(openaiAudio.readRequest('transcription', form)).toEqual({
      ...transcript,
      textLength: 5,
      audioSeconds: { expected: 1, most: 1 },
      stream: true,
      media: { images: 0, audio: 1, files: 0 },
      params: { ...transcript.params, 'gen_ai.request.stream': true },
    });
  });

  it("is read from the SDK's options where the form is a stream", () => {
    const options = { body: new ReadableStream(), __metadata: { model, hasStreamingBody: true } };
    expect(openaiAudio.readRequest('transcription', options)).toEqual(transcript);
  });

  it('has no model where only the stream of a form is there', () => {
    expect(openaiAudio.readRequest('transcription', new ReadableStream())).toEqual({ ...transcript, model: '' });
  });

  it.each([
    ['a text', 'Hello', { outputLength: 5, complete: true }],
    ['nothing', undefined, {}],
    [
      'JSON',
      { text: 'Hello', duration: 1.5, usage: { type: 'duration', seconds: 2 } },
      {
        outputLength: 5,
        complete: true,
        usage: { type: 'duration', seconds: 2 },
        usageFinal: true,
        context: { api: 'audio.transcriptions', duration: 1.5 },
      },
    ],
  ])('comes back as %s', (_what, body, facts) => {
    expect(openaiAudio.readReply('transcription', body)).toEqual({ ...replyFacts('audio.transcriptions'), ...facts });
  });

  it('is streamed, with usage at the end', () => {
    const usage = { type: 'tokens', input_tokens: 10, output_tokens: 2, total_tokens: 12 };
    const reader = openaiAudio.streamReader('transcription');
    reader.push({ type: 'transcript.text.delta', delta: 'Hello' });
    reader.push({ type: 'transcript.text.done', text: 'Hello', usage });
    expect(reader.facts()).toEqual({
      ...replyFacts('audio.transcriptions'),
      outputLength: 5,
      usage,
      usageFinal: true,
      complete: true,
    });
  });
});

describe('text to speech', () => {
  it('is read with its text', () => {
    expect(openaiAudio.readRequest('speech', { model: 'tts-1', input: 'Hello', stream_format: 'sse' })).toEqual({
      ...requestFacts('speech', 'tts-1', new Input()),
      impliedOutput: { expected: 7, most: 10 },
      units: { character: 5 },
      messages: 1,
      textLength: 5,
      stream: true,
      params: { 'gen_ai.output.type': 'speech', 'gen_ai.request.stream': true },
    });
    expect(openaiAudio.texts('speech', { input: 'Hello' })).toEqual(['Hello']);
  });
});
