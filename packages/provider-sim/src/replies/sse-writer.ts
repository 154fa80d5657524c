/** One server-sent event, ready to send. */
export interface SseEvent {
  frame: string;
  /** How many tokens the model had generated when the event left. */
  generated: number;
}

/** Collects the events of a stream. */
export class SseWriter {
  readonly events: SseEvent[] = [];
  #generated = 0;

  /** Adds an event; `generated` stays what it was unless it is given. */
  write(data: unknown, { name, generated }: { name?: string; generated?: number } = {}): void {
    this.#generated = generated ?? this.#generated;
    this.events.push({ frame: frameOf(JSON.stringify(data), name), generated: this.#generated });
  }

  /** The literal that ends OpenAI's chat streams. */
  done(): void {
    this.events.push({ frame: frameOf('[DONE]'), generated: this.#generated });
  }
}

/** The bytes of an event on the wire. */
export function frameOf(data: string, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`;
}
