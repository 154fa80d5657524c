/** What an estimate needs to know of a request; `RequestFacts` has all of it. */
export interface RequestSizes {
  operation: string;
  model: string;
  /** Sum of `string.length` of all text that becomes input. */
  textLength: number;
  /** Messages and parts. */
  messages: number;
  /** Inputs whose tokens are not in their text. */
  media: { images: number; audio: number; files: number };
  tools: number;
  /** Whether the provider runs tools in a loop of its own, which sends the context again each time. */
  serverTools: boolean;
}
