// How what the app asks and changes is read: nothing of it is needed before somebody asks.
export { hashSpec } from '../attribution/hashed-budgets.ts';
export { readNeed } from './asked-need.ts';
export { checkAudit, checkTimedAudit } from './audit.ts';
export { scopeReader } from './named-scope.ts';
export { readUsageQuery } from './usage-query.ts';
