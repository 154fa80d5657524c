/** How an export ended: OpenTelemetry's shape, `code` 0 is success. */
export interface ExportResult {
  code: number;
  error?: Error | undefined;
}

/** What spans and metrics are sent with: the part of OpenTelemetry's exporters that we use, in SDK 2.x and 3.x alike. */
export interface Exporter<Items> {
  export(items: Items, done: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** The code of a result that says that all was taken. */
export const EXPORT_SUCCEEDED = 0;
/** The code of every other result. */
export const EXPORT_FAILED = 1;
