import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  context,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { nanoToUsd, type Attribution } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { attributionAttributes } from './call-attributes.ts';
import type { Faults } from './faults.ts';

/** The kinds of scope that have a span. */
export type ScopeKind = 'invoke_agent' | 'task' | 'step';

/** What all calls beneath a scope came to. Money in integer nano-USD. */
export interface ScopeTotals {
  nanoUsd: number;
  assumedNanoUsd: number;
  calls: number;
  denied: number;
  attempts: number;
  inputTokens: number;
  outputTokens: number;
}

/** The span of an agent, a task or a step. */
export interface ScopeSpan {
  /** Runs `fn` with this span active. */
  run<T>(fn: () => T): T;
  /** Writes what was spent beneath, and ends the span. Safe to call twice. */
  end(totals: ScopeTotals | undefined, failure: { error: unknown } | undefined): void;
}

// Where no app has registered a context manager, OpenTelemetry's context is always the root: our own spans still nest.
const scopes = new AsyncLocalStorage<Context>();

/** The context that a new span of ours belongs under. */
export function scopeContext(): Context {
  const active = context.active();
  return trace.getSpan(active) === undefined ? (scopes.getStore() ?? active) : active;
}

/** Opens `invoke_agent {name}`, `task {name}` or `step {name}`. Without a tracer it is silent and costs nothing. */
export function openScopeSpan(
  host: { tracer(): Tracer | undefined; faults: Faults },
  scope: { kind: ScopeKind; name: string; at: Attribution },
): ScopeSpan {
  const parent = scopeContext();
  const span = host.faults.guard('scope start', () => startScope(host.tracer(), scope, parent), undefined);
  let ended = false;
  return {
    run(fn) {
      if (span === undefined) return fn();
      const inner = trace.setSpan(parent, span);
      return scopes.run(inner, () => context.with(inner, fn));
    },
    end(totals, failure) {
      if (ended || span === undefined) return;
      ended = true;
      host.faults.guard('scope end', () => endScope(span, totals, failure), undefined);
    },
  };
}

function startScope(
  tracer: Tracer | undefined,
  { kind, name, at }: { kind: ScopeKind; name: string; at: Attribution },
  parent: Context,
): Span | undefined {
  if (tracer === undefined) return undefined;
  const attributes = attributionAttributes(at);
  if (kind === 'invoke_agent') attributes[KEY.operation] = kind;
  return tracer.startSpan(name === kind ? kind : `${kind} ${name}`, { kind: SpanKind.INTERNAL, attributes }, parent);
}

function endScope(span: Span, totals: ScopeTotals | undefined, failure: { error: unknown } | undefined): void {
  if (span.isRecording()) {
    if (totals !== undefined) span.setAttributes(totalsAttributes(totals));
    if (failure !== undefined) {
      span.setAttribute(KEY.errorType, errorType(failure.error));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  }
  span.end();
}

function totalsAttributes(totals: ScopeTotals): Attributes {
  const attributes: Attributes = {
    [KEY.rollupCost]: nanoToUsd(totals.nanoUsd),
    [KEY.rollupCalls]: totals.calls,
    [KEY.rollupAttempts]: totals.attempts,
    [KEY.rollupInputTokens]: totals.inputTokens,
    [KEY.rollupOutputTokens]: totals.outputTokens,
  };
  if (totals.assumedNanoUsd > 0) attributes[KEY.rollupAssumed] = nanoToUsd(totals.assumedNanoUsd);
  if (totals.denied > 0) attributes[KEY.rollupDenied] = totals.denied;
  return attributes;
}

function errorType(error: unknown): string {
  if ((error as { code?: unknown } | undefined)?.code === 'BUDGET_EXCEEDED') return 'budget_exceeded';
  return error instanceof Error ? error.name : '_OTHER';
}
