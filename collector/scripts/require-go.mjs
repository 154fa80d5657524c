import { spawnSync } from 'node:child_process';

const MIN_GO = [1, 26];

/** Ends the process with a sentence where there is no Go that can build what is here. */
export function requireGo() {
  const { error, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const version = /^go(\d+)\.(\d+)/
    .exec(stdout ?? '')
    ?.slice(1)
    .map(Number);
  const isEnough =
    version !== undefined && (version[0] > MIN_GO[0] || (version[0] === MIN_GO[0] && version[1] >= MIN_GO[1]));
  if (isEnough) return;
  const found = error ? 'there is none on the PATH' : `this is ${stdout.trim()}`;
  console.error(
    `The Collector needs Go ${MIN_GO.join('.')} or newer, and ${found}. Install it from https://go.dev/dl and try again.`,
  );
  process.exit(1);
}
