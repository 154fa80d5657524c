import type { BudgetStore } from '@tollgate/core';
import { hint, isRecord } from './checks.ts';
import type { Check } from './place.ts';
import { show } from './show.ts';

const METHODS = ['lease', 'settle', 'read', 'list', 'control', 'setControl', 'watch', 'close'] as const;

/** 'auto', 'memory', or anything that has the shape of a `BudgetStore`. */
export const store: Check<'auto' | 'memory' | BudgetStore> = (value, place) => {
  if (value === 'auto' || value === 'memory') return value;
  if (typeof value === 'string' && /^(sqlite:|rediss?:\/\/)/.test(value)) {
    return place.reject(`${show(value)} needs the package @tollgate/stores: npm i @tollgate/stores`, value);
  }
  if (!isRecord(value)) {
    const near = hint(value, ['auto', 'memory']);
    return place.reject(
      `must be 'auto', 'memory', 'sqlite:path', 'redis://…' or a store, is ${show(value)}${near}`,
      value,
    );
  }
  const missing = [
    ...['id', 'reach'].filter((field) => typeof value[field] !== 'string'),
    ...METHODS.filter((method) => typeof value[method] !== 'function').map((method) => `${method}()`),
  ];
  if (missing.length > 0) return place.reject(`is not a store: it has no ${missing.join(', no ')}`, value);
  return value as unknown as BudgetStore;
};
