// Builds a program that a module in tools/ pins, and prints its path: `node collector/scripts/build-tool.mjs prometheus`. A build
// is kept in .cache/tools under the digest of its go.sum, and is not repeated before that changes. Cold, it takes minutes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireGo } from './require-go.mjs';

const PROMETHEUS = 'github.com/prometheus/prometheus/cmd';
// Without the tag, Prometheus links the SDKs of every cloud that it could discover targets in.
const TOOLS = {
  prometheus: { module: 'prometheus', package: `${PROMETHEUS}/prometheus`, flags: ['-tags', 'remove_all_sd'] },
  promtool: { module: 'prometheus', package: `${PROMETHEUS}/promtool`, flags: ['-tags', 'remove_all_sd'] },
  jaeger: { module: 'jaeger', package: 'github.com/jaegertracing/jaeger/cmd/all-in-one', flags: [] },
};
const tools = fileURLToPath(new URL('../tools/', import.meta.url));
const cache = fileURLToPath(new URL('../../.cache/tools/', import.meta.url));

const wanted = process.argv[2];
if (TOOLS[wanted] === undefined) throw new Error(`there are ${Object.keys(TOOLS).join(', ')}, and no ${wanted}`);
requireGo();
console.log(build(wanted, TOOLS[wanted]));

function build(name, tool) {
  const cwd = join(tools, tool.module);
  const key = createHash('sha256')
    .update(readFileSync(join(cwd, 'go.sum')))
    .update(tool.flags.join(' '))
    .digest('hex');
  const program = join(cache, `${name}-${key.slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache).filter((file) => file.startsWith(`${name}-`))) rmSync(join(cache, old));
  console.error(`building ${name}: some minutes, once`);
  // Renamed when it is whole: another build of it may be under way, or this one may be broken off.
  const half = join(cache, `half-${process.pid}-${name}`);
  const flags = ['-trimpath', '-ldflags=-s -w', ...tool.flags];
  const { status } = spawnSync('go', ['build', ...flags, '-o', half, tool.package], { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  renameSync(half, program);
  return program;
}
