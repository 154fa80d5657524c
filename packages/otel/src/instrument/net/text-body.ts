/** Characters. A longer text is not parsed: that would hold the process up. */
const LONGEST = 16 * 1024 * 1024;

/** What a body says that the app has made JSON of by itself; any other body as it is. */
export function bodySaid(body: unknown): unknown {
  if (typeof body !== 'string' || body.length > LONGEST) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** What is sent for a body that says `said`: the app's own, unless we have changed what it says; a text stays one. */
export function bodyToSend(given: unknown, said: unknown, changed: unknown): unknown {
  if (changed === said) return given;
  return typeof given === 'string' ? JSON.stringify(changed) : changed;
}
