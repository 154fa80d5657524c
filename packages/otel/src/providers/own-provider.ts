/** A provider that we have built or started, and that we have to end. */
export interface OwnProvider<Provider> {
  provider: Provider;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
  /** The process is about to end: from now on nothing waits long for an endpoint. */
  hurry: () => void;
}
