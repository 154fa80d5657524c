import { list, type Env } from './otlp-env.ts';

/** Attributes of a resource. */
export type ResourceAttributes = Readonly<Record<string, string | number | boolean>>;

/** The part of `@opentelemetry/resources` that we use. */
export interface ResourcesPackage {
  defaultResource(): Resource;
  resourceFromAttributes(attributes: ResourceAttributes): Resource;
  detectResources(config: { detectors: Detector[] }): Resource;
  envDetector: Detector;
  hostDetector: Detector;
  osDetector: Detector;
  processDetector: Detector;
}
/** A resource of the SDK's, as far as it is handled here. */
export interface Resource {
  merge(other: Resource): Resource;
}
interface Detector {
  detect(config?: unknown): { attributes?: Record<string, unknown> | undefined };
}

/** What the app says of itself. */
export interface Who {
  serviceName: string | undefined;
  attributes: ResourceAttributes;
}

/** Command lines hold keys and names of people more often than not. */
const PRIVATE = new Set(['process.command_args', 'process.command', 'process.command_line', 'process.owner']);

/** The detectors that OpenTelemetry runs by default (or by `OTEL_NODE_RESOURCE_DETECTORS`), without command line and owner of the process. */
export function ownDetectors(resources: ResourcesPackage, env: Env): Detector[] {
  const byName: Record<string, Detector> = {
    process: withoutPrivate(resources.processDetector),
    host: resources.hostDetector,
    os: resources.osDetector,
    env: resources.envDetector,
  };
  const named = list(env['OTEL_NODE_RESOURCE_DETECTORS']);
  if (named.length === 0 || named.includes('all')) return Object.values(byName);
  return Object.entries(byName).flatMap(([name, detector]) => (named.includes(name) ? [detector] : []));
}

/** A new instance at each start, so that two writers are never taken for one. */
export function instanceResource(resources: ResourcesPackage): Resource {
  // Its import would load all of Web Crypto.
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const instance = resources.resourceFromAttributes({ 'service.instance.id': randomUUID() });
  return resources.defaultResource().merge(instance);
}

/** Who writes, in providers that we build ourselves: what the environment says wins, and what the app has said wins over that. */
export function ownResource(resources: ResourcesPackage, env: Env, { serviceName, attributes }: Who): Resource {
  const detected = resources.detectResources({ detectors: ownDetectors(resources, env) });
  const named = { ...attributes, ...(serviceName !== undefined && { 'service.name': serviceName }) };
  return instanceResource(resources).merge(detected).merge(resources.resourceFromAttributes(named));
}

function withoutPrivate(detector: Detector): Detector {
  return {
    detect(config) {
      const { attributes = {}, ...rest } = detector.detect(config);
      const kept = Object.entries(attributes).filter(([key]) => !PRIVATE.has(key));
      return { ...rest, attributes: Object.fromEntries(kept) };
    },
  };
}
