import { diag } from '@opentelemetry/api';
import type { ResponseObserver } from './tap-response.ts';

/** The app's reply must not suffer from what goes wrong in here. */
export class GuardedObserver implements ResponseObserver {
  readonly #observer: ResponseObserver;

  constructor(observer: ResponseObserver) {
    this.#observer = observer;
  }

  chunk(bytes: Uint8Array): Uint8Array | undefined {
    // Without a closure: a stream has hundreds of these.
    try {
      return this.#observer.chunk(bytes);
    } catch (error) {
      diag.error(FAULT, error);
      return bytes;
    }
  }

  reading(): void {
    safely(() => this.#observer.reading());
  }

  end(): Uint8Array | undefined {
    return safely(() => this.#observer.end());
  }

  whole(body: string | Uint8Array): Uint8Array | undefined {
    return safely(() => this.#observer.whole(body));
  }

  json(body: unknown): void {
    safely(() => this.#observer.json(body));
  }

  cancelled(): void {
    safely(() => this.#observer.cancelled());
  }

  failed(error: unknown): void {
    safely(() => this.#observer.failed(error));
  }
}

const FAULT = 'tollgate: reading a reply failed';

/** What a step on the way of a reply gives; undefined where it fails, which is told to the operator. */
export function safely<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    diag.error(FAULT, error);
    return undefined;
  }
}
