const LANGCHAIN_RETRYABLE = Symbol.for('langchain.errors.retryable');

/** Marks an error so that LangChain's retry loops let it pass; the mark is hidden from loops over its fields and from JSON. */
export function markNotRetryable(error: Error): void {
  Object.defineProperty(error, LANGCHAIN_RETRYABLE, { value: false });
}
