import { DIMENSIONS, type Dimension } from '../../attribution.ts';
import type { FieldReader } from './field-reader.ts';
import { isText, show, suggestion } from './field-reader.ts';
import type { MatchRule } from '../match.ts';
import { matchRule } from '../match.ts';

/** The `by` dimensions of a budget, in the order in which account keys list them. */
export function parseBy(fields: FieldReader): readonly Dimension[] {
  const value = fields.get('by') ?? [];
  if (!Array.isArray(value)) {
    fields.reject('by', `must be a list such as ['agent'], is ${show(value)}`);
    return [];
  }
  for (const [index, name] of value.entries()) {
    if (!DIMENSIONS.includes(name)) {
      const near = isText(name) ? suggestion(name, DIMENSIONS) : '';
      fields.reject('by', `must be one of ${DIMENSIONS.join(', ')}, is ${show(name)}${near}`, `[${index}]`, name);
    } else if (value.indexOf(name) < index) {
      fields.reject('by', `'${name}' is already in the list; name it once`, `[${index}]`, name);
    }
  }
  return Object.freeze(DIMENSIONS.filter((dimension) => value.includes(dimension)));
}

/** The `match` rules of a budget. */
export function parseMatch(fields: FieldReader): readonly MatchRule[] {
  if (fields.get('match') === undefined) return [];
  const record = fields.record('match', "an object such as { agent: 'research' }");
  if (record === undefined) return [];
  const inner = fields.inside('match', record, DIMENSIONS);
  const rules: MatchRule[] = [];
  for (const dimension of DIMENSIONS) {
    const value = inner.get(dimension);
    if (value === undefined) continue;
    const patterns = patternsOf(inner, dimension, value);
    if (patterns !== undefined) rules.push(matchRule(dimension, patterns));
  }
  return Object.freeze(rules);
}

function patternsOf(inner: FieldReader, dimension: Dimension, value: unknown): string[] | undefined {
  const patterns: unknown[] = Array.isArray(value) ? value : [value];
  if (patterns.length === 0) {
    inner.reject(dimension, 'is an empty list, which would match no call; leave it out to match every call');
    return undefined;
  }
  const texts = patterns.filter((pattern) => isText(pattern) && isPattern(pattern)) as string[];
  if (texts.length === patterns.length) return texts;
  const odd = patterns.find((pattern) => !isText(pattern) || !isPattern(pattern));
  inner.reject(dimension, `must be a value, a prefix that ends in '*', or a list of them, is ${show(odd)}`);
  return undefined;
}

function isPattern(text: string): boolean {
  return text !== '' && !text.slice(0, -1).includes('*');
}
