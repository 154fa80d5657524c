/** What {@link divert} takes text from: `process.stderr`. */
export interface Diverted {
  write(text: string | Uint8Array, ...rest: unknown[]): boolean;
}

/** From now on what is written to `stream` goes to `take` instead, a piece at a time; the returned function puts it back. */
export function divert(stream: Diverted, take: (text: string) => void): () => void {
  const write = stream.write.bind(stream);
  stream.write = (text, ...rest) => {
    take(typeof text === 'string' ? text : Buffer.from(text).toString());
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  return () => {
    stream.write = write;
  };
}
