import { expect, it } from 'vitest';
import { divert, type Diverted } from './divert.ts';

it('hands text over instead of writing it, calls back, and puts the stream back', () => {
  const written: string[] = [];
  const taken: string[] = [];
  const stream: Diverted = { write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  const restore = divert(stream, (text) => taken.push(text));
  let calledBack = 0;
  stream.write('one');
  stream.write(Buffer.from('two'), () => (calledBack += 1));
  restore();
  stream.write('three');
  expect({ written, taken, calledBack }).toEqual({ written: ['three'], taken: ['one', 'two'], calledBack: 1 });
});
