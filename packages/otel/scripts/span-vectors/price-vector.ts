import type { PriceContext } from '@tollgate/core';

/** A raw usage object of a provider and what it costs: an entry of test/vectors/prices.json. */
export interface PriceVector {
  id: string;
  note: string;
  provider: string;
  /** The model that answered. */
  model: string;
  at: string;
  usage: Record<string, unknown>;
  context?: PriceContext;
  expected_usd: number;
}
