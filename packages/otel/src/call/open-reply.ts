/** A reply that has come and is not read to its end yet. */
export interface OpenReply {
  /** Whether somebody is reading it whole, or has read a piece of it since this was last asked. */
  isRead(): boolean;
  /** Nobody reads on: ends the call by what was said so far. */
  cancelled(): void;
}
