/**
 * What may follow a listed id without making it another model: a date, a version, or a word about routing. So
 * `claude-sonnet-5-20261001` is `claude-sonnet-5`, and `claude-sonnet-5-5` is not.
 */
const LAST_SUFFIX =
  /(?:[-@](?:20\d{6}|20\d\d-\d\d-\d\d|latest|default)|-\d\d-20\d\d|-[01]\d-[0-3]\d|-0\d\d|-v\d+|:\d+k?|:(?:nitro|floor|exacto|beta))$/;

/** The id without its last date, version or routing word, or undefined where there is none. */
export function withoutSuffix(id: string): string | undefined {
  const match = LAST_SUFFIX.exec(id);
  return match === null ? undefined : id.slice(0, match.index);
}

/**
 * The ids under which a model may be listed, the most specific first: as it is, without what stands before its first
 * `/` (`openai/gpt-5.5`) and before its last (`publishers/google/models/…`, ARNs); a fine-tune as `ft:` and its base.
 */
export function idCandidates(model: string): string[] {
  const id = model.trim().toLowerCase();
  if (id.startsWith('ft:')) return [id, id.split(':', 2).join(':')];
  const first = id.indexOf('/');
  if (first === -1) return [id];
  const last = id.lastIndexOf('/');
  const candidates = [id, id.slice(first + 1)];
  if (last !== first) candidates.push(id.slice(last + 1));
  return candidates;
}
