import { budgetSpanProcessor } from '../budget-span-processor.ts';
import type { Hooked } from '../instrument/hook-report.ts';
import { attachRingTwo, type RingTwoReport } from './attach.ts';
import { VERSION } from '../version.ts';
import { bindRingTwo } from './open-spans.ts';
import type { RingTwo } from './ring-two.ts';

/** Joins ring 2 to the app's tracer provider and to the gate, and says how it stands. */
export class RingTwoLink {
  #report: RingTwoReport | undefined;

  /** Puts our span processor into a provider that was registered. */
  readonly attach = (provider: object, isOurs: boolean): void => {
    this.#report = attachRingTwo(provider, budgetSpanProcessor(), isOurs);
  };

  /** From now on inference spans of others are judged by `ring`, which is made for the first of them. */
  bind(ring: () => RingTwo): void {
    bindRingTwo({
      ownedByRingOne: (scope, parent) => ring().ownedByRingOne(scope, parent),
      spanIn: (context) => ring().spanIn(context),
      usageOf: (attributes, scope) => ring().usageOf(attributes, scope),
      admit: (span) => ring().admit(span),
      isMetering: () => ring().isMetering(),
      report: (where, fault) => ring().report(where, fault),
    });
  }

  /** An entry for `instrumented`: nothing while no provider is registered. */
  report(): Hooked[] {
    if (this.#report === undefined) return [];
    const { attachment, lineToAdd } = this.#report;
    const entry = { module: 'BudgetSpanProcessor', version: VERSION, format: 'esm' } as const;
    if (attachment === 'off')
      return [{ ...entry, state: 'found-not-hooked', why: `add ${lineToAdd ?? 'budgetSpanProcessor()'}` }];
    return [
      {
        ...entry,
        state: 'hooked',
        why: attachment === 'official' ? "in the app's own list" : "put first into the provider's list",
      },
    ];
  }
}
