import type { ConfigIssue } from '@tollgate/core';

const OLDEST = { major: 22, minor: 18 };

/** What is wrong with a Node that is too old: SDKs can't be hooked there. `version` is that of `process.versions.node`. */
export function nodeIssues(version: string): ConfigIssue[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return [];
  const message = `must be ${OLDEST.major}.${OLDEST.minor} or newer, is ${version}: update it, or set TOLLGATE_MODE=off to run without budgets`;
  return [{ path: 'Node', message, received: version }];
}
