import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import { openaiImages } from './openai-images.ts';

const model = 'gpt-image-2';
const operation = 'image_generation';
const plain = {
  ...requestFacts(operation, model, new Input()),
  messages: 1,
  textLength: 5,
  impliedOutput: { expected: 4_160, most: 6_240 },
  units: { image_standard_1024x1024: 1 },
  params: { 'gen_ai.output.type': 'image' },
};
const usage = { input_tokens: 5, output_tokens: 4160, total_tokens: 4165 };

describe('an image', () => {
  it('is asked for with a prompt', () => {
    expect(openaiImages.readRequest(operation, { model, prompt: 'a cat' })).toEqual(plain);
    expect(openaiImages.texts(operation, { model, prompt: 'a cat' })).toEqual(['a cat']);
  });

  it('is edited with a form', () => {
    const form = new FormData();
    form.append('model', model);
    form.append('prompt', 'a cat');
    form.append('n', '2');
    form.append('stream', 'true');
    form.append('image[]', new Blob(['1']));
    form.append('image[]', new Blob(['2']));
    expect(openaiImages.readRequest(operation, form)).toEqual({
      ...plain,
      stream: true,
      choices: 2,
      units: { image_standard_1024x1024: 2 },
      media: { images: 2, audio: 0, files: 0 },
      params: { ...plain.params, 'gen_ai.request.choice.count': 2, 'gen_ai.request.stream': true },
    });
  });

  it('is priced by its usage, or by number, size and quality', () => {
    expect(openaiImages.readReply(operation, { data: [{}, {}], size: '1024x1024', quality: 'low', usage })).toEqual({
      ...replyFacts('images.generate'),
      usage,
      usageFinal: true,
      context: { api: 'images.generate', images: 2, size: '1024x1024', quality: 'low' },
      complete: true,
    });
  });

  it('is streamed in parts, of which the last has the usage', () => {
    const reader = openaiImages.streamReader(operation);
    reader.push({ type: 'image_generation.partial_image', b64_json: 'AAAA' });
    expect(reader.facts()).toEqual(replyFacts('images.generate'));
    reader.push({ type: 'image_generation.completed', b64_json: 'AAAA', usage });
    expect(reader.facts()).toEqual({ ...replyFacts('images.generate'), usage, usageFinal: true, complete: true });
  });
});
