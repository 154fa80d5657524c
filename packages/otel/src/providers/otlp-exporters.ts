import type { Exporter } from './exporter.ts';
import type { LoadPackage } from './load-packages.ts';
import { otlpProtocol, type Env, type Protocol, type Signal } from './otlp-env.ts';
import { BRISK_MS, listBacklog, noBacklog, TwoSpeedExporter } from './two-speed-exporter.ts';
import { ZeroPointExporter, type CollectedMetrics } from './zero-points.ts';

const SUFFIX: { readonly [P in Protocol]: string } = { 'http/protobuf': 'proto', 'http/json': 'http', grpc: 'grpc' };

type NewExporter<Items> = new (config?: { timeoutMillis: number }) => Exporter<Items>;

/** What exporters are made with. */
export interface ExporterSource {
  load: LoadPackage;
  env: Env;
  /** An endpoint that has never answered did not answer. Once per exporter. */
  onDead(signal: Signal, error: Error | undefined): void;
}

/** An exporter that can be told that the process is about to end. */
export interface OwnExporter<Items> {
  exporter: Exporter<Items>;
  hurry: () => void;
}

/** OTLP as the environment says, HTTP with protobuf by default; undefined where the package is missing. */
export function otlpSpanExporter(source: ExporterSource): OwnExporter<unknown[]> | undefined {
  const New = find<unknown[]>(source, 'traces', 'OTLPTraceExporter');
  if (New === undefined) return undefined;
  const exporter = twoSpeeds(source, 'traces', New, listBacklog());
  return { exporter, hurry: () => exporter.hurry() };
}

/** As for spans; a new series goes out as two points, and temporality is as the environment says. */
export function otlpMetricExporter(source: ExporterSource): OwnExporter<CollectedMetrics> | undefined {
  const New = find<CollectedMetrics>(source, 'metrics', 'OTLPMetricExporter');
  if (New === undefined) return undefined;
  const speeds = twoSpeeds(source, 'metrics', New, noBacklog());
  const zeros = new ZeroPointExporter(speeds);
  // A reader asks its exporter how it wants to be served: what OTLP's own exporter answers (it reads the environment) stands,
  // but of gauges only what was just observed: cumulatively the SDK repeats the last value of series that are over, for ever.
  const selectors = new New() as Partial<Selectors>;
  const exporter = Object.assign(zeros, {
    selectAggregation: selectors.selectAggregation?.bind(selectors),
    selectAggregationTemporality: (instrument: unknown) =>
      instrument === 'OBSERVABLE_GAUGE' ? DELTA : (selectors.selectAggregationTemporality?.(instrument) ?? CUMULATIVE),
  });
  return { exporter, hurry: () => speeds.hurry() };
}

const DELTA = 0;
const CUMULATIVE = 1;

interface Selectors {
  selectAggregation(instrument: unknown): unknown;
  selectAggregationTemporality(instrument: unknown): unknown;
}

function twoSpeeds<Items>(
  source: ExporterSource,
  signal: Signal,
  New: NewExporter<Items>,
  backlog: ConstructorParameters<typeof TwoSpeedExporter<Items>>[0]['backlog'],
): TwoSpeedExporter<Items> {
  return new TwoSpeedExporter({
    steady: new New(),
    brisk: new New({ timeoutMillis: BRISK_MS }),
    backlog,
    onFirstFailure: (error) => source.onDead(signal, error),
  });
}

function find<Items>({ load, env }: ExporterSource, signal: Signal, name: string): NewExporter<Items> | undefined {
  const kind = signal === 'traces' ? 'trace' : 'metrics';
  // The JSON exporter is the one that people install by hand: any OTLP endpoint over HTTP takes it.
  const suffixes = new Set([SUFFIX[otlpProtocol(signal, env)], 'http']);
  for (const suffix of suffixes) {
    const found = load(`@opentelemetry/exporter-${kind}-otlp-${suffix}`) as
      | Record<string, NewExporter<Items>>
      | undefined;
    if (found?.[name] !== undefined) return found[name];
  }
  return undefined;
}
