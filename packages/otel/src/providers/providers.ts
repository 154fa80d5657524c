import type { Meter, MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';
import { SCHEMA_URL, SCOPE_NAME } from '../conventions.ts';
import type { Signals } from '../telemetry/signals.ts';
import { later } from '../later.ts';
import { apiRegistry } from './api-registry.ts';
import { appMeterProvider, appTracerProvider } from './app-providers.ts';
import { EXIT_MS, flushAtExit } from './exit.ts';
import { appPlaces, packageLoader, type LoadPackage } from './load-packages.ts';
import { namesInstance } from './instance-id.ts';
import { isEndpointConfigured, isOtlpWanted, isSdkDisabled, type Env, type Signal } from './otlp-env.ts';
import type { ExporterSource } from './otlp-exporters.ts';
import type { OwnProvider } from './own-provider.ts';
import type { Resource, ResourceAttributes, ResourcesPackage } from './own-resource.ts';
import type { OwnSdk } from './own-sdk.ts';
import { SignalSource } from './signal-source.ts';
import { within } from './within.ts';

const builders = later('./providers/own');

/** `auto` uses the app's providers, or builds unregistered ones where an endpoint is configured; `attach` only the app's; `own` starts and registers a NodeSDK; `off` none. */
export type OtelMode = 'auto' | 'attach' | 'own' | 'off';

/** What providers are found and built with. */
export interface ProvidersOptions {
  mode: OtelMode;
  serviceName: string | undefined;
  /** Further attributes of the resource of what we build. */
  attributes: ResourceAttributes;
  /** Attribution is to travel in baggage. */
  propagates: boolean;
  /** Version of this package, for the instrumentation scope. */
  version: string;
  env: Env;
  /** One line for the operator. */
  notice: (line: string) => void;
  /** A fault of ours or of an SDK that the app must not see. */
  report: (where: string, fault: unknown) => void;
  /** Called before each flush: for what has not become a span yet. */
  beforeFlush: () => void;
  /** The process ends, or all of this does: the time to close what will never be closed otherwise. */
  beforeEnd: () => void;
  /** A tracer provider is registered, by the app or (`own`) by us: the time to put a span processor into it. Called again for another one. */
  onTracerProvider: (provider: TracerProvider, isOurs: boolean) => void;
  /** Default: from where the app has its packages. */
  load?: LoadPackage | undefined;
}

/** Where spans and metrics go, and how they get out before the process ends. */
export interface Providers extends Signals {
  /** Starts what the mode asks for: `own` at once; `auto` builds after the current turn, so that an app that registers in it is found first. */
  start(): void;
  /** Sends all that is there, to the app's providers too. Never rejects; bounded by 10 s, by 1 s where an endpoint is dead. */
  flush(): Promise<void>;
  /** Flushes, and ends what we have started; the app's providers stay. */
  shutdown(): Promise<void>;
  /** Where each signal goes at the moment. */
  where(): { [S in Signal]: 'app' | 'own' | 'nowhere' };
}

const FLUSH_MS = 10_000;
const LOOK_AGAIN_MS = [1000, 10_000];
const NO_INSTANCE =
  "tollgate: the app's metrics have no service.instance.id, so two processes of it would be taken for one; add it to the resource.";
const INSTALL = 'npm i @opentelemetry/sdk-node';

/** Joins the app's providers and our own into the two signals that calls leave by. */
export function createProviders(options: ProvidersOptions): Providers {
  return new ProviderSet(options);
}

class ProviderSet implements Providers {
  readonly #options: ProvidersOptions;
  readonly #traces: SignalSource<TracerProvider, Tracer>;
  readonly #metrics: SignalSource<MeterProvider, Meter>;
  /** Providers of ours that the app's have taken over from: spans that were open then still end in them. */
  readonly #left: OwnProvider<TracerProvider>[] = [];
  #sdk: OwnSdk | undefined;
  #source: ExporterSource | undefined;
  #resource: Resource | undefined;
  #stopListening: (() => void) | undefined;
  #hasNoticedMissing = false;
  #isOver = false;

  constructor(options: ProvidersOptions) {
    this.#options = options;
    const { version } = options;
    this.#traces = new SignalSource<TracerProvider, Tracer>({
      app: appTracerProvider,
      build: () => this.#build('traces', (source, resource) => builders().buildTraces(source, resource)),
      handleOf: (provider) => provider.getTracer(SCOPE_NAME, version, { schemaUrl: SCHEMA_URL }),
      onApp: (provider) => options.onTracerProvider(provider, this.#sdk !== undefined),
      onHandOver: (own) => {
        this.#left.push(own);
        this.#inBackground(own.flush());
      },
    });
    this.#metrics = new SignalSource<MeterProvider, Meter>({
      app: appMeterProvider,
      build: () => this.#build('metrics', (source, resource) => builders().buildMetrics(source, resource)),
      handleOf: (provider) => provider.getMeter(SCOPE_NAME, version, { schemaUrl: SCHEMA_URL }),
      onApp: (provider) => {
        if (namesInstance(provider) === false) options.notice(NO_INSTANCE);
      },
      onHandOver: (own) => this.#inBackground(own.shutdown()),
    });
  }

  tracer(): Tracer | undefined {
    return this.#options.mode === 'off' || this.#isOver ? undefined : this.#traces.current();
  }

  meter(): Meter | undefined {
    return this.#options.mode === 'off' || this.#isOver ? undefined : this.#metrics.current();
  }

  start(): void {
    const { mode, env } = this.#options;
    if (mode === 'own' && !isSdkDisabled(env)) this.#startSdk();
    if (mode === 'off') return;
    // At once, since others' spans may begin in this very turn.
    this.#guarded(() => {
      this.#traces.lookForApp();
      this.#metrics.lookForApp();
    });
    setImmediate(() => this.#look());
    // Calls look for the app's providers themselves. Where there are none (all spans are other emitters'), ring 2 still has to find them.
    for (const ms of LOOK_AGAIN_MS) setTimeout(() => this.#look(), ms).unref();
  }

  async flush(): Promise<void> {
    this.#options.beforeFlush();
    await within(FLUSH_MS, this.#flushAll(), (fault) => this.#options.report('flush', fault));
  }

  async shutdown(): Promise<void> {
    this.#options.beforeEnd();
    if (this.#isOver) return;
    await this.flush();
    this.#stopListening?.();
    this.#isOver = true;
    const own = [...this.#left, this.#traces.own, this.#metrics.own, this.#sdk];
    const ended = Promise.all(own.map(async (provider) => provider?.shutdown()));
    await within(EXIT_MS, ended, (fault) => this.#options.report('shutdown', fault));
  }

  where(): { [S in Signal]: 'app' | 'own' | 'nowhere' } {
    this.#look();
    return { traces: this.#traces.goesTo, metrics: this.#metrics.goesTo };
  }

  /** Finds or builds the providers now, rather than at the first call. */
  #look(): void {
    this.#guarded(() => {
      this.tracer();
      this.meter();
    });
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.#options.report('providers', fault);
    }
  }

  #startSdk(): void {
    const { notice, report } = this.#options;
    if (appTracerProvider() !== undefined || appMeterProvider() !== undefined) {
      notice(
        "tollgate: otel: 'own' starts nothing, because the app has registered OpenTelemetry itself; its providers are used.",
      );
      return;
    }
    try {
      this.#sdk = builders().startOwnSdk(this.#exporterSource(), this.#options);
    } catch (fault) {
      report('own NodeSDK', fault);
    }
    if (this.#sdk === undefined) this.#noticeMissing();
    else this.#listen();
  }

  #mayBuild(signal: Signal): boolean {
    const { mode, env } = this.#options;
    if (mode === 'attach' || !isOtlpWanted(signal, env)) return false;
    // NodeSDKs that don't know the reader that they were given leave metrics out: they are still ours to send.
    return this.#sdk !== undefined || isEndpointConfigured(signal, env);
  }

  #build<P>(
    signal: Signal,
    build: (source: ExporterSource, resource: Resource) => OwnProvider<P> | undefined,
  ): OwnProvider<P> | undefined {
    if (!this.#mayBuild(signal)) return undefined;
    try {
      const source = this.#exporterSource();
      const resource = this.#ownResource(source);
      const own = resource === undefined ? undefined : build(source, resource);
      if (own === undefined) this.#noticeMissing();
      else this.#listen();
      return own;
    } catch (fault) {
      this.#options.report(`own ${signal} provider`, fault);
      return undefined;
    }
  }

  /** One writer, one resource: both signals carry the same instance. */
  #ownResource({ load, env }: ExporterSource): Resource | undefined {
    const resources = load('@opentelemetry/resources') as ResourcesPackage | undefined;
    if (resources === undefined) return undefined;
    return (this.#resource ??= builders().ownResource(resources, env, this.#options));
  }

  #exporterSource(): ExporterSource {
    const { env, notice, report } = this.#options;
    const load = this.#options.load ?? packageLoader(appPlaces(), (name, error) => report(`loading ${name}`, error));
    return (this.#source ??= {
      load,
      env,
      onDead: (signal, error) =>
        notice(
          `tollgate: the OTLP endpoint for ${signal} does not answer (${error?.message ?? 'no reason given'}); ${KEPT[signal]}.`,
        ),
    });
  }

  #noticeMissing(): void {
    if (this.#hasNoticedMissing) return;
    this.#hasNoticedMissing = true;
    this.#options.notice(`tollgate: nothing is exported, OpenTelemetry's SDK is not installed: ${INSTALL}`);
  }

  #listen(): void {
    this.#stopListening ??= flushAtExit((ms, isEnd) => {
      if (isEnd) this.#options.beforeEnd();
      this.#options.beforeFlush();
      for (const own of [this.#traces.own, this.#metrics.own, this.#sdk, ...this.#left]) own?.hurry();
      const ours = this.#sdk === undefined ? this.#flushOwn() : this.#flushAll();
      return within(ms, ours, (fault) => this.#options.report('flush at exit', fault));
    });
  }

  async #flushAll(): Promise<void> {
    if (this.#options.mode === 'off') return;
    const apps = [appTracerProvider(), appMeterProvider()] as { forceFlush?(): Promise<void> }[];
    await Promise.all([this.#flushOwn(), this.#settle(apps.map(async (provider) => provider?.forceFlush?.()))]);
  }

  /** What we have built, and no provider of the app's: at exit those are its own affair. */
  #flushOwn(): Promise<void> {
    const own = [...this.#left, this.#traces.own, this.#metrics.own];
    return this.#settle(own.map(async (provider) => provider?.flush()));
  }

  async #settle(flushes: Promise<void>[]): Promise<void> {
    for (const result of await Promise.allSettled(flushes)) {
      if (result.status === 'rejected')
        apiRegistry().diag?.warn('tollgate: not everything could be sent', result.reason);
    }
  }

  #inBackground(work: Promise<void>): void {
    work.catch((fault: unknown) => this.#options.report('hand-over', fault));
  }
}

const KEPT: { readonly [S in Signal]: string } = {
  traces: 'up to 2,048 spans are kept for it',
  metrics: 'the next export says it all again',
};
