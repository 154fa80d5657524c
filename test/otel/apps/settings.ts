/** What the test has told this app to do. */
export function settings<S>(): S {
  return JSON.parse(process.env['APP_SETTINGS'] ?? '{}') as S;
}

/** Tells the test, as the last line of stdout. */
export function answer(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
