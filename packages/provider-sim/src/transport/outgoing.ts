import type { ServerResponse } from 'node:http';

/** The sending half of one exchange: everything that waits here also ends when the client goes away. */
export class Outgoing {
  bytesSent = 0;
  /** Resolves once the exchange is over, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  #wake: () => void = () => {};
  #isClosed = false;
  #isCut = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.closed = new Promise((resolve) => {
      response.on('close', () => {
        this.#isClosed = true;
        this.#wake();
        resolve();
      });
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The client went away before the reply was complete. */
  get isAborted(): boolean {
    return this.#isClosed && !this.#isCut && !this.#response.writableFinished;
  }

  head(status: number, headers: Record<string, string>): void {
    this.#response.writeHead(status, headers);
    this.#response.flushHeaders();
  }

  /** Resolves when the bytes were handed to the operating system. */
  async write(chunk: string | Buffer): Promise<void> {
    if (this.#isClosed) return;
    this.bytesSent += Buffer.byteLength(chunk);
    await this.#wait((resolve) => {
      this.#response.write(chunk, () => resolve());
    });
  }

  async end(): Promise<void> {
    if (this.#isClosed) return;
    await this.#wait((resolve) => {
      this.#response.end(resolve);
    });
  }

  /** Waits, at least for one turn of the event loop: a client that went away is noticed in it. */
  async pause(ms: number): Promise<void> {
    if (this.#isClosed) return;
    let timer: NodeJS.Timeout | undefined;
    await this.#wait((resolve) => {
      if (ms > 0) timer = setTimeout(resolve, ms);
      else setImmediate(resolve);
    });
    clearTimeout(timer);
  }

  /** Resets the connection, so that the client may lose even what was sent. */
  reset(): void {
    this.#isCut = true;
    this.#response.socket?.resetAndDestroy();
  }

  /** Closes the connection amid the reply; what was sent arrives. */
  drop(): void {
    this.#isCut = true;
    this.#response.destroy();
  }

  #wait(start: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }
}
