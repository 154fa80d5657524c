import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianProgram } from '../../debian-program.ts';
import { ROOT } from '../../steps.ts';
import { freePorts } from '../free-ports.ts';
import { startService, type Service } from '../start-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A running Alertmanager. */
export interface Alertmanager extends Service {
  /** Host and port, as a Prometheus is told. */
  readonly address: string;
}

/** Why tests of Alertmanager are skipped where there is none. */
export const NO_ALERTMANAGER = "there is no Alertmanager, and no apt-get to get Debian's with";

/** The path of Alertmanager: `ALERTMANAGER`, or Debian's; undefined where there is no Debian to get it from. */
export async function alertmanagerPath(): Promise<string | undefined> {
  const { ALERTMANAGER } = process.env;
  return ALERTMANAGER ?? debianProgram('prometheus-alertmanager', 'prometheus-alertmanager').catch(() => undefined);
}

/** Starts Alertmanager with the deployed routes and inhibitions, whose receivers are webhooks here, and without waiting for company. */
export async function startAlertmanager(
  program: string,
  webhooks: Record<'pages' | 'tickets', string>,
): Promise<Alertmanager> {
  const [{ http }, folder] = await Promise.all([freePorts(['http']), temporaryFolder()]);
  const address = `127.0.0.1:${http}`;
  const config = join(folder.path, 'alertmanager.yml');
  const deployed = await readFile(join(ROOT, 'collector', 'deploy', 'alertmanager.yml'), 'utf8');
  await writeFile(config, withWebhooks(deployed, webhooks));
  const service = await startService(
    program,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder.path, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    { cwd: folder.path, readyUrl: `http://${address}/-/ready` },
  );
  const stop = async (): Promise<void> => {
    await service.stop();
    await folder.remove();
  };
  return { ...service, address, stop, [Symbol.asyncDispose]: stop };
}

function withWebhooks(deployed: string, webhooks: Record<string, string>): string {
  return deployed
    .replace(/group_(wait|interval): .*/g, 'group_$1: 1s')
    .replace(
      /^ {2}- name: (\w+)$/gm,
      (line, name: string) => `${line}\n    webhook_configs: [{ url: ${String(webhooks[name])} }]`,
    );
}
