/** How one HTTP request of a call ended, as far as billing is concerned. */
export type AttemptEnd =
  | { state: 'open' }
  /** The provider answered. 2xx is billed by its reply, everything else is not billed. */
  | { state: 'answered'; status: number }
  /** It never reached the provider. Not billed. */
  | { state: 'not-sent' }
  /** It broke after it was sent: nobody knows, so it is charged by estimate. */
  | { state: 'unknown' };

/** Causes of a failed fetch that lie before the first byte was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_INVALID_URL',
]);

/** Errors are wrapped a few times on their way up; deeper chains are not looked through. */
const MAX_CAUSES = 5;

function neverSent(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof current === 'object' && current !== null; depth += 1) {
    const { code, errors, cause } = current as { code?: unknown; errors?: unknown; cause?: unknown };
    if (typeof code === 'string' && NOT_SENT.has(code)) return true;
    // One connection is tried per address of a host: refused means that all were.
    if (Array.isArray(errors) && errors.length > 0 && errors.every(neverSent)) return true;
    current = cause;
  }
  return false;
}

/** One HTTP request of a call, seen from below its SDK's retry loop. */
export class Attempt {
  readonly number: number;
  end: AttemptEnd = { state: 'open' };
  readonly #onEnd: (attempt: Attempt, error: unknown) => void;

  constructor(number: number, onEnd: (attempt: Attempt, error: unknown) => void) {
    this.number = number;
    this.#onEnd = onEnd;
  }

  /** Headers came. A transport that gives no status is taken at its word that it succeeded. */
  answered(status: number | undefined): void {
    this.end = { state: 'answered', status: status ?? 200 };
    this.#onEnd(this, undefined);
  }

  /** The reply broke off after its headers: how much of it is billed, nobody knows. */
  lost(): void {
    this.end = { state: 'unknown' };
  }

  failed(error: unknown): void {
    this.end = { state: neverSent(error) ? 'not-sent' : 'unknown' };
    this.#onEnd(this, error);
  }
}
