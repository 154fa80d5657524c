import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../steps.ts';
import { freePorts } from './free-ports.ts';
import { programPath } from './programs.ts';
import { startService, type Service } from './start-service.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How Prometheus is started. */
export interface PrometheusOptions {
  /** Absolute paths of rule files. Default: none. */
  rules?: readonly string[] | undefined;
  /** How often rules are evaluated. Default `1s`. */
  evaluationInterval?: string | undefined;
  /** Host and port of an Alertmanager. Default: none. */
  alertmanager?: string | undefined;
  /** How late a point may come. Default: as deployed; Prometheus' own default is `0s`. */
  outOfOrderWindow?: string | undefined;
  /** Flags beside those that it needs, e.g. `--enable-feature=…`. */
  flags?: readonly string[] | undefined;
}

/** A running Prometheus that takes OTLP, empty at first. */
export interface Prometheus extends Service {
  readonly url: string;
}

/** Starts Prometheus on a free port with the otlp and storage sections of collector/deploy/prometheus.yml. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<Prometheus> {
  const [program, { http }, folder] = await Promise.all([
    programPath('prometheus'),
    freePorts(['http']),
    temporaryFolder(),
  ]);
  const config = join(folder.path, 'prometheus.yml');
  const url = `http://127.0.0.1:${http}`;
  await writeFile(config, configOf(await readFile(`${ROOT}collector/deploy/prometheus.yml`, 'utf8'), options));
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder.path, 'data')}`,
    `--web.listen-address=127.0.0.1:${http}`,
    '--web.enable-otlp-receiver',
    ...(options.flags ?? []),
  ];
  const service = await startService(program, args, {
    cwd: folder.path,
    readyUrl: `${url}/-/ready`,
    isExpendable: true,
  });
  const stop = async (): Promise<void> => {
    await service.stop();
    await folder.remove();
  };
  return { ...service, url, stop, [Symbol.asyncDispose]: stop };
}

/** The deployed file up to its rules and alerts, whose paths and hosts only exist in containers. */
function configOf(
  deployed: string,
  { rules = [], evaluationInterval = '1s', outOfOrderWindow = '$1', alertmanager }: PrometheusOptions,
): string {
  const end = deployed.indexOf('rule_files:');
  if (end === -1) throw new Error('collector/deploy/prometheus.yml has no rule_files to cut it at');
  const targets = alertmanager === undefined ? [] : [{ static_configs: [{ targets: [alertmanager] }] }];
  // JSON is YAML.
  return [
    deployed
      .slice(0, end)
      .replace(/evaluation_interval: \w+/, `evaluation_interval: ${evaluationInterval}`)
      .replace(/out_of_order_time_window: (\w+)/, `out_of_order_time_window: ${outOfOrderWindow}`),
    `rule_files: ${JSON.stringify(rules)}`,
    `alerting: ${JSON.stringify({ alertmanagers: targets })}`,
    '',
  ].join('\n');
}
