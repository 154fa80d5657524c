import type { JsonObject } from './sim-request.ts';

/** One HTTP request as it arrived, and how it ended. The last four fields change until it has. */
export interface RecordedRequest {
  /** The running number, from 1, as on the bill. */
  readonly number: number;
  /** Arrival, epoch ms. */
  readonly at: number;
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  /** Undefined for a path that no provider has. */
  readonly route: string | undefined;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body; the fields of a form; undefined if it could not be read, or is not kept. */
  readonly body: JsonObject | undefined;
  status: number | undefined;
  /** Body bytes that were handed to the socket. */
  bytesSent: number;
  /** The client went away before the reply was complete. */
  aborted: boolean;
  isOver: boolean;
}
