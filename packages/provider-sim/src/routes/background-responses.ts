import type { JsonObject } from '../sim-request.ts';

/** Responses that were asked for with `background: true`: what a retrieve shows of each, by id. */
export class BackgroundResponses {
  readonly #shown = new Map<string, JsonObject>();
  readonly #cancelled = new Set<string>();

  /** What a retrieve shows from now on. */
  show(id: string, response: JsonObject): void {
    this.#shown.set(id, response);
  }

  retrieve(id: string): JsonObject | undefined {
    return this.#shown.get(id);
  }

  /** The model stops at its next event. */
  cancel(id: string): void {
    this.#cancelled.add(id);
  }

  isCancelled(id: string): boolean {
    return this.#cancelled.has(id);
  }
}
