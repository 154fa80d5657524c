import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { BOARDS } from './all-boards.ts';

const ROOT = new URL('../../../', import.meta.url);

function yaml(path: string): unknown {
  return parse(readFileSync(new URL(path, ROOT), 'utf8'));
}

const { datasources } = yaml('dashboards/grafana/provisioning/datasources/tollgate.yaml') as {
  datasources: { uid: string; type: string; url: string; jsonData?: Record<string, unknown> }[];
};
const { providers } = yaml('dashboards/grafana/provisioning/dashboards/tollgate.yaml') as {
  providers: { type: string; options: { path: string } }[];
};
const { services } = yaml('collector/deploy/compose.yaml') as {
  services: Record<string, { volumes?: string[]; command?: string[] }>;
};

test('there is a data source of each kind that boards choose from, at a service of the deployment', () => {
  expect(datasources.map(({ type }) => type)).toEqual(['prometheus', 'tempo']);
  for (const { url } of datasources) expect(Object.keys(services)).toContain(new URL(url).hostname);
});

test('an exemplar leads to the trace by the label that Prometheus gives it', () => {
  const [prometheus, tempo] = datasources;
  expect(prometheus?.jsonData?.['exemplarTraceIdDestinations']).toEqual([
    { name: 'trace_id', datasourceUid: tempo?.uid },
  ]);
  expect(services['prometheus']?.command).toContain(
    '--enable-feature=exemplar-storage,created-timestamp-zero-ingestion',
  );
});

test('the interval of rates is that of the slowest writer', () => {
  expect(datasources[0]?.jsonData?.['timeInterval']).toBe('60s');
});

test('the deployment mounts provisioning and boards where Grafana looks for them', () => {
  const mounts = (services['grafana']?.volumes ?? []).map((volume) => volume.split(':'));
  const sourceOf = (target: string): string | undefined => mounts.find(([, to]) => to === target)?.[0];
  expect(sourceOf('/etc/grafana/provisioning')).toBe('../../dashboards/grafana/provisioning');
  expect(sourceOf(providers[0]?.options.path ?? '')).toBe('../../dashboards/grafana/dashboards');
  for (const [source = ''] of mounts.filter(([from]) => from?.startsWith('.')))
    expect(existsSync(new URL(source, new URL('collector/deploy/', ROOT))), source).toBe(true);
});

test('the folder of boards has every board and nothing else', () => {
  const files = readdirSync(new URL('dashboards/grafana/dashboards/', ROOT));
  expect(files.toSorted()).toEqual(BOARDS.map(({ uid }) => `${uid}.json`).toSorted());
});
