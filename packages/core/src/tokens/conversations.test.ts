import { describe, expect, it } from 'vitest';
import { Conversations, type Exchange } from './conversations.ts';

const model = {};
const exchange = (position: number): Exchange => ({
  model,
  position,
  textLength: 100,
  messages: 1,
  media: { images: 0, audio: 0, files: 0 },
  input: 30,
  output: 10,
  outputLength: 40,
});
const message = (content: string): { content: string } => ({ content });

describe('Conversations', () => {
  it('finds the exchange that ended at a message which the request still has at its place', () => {
    const conversations = new Conversations();
    const [system, question] = [message('system'), message('question')];
    const known = exchange(1);
    conversations.remember(known, question, undefined);
    expect(conversations.findByMessages([system, question], model)).toBe(known);
    expect(conversations.findByMessages([system, question, message('answer'), message('next')], model)).toBe(known);
  });

  it('prefers the latest exchange', () => {
    const conversations = new Conversations();
    const messages = [message('a'), message('b'), message('c')];
    const later = exchange(2);
    conversations.remember(exchange(0), messages[0], undefined);
    conversations.remember(later, messages[2], undefined);
    expect(conversations.findByMessages([...messages, message('d')], model)).toBe(later);
  });

  it('does not take a cut or reordered history, a copy, or another model for the same', () => {
    const conversations = new Conversations();
    const [system, question] = [message('system'), message('question')];
    conversations.remember(exchange(1), question, undefined);
    expect(conversations.findByMessages([question], model)).toBeUndefined();
    expect(conversations.findByMessages([system, { ...question }], model)).toBeUndefined();
    expect(conversations.findByMessages([system, question], {})).toBeUndefined();
    expect(conversations.findByMessages([], model)).toBeUndefined();
  });

  it('looks back a dozen messages and no further', () => {
    const conversations = new Conversations();
    const question = message('question');
    conversations.remember(exchange(0), question, undefined);
    const later = Array.from({ length: 12 }, () => message('later'));
    expect(conversations.findByMessages([question, ...later.slice(1)], model)).toBeDefined();
    expect(conversations.findByMessages([question, ...later], model)).toBeUndefined();
  });

  it('copes with messages that are no objects', () => {
    const conversations = new Conversations();
    conversations.remember(exchange(0), 'text', undefined);
    conversations.remember(exchange(0), null, undefined);
    expect(conversations.findByMessages(['text', null, undefined], model)).toBeUndefined();
  });

  it('finds an exchange by the id of its response, for the last 1,000 ids', () => {
    const conversations = new Conversations();
    const known = exchange(0);
    conversations.remember(known, undefined, 'resp_0');
    expect(conversations.findById('resp_0', model)).toBe(known);
    expect(conversations.findById('resp_0', {})).toBeUndefined();
    for (let i = 1; i <= 1_000; i++) conversations.remember(exchange(0), undefined, `resp_${i}`);
    expect(conversations.findById('resp_0', model)).toBeUndefined();
    expect(conversations.findById('resp_1', model)).toBeDefined();
  });
});
