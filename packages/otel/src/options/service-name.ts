import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a process is called when nobody says: OpenTelemetry's own variables, the nearest package.json, 'unknown_service'. */
export function defaultServiceName(env: NodeJS.ProcessEnv, directory: string): string {
  const inResource = /(?:^|,)\s*service\.name\s*=([^,]+)/.exec(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '')?.[1];
  const names = [env['OTEL_SERVICE_NAME'], inResource].map((name) => name?.trim()).filter(Boolean);
  return names[0] ?? packageName(directory) ?? 'unknown_service';
}

/** The name in the nearest package.json that has one. */
function packageName(directory: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { name?: unknown };
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // Not there, or not readable: the next one upwards may be.
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : packageName(parent);
}
