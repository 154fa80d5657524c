import { budgetSpanProcessor } from '../budget-span-processor.ts';
import type { Hooked } from '../instrument/hook-report.ts';
import type { Runtime } from '../runtime.ts';
import { attachRingTwo, type RingTwoReport } from './attach.ts';
import { createGateRing } from './gate-ring.ts';
import { VERSION } from '../version.ts';
import { bindRingTwo } from './open-spans.ts';

/** Emitters of spans that are part of an SDK, by the module whose calls ring 1 sees. */
const SDK_SCOPES: readonly (readonly [scope: string, module: string])[] = [
  ['com.anthropic.sdk.typescript', '@anthropic-ai/sdk'],
];

/** Joins ring 2 to the app's tracer provider and to the gate, and says how it stands. */
export class RingTwoLink {
  #report: RingTwoReport | undefined;

  /** Puts our span processor into a provider that was registered. */
  readonly attach = (provider: object, isOurs: boolean): void => {
    this.#report = attachRingTwo(provider, budgetSpanProcessor(), isOurs);
  };

  /** From now on inference spans of others are judged by the ledger of `runtime`. */
  bind({ spanGate, meter, telemetry }: Runtime, isHooked: (module: string) => boolean): void {
    const scopeIsHooked = (scope: string): boolean =>
      SDK_SCOPES.some(([prefix, module]) => scope.startsWith(prefix) && isHooked(module));
    bindRingTwo(createGateRing({ gate: spanGate, meter, telemetry, isHooked: scopeIsHooked }));
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
