import type { Attributes } from '@opentelemetry/api';
import { EventSplitter, type Answer, type ContentReader } from '@tollgate/core/content';
import { KEY } from '../conventions.ts';
import type { ResponseObserver } from '../instrument/net/tap-response.ts';
import type { SpanContent } from '../telemetry/telemetry.ts';
import { observeContent, type ReplySink } from './observe-content.ts';

/** What is said in one call. Its answer is collected from the moment on at which a span has asked for the request, and until it asks for the answer. */
export class CallContent implements SpanContent, ReplySink {
  readonly #reader: ContentReader;
  #body: unknown;
  #isWanted = false;
  #answer: Answer | undefined;
  #splitter: EventSplitter | undefined;
  readonly #take = (event: unknown): void => this.#answer?.push(event);

  constructor(reader: ContentReader, body: unknown) {
    this.#reader = reader;
    this.#body = body;
  }

  input(): Attributes {
    this.#isWanted = true;
    const { systemInstructions, inputMessages, toolDefinitions } = this.#reader.request(this.#body);
    this.#body = undefined;
    return {
      ...(systemInstructions !== undefined && { [KEY.systemInstructions]: systemInstructions }),
      ...(inputMessages !== undefined && { [KEY.inputMessages]: inputMessages }),
      ...(toolDefinitions !== undefined && { [KEY.toolDefinitions]: toolDefinitions }),
    };
  }

  output(): Attributes {
    this.#splitter?.flush(this.#take);
    const messages = this.#answer?.json();
    this.drop();
    return messages === undefined ? {} : { [KEY.outputMessages]: messages };
  }

  drop(): void {
    this.#isWanted = false;
    this.#body = undefined;
    this.#answer = undefined;
    this.#splitter = undefined;
  }

  /** Takes the place of what an earlier attempt has answered. */
  reply(body: unknown): void {
    if (!this.#isWanted) return;
    this.#splitter = undefined;
    this.#answer = this.#reader.answer();
    this.#answer.push(body);
  }

  /** A stream begins: what its observer is shown is collected. It takes the place of what an earlier attempt has answered. */
  stream(observer: ResponseObserver): ResponseObserver {
    if (!this.#isWanted) return observer;
    this.#answer = this.#reader.answer();
    this.#splitter = new EventSplitter();
    return observeContent(this, observer);
  }

  chunk(bytes: Uint8Array): void {
    try {
      this.#splitter?.push(bytes, this.#take);
    } catch {
      this.#splitter = undefined;
    }
  }
}
