import { asList, asObject, type Loose } from './loose.ts';

/**
 * The named fields of a body that is JSON or a form. A form's fields are strings and files. Of a form that is a stream, the
 * SDK's request options still know the model. Undefined where the body is nothing of the kind.
 */
export function formFields<Field extends string>(body: unknown, fields: readonly Field[]): Loose<Field> | undefined {
  const object = asObject<Field | 'get' | 'getReader' | '__metadata' | 'body'>(body);
  if (object === undefined) return undefined;
  const { __metadata: known } = object;
  const metadata = asObject<Field>(known);
  if (typeof object.get === 'function') return fromForm(object as unknown as FormData, fields);
  if (typeof object.getReader === 'function') return {};
  return metadata === undefined ? object : { ...metadata, ...formFields(asForm(object.body), fields) };
}

/** A number, also where a form has it as text. */
export function formNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A flag, also where a form has it as text. */
export function formFlag(value: unknown): boolean {
  return value === true || value === 'true';
}

/** How many files or references a field has. */
export function countOf(value: unknown): number {
  if (value == null) return 0;
  return Array.isArray(value) ? asList(value).length : 1;
}

function fromForm<Field extends string>(form: FormData, fields: readonly Field[]): Loose<Field> {
  const found: Partial<Record<Field, unknown>> = {};
  for (const field of fields) {
    const values = [...form.getAll(field), ...form.getAll(`${field}[]`)];
    if (values.length > 0) found[field] = values.length === 1 ? values[0] : values;
  }
  return found;
}

function asForm(body: unknown): unknown {
  return typeof asObject<'get'>(body)?.get === 'function' ? body : undefined;
}
