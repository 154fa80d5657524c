import { asCount, asObject, asText } from './loose.ts';

/** Tools that are billed by the use, whatever version of them a request names. */
const BILLED = /^(?:web_search|file_search|x_search)/;

/** How often each of these tools may be used, by the name that it is billed under; `shared` bounds those without a limit. */
export function serverToolUses(tools: readonly unknown[], shared?: unknown): Record<string, number | undefined> {
  const uses: Record<string, number | undefined> = {};
  for (const tool of tools) {
    const { type, max_uses: most } = asObject<'type' | 'max_uses'>(tool) ?? {};
    const name = asText(type) ?? '';
    uses[BILLED.exec(name)?.[0] ?? name] = asCount(most) ?? asCount(shared);
  }
  return uses;
}
