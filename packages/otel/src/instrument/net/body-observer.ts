/** Sees a reply's body pass by, whichever way the app (or its SDK) reads it. No method may throw. */
export interface BodyObserver {
  /** A piece of the body; what is returned goes on to the reader (undefined: nothing of it, for now). */
  chunk(bytes: Uint8Array): Uint8Array | undefined;
  /** The body has ended; what is returned (held-back bytes) still goes on to the reader. */
  end(): Uint8Array | undefined;
  /** The whole body, read in one piece; what is returned goes to the reader in its place (undefined: the body itself). */
  whole(body: string | Uint8Array): Uint8Array | undefined;
  /** The reader has stopped before the end. */
  cancelled(): void;
  /** The body broke off. */
  failed(error: unknown): void;
}
