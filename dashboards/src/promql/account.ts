import type { AttributeKey } from '@tollgate/otel/conventions';
import { label } from './names.ts';

/** What an account may be of, where the budget has accounts by it and its values may be labels. */
const DIMENSIONS: readonly AttributeKey[] = [
  'tollgate.team',
  'gen_ai.agent.name',
  'tollgate.task.type',
  'tollgate.step.name',
  'gen_ai.request.model',
  'gen_ai.provider.name',
  'tollgate.task.id',
  'user.id',
  'session.id',
];

/** Series of budgets with one more label, `account`: the values that it is of, or `all` where the budget has one account. */
export function withAccount(expression: string): string {
  const parts = DIMENSIONS.map((key) => `"${label(key)}"`).join(', ');
  const joined = `label_join(${expression}, "account", " ", ${parts})`;
  const trimmed = `label_replace(${joined}, "account", "$1", "account", " *(.*?) *")`;
  return `label_replace(${trimmed}, "account", "all", "account", "")`;
}
