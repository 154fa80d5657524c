/** Tells whether a reply is being read, when it is asked now and then: a count per piece, because a stream has hundreds. */
export class ReadingMark {
  #pieces = 0;
  #seen = 0;
  #isWhole = false;

  /** A piece was read. True for the first. */
  piece(): boolean {
    this.#pieces += 1;
    return this.#pieces === 1;
  }

  /** It is being read whole: until the provider is done, nothing more is seen of that. */
  whole(): void {
    this.#isWhole = true;
  }

  /** Whether somebody reads it whole, or has read a piece since this was last asked. */
  isRead(): boolean {
    const isMoving = this.#isWhole || this.#pieces > this.#seen;
    this.#seen = this.#pieces;
    return isMoving;
  }
}
