/** One thing that is wrong with the configuration: where, what was found and how to put it right. */
export interface ConfigIssue {
  /** As one would write it in code: `budgets[1].limit.usd`. */
  path: string;
  message: string;
  received?: unknown;
}

/** The configuration can't be used. Carries every issue at once, so that one run is enough to find them all. */
export class ConfigError extends Error {
  override readonly name: string = 'ConfigError';
  readonly code: 'INVALID_CONFIG' = 'INVALID_CONFIG';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super(messageOf(issues));
    this.issues = issues;
  }
}

function messageOf(issues: readonly ConfigIssue[]): string {
  const count = issues.length === 1 ? 'is 1 issue' : `are ${issues.length} issues`;
  return [`There ${count} in the configuration:`, ...issues.map(lineOf)].join('\n');
}

function lineOf({ path, message }: ConfigIssue): string {
  return `  - ${path}: ${message}`;
}
