import { markNotRetryable } from './not-retryable.ts';

/** The store that holds a budget can't be asked, and the budget says that no answer means no. Carries the marks that keep SDKs from retrying. */
export class BudgetStoreUnavailableError extends Error {
  override readonly name: string = 'BudgetStoreUnavailableError';
  readonly code: 'BUDGET_STORE_UNAVAILABLE' = 'BUDGET_STORE_UNAVAILABLE';
  readonly status: 402 = 402;
  readonly statusCode: 402 = 402;
  readonly isRetryable: false = false;
  readonly budget: string;
  readonly store: string;

  constructor(budget: string, store: string, options?: ErrorOptions) {
    super(
      'A budget refuses this call because its store gives no answer. ' +
        "Bring the store back, or set onStoreError: 'allow' for this budget; `budget` and `store` name them.",
      options,
    );
    this.budget = budget;
    this.store = store;
    markNotRetryable(this);
  }
}
