import type { Answer } from './answer.ts';
import type { RequestContent } from './message.ts';

/** How one wire says what was said. */
export interface ContentReader {
  /** What is in a request. */
  request(body: unknown): RequestContent;
  /** What reads the answer. */
  answer(): Answer;
}

const NOTHING: RequestContent = {
  systemInstructions: undefined,
  inputMessages: undefined,
  toolDefinitions: undefined,
};

/** A reader that cannot throw: what cannot be read says nothing. */
export function guardReader(reader: ContentReader): ContentReader {
  return {
    request: (body) => attempt(() => reader.request(body), NOTHING),
    answer() {
      const answer = reader.answer();
      return {
        push: (said) => attempt(() => answer.push(said), undefined),
        json: () => attempt(() => answer.json(), undefined),
      };
    },
  };
}

function attempt<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
