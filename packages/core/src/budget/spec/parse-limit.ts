import { MAX_USD, usdToNano } from '../../money.ts';
import type { FieldReader } from './field-reader.ts';
import { show } from './field-reader.ts';
import type { Amounts } from '../measures.ts';
import { MAX_AMOUNT } from '../measures.ts';

const NO_LIMIT: Readonly<Amounts> = Object.freeze({ nanoUsd: Infinity, tokens: Infinity, calls: Infinity });

const RULES = {
  usd: { most: MAX_USD, mostText: '9,000,000 (nano-USD are counted exactly up to there)', fraction: true, word: 'USD' },
  tokens: { most: MAX_AMOUNT, mostText: '9e15', fraction: false, word: 'tokens' },
  calls: { most: MAX_AMOUNT, mostText: '9e15', fraction: false, word: 'calls' },
} as const;

/** The `limit` of a budget in whole nano-USD, tokens and calls; Infinity for a unit that has none. */
export function parseLimit(fields: FieldReader): Readonly<Amounts> {
  const record = fields.record('limit', 'an object such as { usd: 25 }');
  if (record === undefined) return NO_LIMIT;
  const units = fields.inside('limit', record, Object.keys(RULES));
  const usd = parseUnit(units, 'usd');
  const limit = {
    nanoUsd: usd === undefined ? Infinity : usdToNano(usd),
    tokens: parseUnit(units, 'tokens') ?? Infinity,
    calls: parseUnit(units, 'calls') ?? Infinity,
  };
  if (Object.keys(RULES).every((unit) => record[unit] === undefined)) {
    fields.reject('limit', 'must name at least one of usd, tokens, calls: { usd: 25 }');
  }
  return Object.freeze(limit);
}

function parseUnit(units: FieldReader, unit: keyof typeof RULES): number | undefined {
  const value = units.get(unit);
  if (value === undefined) return undefined;
  const rule = RULES[unit];
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) {
    const hint =
      typeof value === 'string' && Number(value) >= 0 && value.trim() !== '' ? `: write ${Number(value)}` : '';
    units.reject(unit, `must be a number of ${rule.word}, 0 or more, is ${show(value)}${hint}`);
    return undefined;
  }
  if (value > rule.most) {
    units.reject(unit, `must be at most ${rule.mostText}, is ${value}; leave the budget out for "no limit"`);
    return undefined;
  }
  if (!rule.fraction && !Number.isInteger(value)) {
    units.reject(unit, `must be a whole number of ${rule.word}, is ${value}`);
    return undefined;
  }
  return value;
}
