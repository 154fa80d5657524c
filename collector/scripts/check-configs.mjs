// Has every config file in config/ and deploy/, and the one for contrib in the connector's README, read by the program that it
// is for. Say which to check, default all:
// `node collector/scripts/check-configs.mjs collector deploy contrib prometheus alertmanager`. PROMTOOL and AMTOOL may name programs.
// Nothing here can read Tempo's and Grafana's files: neither program is to be had as a package.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binary = join(root, 'bin', 'tollgate-collector');

const CHECKS = {
  collector() {
    if (!existsSync(binary)) throw new Error('there is no Collector: run `npm run collector:build` first');
    for (const file of readdirSync(join(root, 'config'))) run(binary, ['validate', '--config', join('config', file)]);
  },
  deploy() {
    const files = ['compose.yaml', 'kubernetes.yaml'].map((file) => join(root, 'deploy', file));
    run('go', ['run', '.', ...files], join(root, 'tools', 'deploycheck'));
  },
  contrib() {
    const readme = join(root, 'connector', 'genaiusageconnector', 'README.md');
    run('go', ['run', '.', readme], join(root, 'tools', 'contribcheck'));
  },
  prometheus() {
    run(process.env['PROMTOOL'] ?? 'promtool', ['check', 'config', join('deploy', 'prometheus.yml')]);
  },
  alertmanager() {
    run(process.env['AMTOOL'] ?? 'amtool', ['check-config', join('deploy', 'alertmanager.yml')]);
  },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CHECKS);
for (const name of wanted) {
  const check = CHECKS[name];
  if (check === undefined)
    throw new Error(`nothing to check by the name of ${name}: ${Object.keys(CHECKS).join(', ')}`);
  check();
  console.log(`${name}: valid`);
}

function run(command, args, cwd = root) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) throw new Error(`${command} could not be run: ${error.message}`);
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  process.exit(1);
}
