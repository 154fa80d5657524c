/**
 * What the recording rules write and panels and alerts read: one series for each account of a budget, read over all
 * replicas and stores as if there were one process. Labels: budget, unit, window, reach, mode, the budget's own dimensions
 * that may be labels, and the environment; never store or instance. Only accounts whose window is still open are there.
 */
export const RECORDED = {
  /** Limit of the account, in its unit. */
  limit: 'tollgate:budget_limit:max',
  /**
   * Limit of the budget that people mean by the budget, one for each environment: of those in USD that all calls share the
   * widest by the day, where there is none by the week, where there is none by the month.
   */
  common: 'tollgate:common_budget_limit:max',
  /** Spent in the window that is open now. */
  spent: 'tollgate:budget_spent:max',
  /** 1 where the account refuses everything. */
  closed: 'tollgate:budget_closed:max',
  /** Unix seconds at which the open window began. */
  windowStart: 'tollgate:budget_window_start:max',
  /** Unix seconds at which the open window ends; without end for a total budget: no series. */
  windowEnd: 'tollgate:budget_window_end:max',
  /** Put aside for running calls, over all processes. */
  reserved: 'tollgate:budget_reserved:sum',
  /** All that was ever charged, over all processes and windows; a counter. */
  charged: 'tollgate:budget_charged:sum',
  /** limit − spent − reserved. */
  remaining: 'tollgate:budget_remaining',
  /** spent ÷ limit, 1 = all of it; none where the limit is 0. */
  ratio: 'tollgate:budget_ratio',
  /** spent + what the rate of the last hour adds until the window ends. */
  forecast: 'tollgate:budget_forecast',
} as const;

/** Name of a recorded series. */
export type Recorded = (typeof RECORDED)[keyof typeof RECORDED];
