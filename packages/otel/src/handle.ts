import type { Attribution, BudgetSpec, Refusal, Standing, UsageRow } from '@tollgate/core';
import { ConfigError } from '@tollgate/core/start';
import type { Ledger } from '@tollgate/core/plugin';
import type { AskedNeed } from './handle/asked-need.ts';
import type { EventHub, Events } from './book/events.ts';
import type { UsageBook } from './book/usage-book.ts';
import type { Hooked } from './instrument/hook-report.ts';
import type { ScopeReader } from './handle/named-scope.ts';
import type { UsageQuery } from './handle/usage-query.ts';
import { later } from './later.ts';
import { isRecord } from './options/checks.ts';

const questions = later('./handle/questions');

/** Who changes a rule: it is kept with the change. */
export interface Audit {
  by: string;
  why?: string | undefined;
}

/** Changes the budgets while the process runs. Every method rejects with `ConfigError` for what can't be used. */
export interface BudgetControl {
  /** Adds a budget, or replaces the one of its name. */
  set(spec: BudgetSpec, audit: Audit): Promise<void>;
  remove(name: string, audit: Audit): Promise<void>;
  /** Puts another limit in force, `for` a time (`'24h'`) or until it is set again. Opens closed accounts. */
  raise(name: string, limit: BudgetSpec['limit'], audit: Audit & { for?: string | undefined }): Promise<void>;
  /** Refuses every call that has all these values; `{}` is every call. */
  pause(scope: Attribution, audit: Audit & { for?: string | undefined }): Promise<void>;
  resume(scope: Attribution, audit: Audit): Promise<void>;
}

/** What a call would be told now. */
export interface CheckAnswer {
  allowed: boolean;
  reason?: Refusal | undefined;
  standing?: Standing | undefined;
}

/** What `register()` returns: the spend of this process, its budgets, and what is hooked. */
export interface Tollgate {
  /**
   * What was spent per combination of the values of `by`, dearest first; without `by` one row with the total. Throws
   * `ConfigError` for dimensions that do not exist.
   */
  usage(query?: UsageQuery): UsageRow[];
  /** How every account stands, broken budgets included. */
  budgets(): Standing[];
  /**
   * Whether work of this size would be let through now, in USD, tokens or calls. Reserves nothing. Rejects with
   * `ConfigError` for dimensions and units that do not exist.
   */
  check(at: Attribution, need: AskedNeed): Promise<CheckAnswer>;
  readonly control: BudgetControl;
  /** Every SDK copy that was hooked, or found and not hooked, and why. The first look takes some hundred milliseconds. */
  readonly instrumented: Hooked[];
  /**
   * Adds a listener; the returned function removes it. A listener that throws disturbs nothing. Throws `ConfigError` for
   * events that do not exist.
   */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Sends what has been gathered. Resolves within a second of a dead endpoint. */
  flush(): Promise<void>;
  /** Settles the calls that are under way by what is known of them, flushes, and ends what `register()` has started. Budgets stay in force. */
  shutdown(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a handle speaks for. */
export interface HandleParts {
  ledger: () => Ledger;
  book: () => UsageBook;
  events: EventHub;
  users: 'plain' | 'hash';
  /** Broken budgets that were left out, as standings that say so. */
  invalid: readonly Standing[];
  instrumented: () => Hooked[];
  now: () => number;
  flush: () => Promise<void>;
  shutdown: () => Promise<void>;
}

/** The handle of a process. */
export function createHandle(parts: HandleParts): Tollgate {
  const { ledger, book, events, now } = parts;
  const read: ScopeReader = (scope, path) => questions().scopeReader(parts.users)(scope, path);
  return {
    usage: (query) => book().usage(questions().readUsageQuery(query)),
    budgets: () => [...ledger().standings(now()), ...parts.invalid],
    async check(at, need) {
      return ledger().check(read(present(at), 'at'), questions().readNeed(need), now());
    },
    control: createControl(parts, read),
    get instrumented() {
      return parts.instrumented();
    },
    on: (event, listener) => events.on(event, listener),
    flush: parts.flush,
    shutdown: parts.shutdown,
    [Symbol.asyncDispose]: parts.shutdown,
  };
}

/** Asynchronous, because the rules of a shared store are changed there. */
function createControl({ ledger, users, now }: HandleParts, read: ScopeReader): BudgetControl {
  return {
    async set(spec, audit) {
      questions().checkAudit(audit);
      const hashed = users === 'hash' ? questions().hashSpec(spec) : { spec, issues: [] };
      if (hashed.issues.length > 0) throw new ConfigError(hashed.issues);
      ledger().control.set(hashed.spec, audit, now());
    },
    async remove(name, audit) {
      questions().checkAudit(audit);
      ledger().control.remove(name, audit, now());
    },
    async raise(name, limit, audit) {
      questions().checkTimedAudit(audit);
      ledger().control.raise(name, limit, audit, now());
    },
    async pause(scope, audit) {
      questions().checkTimedAudit(audit);
      ledger().control.pause(read(scope, 'scope'), audit, now());
    },
    async resume(scope, audit) {
      questions().checkAudit(audit);
      ledger().control.resume(read(scope, 'scope'), audit, now());
    },
  };
}

/** Of whom nothing is known in one dimension can be asked about: an attribution may say so, a rule may not. */
function present(at: Attribution): Attribution {
  if (!isRecord(at)) return at;
  return Object.fromEntries(Object.entries(at).filter(([, value]) => value !== undefined && value !== ''));
}
