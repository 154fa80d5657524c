/** One recorded event of a stream, as the yardstick: a J is what `JSON.parse` takes for it. */
export const CHUNK: string =
  '{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-5-2025-08-07","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" budget"},"logprobs":null,"finish_reason":null}],"obfuscation":"a1b2c3"}';
