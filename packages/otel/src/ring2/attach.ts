import { BUDGET_SPAN_PROCESSOR, type BudgetSpanProcessor } from '../budget-span-processor.ts';

/** How the budget span processor stands in the registered provider. */
export type Attachment =
  /** The app has put it into its own list. */
  | 'official'
  /** We have put it first into the provider's private list. */
  | 'probed'
  /** There was no way in: ring 2 is off until the app adds it. */
  | 'off';

const LINE_TO_ADD =
  "new NodeSDK({ spanProcessors: [budgetSpanProcessor(), …] }) // import { budgetSpanProcessor } from '@tollgate/otel'";

/**
 * Puts `processor` first into the list of a registered tracer provider, unless the app has done so. The list is private in
 * SDK 2.x and 3.x, and its shape is looked at before it is touched. Never throws.
 */
export function attachToProvider(provider: object, processor: BudgetSpanProcessor): Attachment {
  const list = processorsOf(provider);
  if (list === undefined) return 'off';
  if (list.some((each) => BUDGET_SPAN_PROCESSOR in each)) return 'official';
  list.unshift(processor);
  return 'probed';
}

/** How ring 2 stands in a provider, and what to do about it. */
export interface RingTwoReport {
  attachment: Attachment;
  /** What the app adds to its set-up; undefined where nothing is missing. */
  lineToAdd: string | undefined;
}

/** Puts `processor` into a tracer provider that is registered; into one that we have started also so that it sees unsampled spans. */
export function attachRingTwo(provider: object, processor: BudgetSpanProcessor, isOurs: boolean): RingTwoReport {
  const attachment = attachToProvider(provider, processor);
  if (isOurs) recordAllSpans(provider);
  return { attachment, lineToAdd: attachment === 'off' ? LINE_TO_ADD : undefined };
}

/** Makes a provider's sampler record what it would drop, so that processors see every span; nothing more is exported. False where there was no way in. */
export function recordAllSpans(provider: object): boolean {
  const { _tracerOptions, _config } = provider as { _tracerOptions?: unknown; _config?: unknown };
  const options = (_tracerOptions ?? _config) as { sampler?: Partial<Sampler> } | undefined;
  const sampler = options?.sampler;
  if (options === undefined || typeof sampler?.shouldSample !== 'function') return false;
  options.sampler = alwaysRecord(sampler as Sampler);
  return true;
}

interface Sampler {
  shouldSample(...args: unknown[]): { decision: number };
  toString(): string;
}

const NOT_RECORD = 0;
const RECORD = 1;

function alwaysRecord(inner: Sampler): Sampler {
  return {
    shouldSample(...args) {
      const result = inner.shouldSample(...args);
      return result.decision === NOT_RECORD ? { ...result, decision: RECORD } : result;
    },
    toString: () => `AlwaysRecord{${inner.toString()}}`,
  };
}

function processorsOf(provider: object): object[] | undefined {
  const { _activeSpanProcessor: active } = provider as { _activeSpanProcessor?: { _spanProcessors?: unknown } };
  const { _spanProcessors: list } = active ?? {};
  if (!Array.isArray(list) || Object.isFrozen(list)) return undefined;
  return list.every((each) => typeof (each as { onStart?: unknown } | null)?.onStart === 'function') ? list : undefined;
}
