import type { Refused } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Standing } from '../budget/standing.ts';
import { NANO_PER_USD } from '../money.ts';

type Unit = 'nanoUsd' | 'tokens' | 'calls';

/** A no as its message tells it. */
export interface RefusedCall extends Omit<Refused, 'ok'> {
  /** The host that the call goes to, where nobody has named its provider: then it has no price, whatever its model is. */
  unnamedHost?: string | undefined;
}

const UNITS: readonly Unit[] = ['nanoUsd', 'tokens', 'calls'];

// Retry loops look for these words in messages; a name that contains one is left out (the error's fields have it).
const RETRIED_WORDS = /time.?out|network|connect|quota|cancel/i;

/** Why a call was refused and what to do about it, in figures that can be checked: they are exact, and they add up. */
export function refusalMessage(facts: RefusedCall): string {
  const { reason, standing } = facts;
  const who = named('Budget', standing.budget) + accountText(standing.account);
  switch (reason) {
    case 'exhausted':
      return `${who} is exhausted: ${sum(facts, false)}${reset(standing)}. Raise its limit to go on sooner.`;
    case 'too-large':
      return `${who} refuses this call as too large: ${sum(facts, false)}. ${tooLargeAdvice(facts)}`;
    case 'contended':
      return `${who} has too much reserved by other calls: ${sum(facts, true)}. It waited for them as long as it may (maxWait); send fewer calls at a time, or raise the limit.`;
    case 'paused':
      return `Paused${pausedBy(standing)}${accountText(standing.account)}${until(standing)}. Resume it to go on.`;
    case 'unpriced':
      return `${who} refuses this call because ${unpriced(facts)}`;
    case 'untagged':
      return `${who} refuses this call because it says not who it is for (missing: 'deny'). Set ${missingValues(standing)} where the call is made.`;
    case 'too-many-accounts':
      return `${who} has no room for one more account. Keep it by dimensions with fewer values.`;
    case 'store-away':
      return `${who} refuses this call because its store gives no answer (onStoreError: 'deny').`;
  }
}

/** `spent $1.90 + needed $0.20 > limit $2.00`, for the first unit that is short. */
function sum({ standing, needed }: RefusedCall, withReserved: boolean): string {
  const { limit, spent, reserved } = standing;
  const total = (unit: Unit): number =>
    amount(spent, unit) + (withReserved ? amount(reserved, unit) : 0) + amount(needed, unit);
  const short = UNITS.find((unit) => limit[unit] !== undefined && total(unit) > amount(limit, unit)) ?? 'nanoUsd';
  const term = (word: string, of: Measures): string => `${word} ${figure(of, short)}`;
  const held = withReserved ? ` + ${term('reserved', reserved)}` : '';
  return `${term('spent', spent)}${held} + ${term('needed', needed)} > ${term('limit', limit)}`;
}

function tooLargeAdvice({ standing, needed, lowerOutputBy }: RefusedCall): string {
  const everFits = UNITS.every((unit) => amount(needed, unit) <= (standing.limit[unit] ?? Infinity));
  const hope = everFits ? `it fits into an unspent window${reset(standing)}` : 'as it is it can never fit';
  // Where no figure is known, a shorter input may be what helps, or a cap below the floor, or fewer answers or images.
  if (lowerOutputBy === undefined) {
    return `Ask for less (its input, its output cap, its number of answers or images) or raise the limit; ${hope}.`;
  }
  return `Lower its output cap by ${lowerOutputBy} tokens or raise the limit; ${hope}.`;
}

function unpriced({ unnamedHost }: RefusedCall): string {
  const rule = "(unknownPrice: 'deny')";
  if (unnamedHost === undefined) return `its model has no known price ${rule}. Add a price or an alias for it.`;
  const isShown = !RETRIED_WORDS.test(unnamedHost);
  const why = `nobody has named the provider at ${isShown ? unnamedHost : 'its host'}, so it has no price ${rule}`;
  return `${why}. Name it${isShown ? `: hosts: { '${unnamedHost}': 'openai' }` : ' in hosts'}.`;
}

function reset({ resetsAt }: Standing): string {
  return resetsAt === undefined ? '' : `, resets at ${new Date(resetsAt).toISOString()}`;
}

function until({ paused }: Standing): string {
  return paused?.until === undefined ? '' : ` until ${new Date(paused.until).toISOString()}`;
}

function pausedBy({ paused }: Standing): string {
  return paused === undefined || RETRIED_WORDS.test(paused.by) ? '' : ` by ${paused.by}`;
}

function missingValues({ account }: Standing): string {
  const missing = Object.entries(account).filter(([, value]) => value === '(none)');
  return missing.map(([dimension]) => dimension).join(' and ') || 'it';
}

function named(kind: string, name: string): string {
  return RETRIED_WORDS.test(name) ? `A ${kind.toLowerCase()}` : `${kind} '${name}'`;
}

function accountText(account: Standing['account']): string {
  const parts = Object.entries(account).map(([dimension, value]) => `${dimension}=${value}`);
  const text = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return RETRIED_WORDS.test(text) ? '' : text;
}

function amount(measures: Measures, unit: Unit): number {
  return measures[unit] ?? 0;
}

function figure(measures: Measures, unit: Unit): string {
  const value = amount(measures, unit);
  if (unit === 'nanoUsd') return exactUsd(value);
  return `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;
}

/** Every nano-USD, without the zeros that say nothing: $2.00, $0.0042, $0.000000001. */
function exactUsd(nanoUsd: number): string {
  const fraction = String(nanoUsd % NANO_PER_USD)
    .padStart(9, '0')
    .replace(/0{1,7}$/, '');
  return `$${Math.floor(nanoUsd / NANO_PER_USD)}.${fraction}`;
}
