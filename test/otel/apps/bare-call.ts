import { SpanKind, trace } from '@opentelemetry/api';

/** What an instrumentation that we know nothing of does: a span by the conventions around a request of its own. */
export async function bareCall(openaiBaseUrl: string, send: typeof fetch = fetch): Promise<void> {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.request.max_tokens': 20,
  };
  const span = trace.getTracer('some-emitter').startSpan('chat gpt-4o-mini', { kind: SpanKind.CLIENT, attributes });
  const response = await send(`${openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sim' },
    body: JSON.stringify({
      model: 'gpt-4o-mini',
      max_tokens: 20,
      messages: [{ role: 'user', content: 'a bare question' }],
    }),
  });
  const { model, usage } = (await response.json()) as {
    model: string;
    usage: { prompt_tokens: number; completion_tokens: number };
  };
  span.setAttributes({
    'gen_ai.response.model': model,
    'gen_ai.usage.input_tokens': usage.prompt_tokens,
    'gen_ai.usage.output_tokens': usage.completion_tokens,
  });
  span.end();
}
