/** What an attribute holds; undefined where there is none. */
export function json(attribute: string | undefined): unknown {
  return attribute === undefined ? undefined : JSON.parse(attribute);
}
