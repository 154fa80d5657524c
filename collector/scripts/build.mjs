// Builds the distribution with the builder that tools/builder pins, into collector/bin. It does nothing where the sources are
// those of the last build. `--run` then runs it, with the arguments that follow (default: the pipeline that is all on loopback).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireGo } from './require-go.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const binary = join(root, 'bin', process.platform === 'win32' ? 'tollgate-collector.exe' : 'tollgate-collector');
const stamp = join(root, 'bin', 'built-from');

requireGo();
build();
const at = process.argv.indexOf('--run');
if (at !== -1) run(binary, argumentsOf(process.argv.slice(at + 1)), process.cwd());

function argumentsOf(given) {
  return given.length > 0 ? given : ['--config', join(root, 'config', 'local.yaml')];
}

function build() {
  const sources = fingerprint();
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  mkdirSync(join(root, 'bin'), { recursive: true });
  run(
    'go',
    ['tool', '-modfile=tools/builder/go.mod', 'builder', '--config', 'builder.yaml', '--skip-compilation'],
    root,
  );
  console.log('compiling: some minutes the first time');
  run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, '.'], join(root, 'dist'));
  writeFileSync(stamp, sources);
  console.log(`built ${binary}`);
}

/** A digest of all that the binary is made of. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [
    'builder.yaml',
    'go.sum',
    'tools/builder/go.sum',
    ...sourcesIn('connector'),
    ...sourcesIn('internal'),
    ...sourcesIn('processor'),
  ]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => /\.go$|contract[/\\].*\.json$/.test(file) && !file.endsWith('_test.go'))
    .toSorted();
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
