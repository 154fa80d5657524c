/** What the test has told this app to do. */
export function settings(): unknown {
  return JSON.parse(process.env['APP_SETTINGS'] ?? '{}');
}

/** Tells the test, as the last line of stdout. */
export function answer(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
