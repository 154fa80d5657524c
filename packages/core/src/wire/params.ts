import { asList } from './loose.ts';

type Param = string | number | boolean | string[];

/** How a field of a request is named and read for the span: the key of the semantic conventions, and its reader. */
export type ParamRule = readonly [key: string, read: (value: unknown) => Param | undefined];

/** The set fields of a request by the keys of the semantic conventions. Fields without a rule are left out. */
export function readParams(body: object, rules: ReadonlyMap<string, ParamRule>): Record<string, Param> {
  const params: Record<string, Param> = {};
  for (const field of Object.keys(body)) {
    const rule = rules.get(field);
    if (rule === undefined) continue;
    const value = rule[1]((body as Record<string, unknown>)[field]);
    if (value !== undefined) params[rule[0]] = value;
  }
  return params;
}

export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** A count that is only worth telling when it is not 1. */
export const several = (value: unknown): number | undefined =>
  typeof value === 'number' && value !== 1 ? value : undefined;
/** `true`, or nothing. */
const flag = (value: unknown): true | undefined => (value === true ? true : undefined);
/** One string or several, always as a list. */
export const texts = (value: unknown): string[] | undefined => {
  const found = typeof value === 'string' ? [value] : asList(value).filter((item) => typeof item === 'string');
  return found.length > 0 ? found : undefined;
};
/** A tier that was asked for; `auto` asks for nothing. */
export const tier = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== 'auto' ? value : undefined;

/** What nearly all chat protocols call by the same name. */
export const samplingRules: readonly (readonly [string, ParamRule])[] = [
  ['temperature', ['gen_ai.request.temperature', number]],
  ['top_p', ['gen_ai.request.top_p', number]],
  ['top_k', ['gen_ai.request.top_k', number]],
  ['stream', ['gen_ai.request.stream', flag]],
];
