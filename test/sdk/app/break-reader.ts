import { wireFor, type Wire } from '@tollgate/core/plugin';

// A usage reader that is wrong on purpose: cached tokens are not told apart.
const wire = wireFor('post', '/chat/completions')?.wire as { readReply: Wire['readReply'] };
const { readReply } = wire;

wire.readReply = (operation, body) => {
  const { usage, ...rest } = body as { usage?: object };
  return readReply(operation, { ...rest, usage: { ...usage, prompt_tokens_details: undefined } });
};
