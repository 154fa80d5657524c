import { accountCases } from './conformance/conformance-accounts.ts';
import type { ConformanceCase, StoreUnderTest } from './conformance/conformance-case.ts';
import { controlCases } from './conformance/conformance-control.ts';
import { interleavingCases } from './conformance/conformance-interleavings.ts';
import { leaseCases } from './conformance/conformance-leases.ts';

export type { StoreUnderTest } from './conformance/conformance-case.ts';

/** The part of a test runner that the suite needs; `test` of vitest and of node:test fit. */
export interface ConformanceRunner {
  readonly test: (title: string, run: () => Promise<void>) => unknown;
}

/** What every store has to pass. `makeStore` gives each case a store of its own, with nothing in it. */
export function storeConformance(
  name: string,
  makeStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  { test }: ConformanceRunner,
): void {
  const cases: ConformanceCase[] = [...leaseCases, ...accountCases, ...controlCases, ...interleavingCases];
  for (const { title, run } of cases) {
    test(`${name}: ${title}`, async () => {
      const subject = await makeStore();
      try {
        await run(subject);
      } finally {
        await subject.other.close();
        await subject.store.close();
      }
    });
  }
}
