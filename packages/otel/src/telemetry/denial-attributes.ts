import type { Attributes } from '@opentelemetry/api';
import type { CallRecord } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { amountIn, fullest } from './standing-units.ts';
import type { CallDetails } from './telemetry.ts';

type Denial = NonNullable<CallDetails['denial']>;

/** Adds why a call was refused, and how the account stood that refused it, in the unit in which it is fullest. */
export function addDenial(attributes: Attributes, { reason, standing }: Denial): void {
  attributes[KEY.errorType] = 'budget_exceeded';
  attributes[KEY.denialReason] = reason;
  if (standing === undefined) return;
  attributes[KEY.denialBudget] = standing.budget;
  attributes[KEY.denialWindow] = standing.window;
  const account = accountTerms(standing.account);
  if (account.length > 0) attributes[KEY.denialAccount] = account;
  if (standing.resetsAt !== undefined) attributes[KEY.denialResetsAt] = standing.resetsAt / 1000;
  const unit = fullest(standing.limit, standing.spent)?.unit;
  if (unit === undefined) return;
  attributes[KEY.denialUnit] = unit;
  attributes[KEY.denialLimit] = amountIn(unit, standing.limit) ?? 0;
  attributes[KEY.denialSpent] = amountIn(unit, standing.spent) ?? 0;
  attributes[KEY.denialReserved] = amountIn(unit, standing.reserved) ?? 0;
}

/** Denials with the same key are counted under the same labels, and were refused by the same account for the same reason. */
export function denialKey(denial: Denial, { at, provider, requestModel }: CallRecord): string {
  const { agent, taskType, step, team } = at;
  return [accountKey(denial), agent, taskType, step, team, provider, requestModel].join('\u0000');
}

/** Denials with the same key were refused by the same account for the same reason. */
export function accountKey({ reason, standing }: Denial): string {
  if (standing === undefined) return reason;
  return [reason, standing.budget, ...accountTerms(standing.account)].join('\u0000');
}

function accountTerms(account: Record<string, string | undefined>): string[] {
  return Object.entries(account).flatMap(([dimension, value]) =>
    value === undefined ? [] : [`${dimension}=${value}`],
  );
}
