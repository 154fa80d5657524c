import type { ConfigIssue } from '../../errors/config-error.ts';
import { show } from '../../errors/show-value.ts';
import {
  RATE_KINDS,
  type ModelData,
  type PeriodData,
  type PriceData,
  type ProviderData,
  type TierData,
} from './price-data.ts';

/** Every issue of a table that was read from a file: what has none can be looked up without fear. Never throws. */
export function checkPriceData(data: PriceData): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const report: Report = (path, rule, received) => {
    issues.push({ path, message: `must be ${rule}, is ${show(received)}`, received });
  };
  if (typeof data.version !== 'string' || data.version === '')
    report('version', 'a text that is not empty', data.version);
  if (!Number.isSafeInteger(data.timestamp)) report('timestamp', 'unix seconds', data.timestamp);
  checkRates(data, report);
  for (const [index, provider] of data.providers.entries())
    checkProvider(provider, `providers[${index}]`, data, report);
  return issues;
}

function checkRates(data: PriceData, report: Report): void {
  // Columns are read by their place: in another order cached input would cost what output does.
  if (JSON.stringify(data.kinds) !== JSON.stringify(RATE_KINDS))
    report('kinds', `the columns of rates in their order: ${RATE_KINDS.join(', ')}`, data.kinds);
  for (const [index, row] of data.rates.entries()) {
    // A rate that is missing would make its tokens free.
    if (!Array.isArray(row) || row.length !== RATE_KINDS.length || !row.every(isPico))
      report(
        `rates[${index}]`,
        `a list of whole pico-USD, 0 or more, one for each of the ${RATE_KINDS.length} kinds`,
        row,
      );
  }
  for (const [index, fees] of data.fees.entries()) {
    if (!isFields(fees) || !Object.values(fees).every(isPico))
      report(`fees[${index}]`, 'whole pico-USD, 0 or more, by unit', fees);
  }
}

type Report = (path: string, rule: string, received: unknown) => void;

function checkProvider(provider: ProviderData, path: string, data: PriceData, report: Report): void {
  if (!isFields(provider) || typeof provider.id !== 'string' || !Array.isArray(provider.models)) {
    report(path, 'a provider { id, models }', provider);
    return;
  }
  checkNames(provider, path, report);
  for (const [index, model] of provider.models.entries()) checkModel(model, `${path}.models[${index}]`, data, report);
}

function checkNames(provider: ProviderData, path: string, report: Report): void {
  for (const key of ['names', 'prefixes', 'fallback'] as const) {
    if (provider[key] !== undefined && !isTexts(provider[key]))
      report(`${path}.${key}`, 'a list of texts', provider[key]);
  }
  const { hosts, words } = provider;
  if (words !== undefined && !(isFields(words) && isTexts(Object.values(words))))
    report(`${path}.words`, 'texts by word', words);
  if (hosts !== undefined && !(Array.isArray(hosts) && hosts.every(isHost))) {
    report(`${path}.hosts`, 'a list of pairs of a regular expression and a geography', hosts);
  }
}

function checkModel(model: ModelData, path: string, data: PriceData, report: Report): void {
  if (!isFields(model) || typeof model.id !== 'string' || !Array.isArray(model.prices) || model.prices.length === 0) {
    report(path, 'a model { id, prices }', model);
    return;
  }
  if (model.aliases !== undefined && !isTexts(model.aliases))
    report(`${path}.aliases`, 'a list of texts', model.aliases);
  for (const [index, period] of model.prices.entries()) checkPeriod(period, `${path}.prices[${index}]`, data, report);
}

function checkPeriod(period: PeriodData, path: string, data: PriceData, report: Report): void {
  if (!isFields(period) || !Array.isArray(period.tiers) || period.tiers.length === 0) {
    report(path, 'a price { tiers }', period);
    return;
  }
  if (period.fees !== undefined && !isFields(data.fees[period.fees]))
    report(`${path}.fees`, 'a place in fees', period.fees);
  const schedule = period.schedule;
  if (
    schedule !== undefined &&
    !(isFields(schedule) && Array.isArray(schedule.hours) && schedule.hours.every(Array.isArray))
  ) {
    report(`${path}.schedule`, 'a schedule { hours: [[from, to]] }', schedule);
  }
  let below = -1;
  for (const [index, tier] of period.tiers.entries()) {
    if (isTier(tier, below, data)) below = tier.over;
    else
      report(
        `${path}.tiers[${index}]`,
        'a tier { over, rates } with a rising "over" and places in rates by variant',
        tier,
      );
  }
}

function isTier(tier: TierData, below: number, data: PriceData): boolean {
  if (!isFields(tier) || typeof tier.over !== 'number' || tier.over <= below || !isFields(tier.rates)) return false;
  return Object.values(tier.rates).every((row) => Array.isArray(data.rates[row]));
}

function isHost(host: unknown): boolean {
  if (!Array.isArray(host) || !isTexts(host) || host.length !== 2) return false;
  try {
    return new RegExp(host[0]!) instanceof RegExp;
  } catch {
    return false;
  }
}

function isPico(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isFields(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
