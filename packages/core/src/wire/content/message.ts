/** One piece of a message, in the shape of the conventions: `text`, `tool_call`, `tool_call_response`, `reasoning`, `blob`, `uri`, `file`, … */
export interface Part {
  type: string;
  [field: string]: unknown;
}

/** One message of a request. */
export interface Message {
  role: string;
  parts: Part[];
  name?: string | undefined;
}

/** One message of an answer: of each choice one. */
export interface OutputMessage extends Message {
  finish_reason: string;
}

/** What a request says, each as JSON that is no longer than its limit; undefined where it says nothing of the kind. */
export interface RequestContent {
  systemInstructions: string | undefined;
  inputMessages: string | undefined;
  toolDefinitions: string | undefined;
}

/** Stands where things were left out, and says how many. */
export function omitted(count: number, of: 'messages' | 'parts' | 'tools' | 'characters'): Part {
  return { type: 'omitted', count, of };
}
