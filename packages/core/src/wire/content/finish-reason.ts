const KNOWN: ReadonlyMap<string, string> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['tool_use', 'tool_call'],
  ['refusal', 'content_filter'],
]);

/** Why a choice ended, in the words of the conventions; others stay as the provider has them. */
export function finishReason(reason: string): string {
  return KNOWN.get(reason) ?? reason;
}
