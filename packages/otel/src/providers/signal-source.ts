import type { OwnProvider } from './own-provider.ts';

/** How one signal finds its provider. */
export interface SourceOptions<Provider, Handle> {
  /** The provider that the app has registered, if any. Asked at every call: it must be cheap. */
  app(): Provider | undefined;
  /** Builds one of our own, where somebody has said where to send to. Asked once. */
  build(): OwnProvider<Provider> | undefined;
  /** The tracer or the meter to use. */
  handleOf(provider: Provider): Handle;
  /** The app has registered a provider. */
  onApp(provider: Provider): void;
  /** The app's provider takes over from ours. */
  onHandOver(own: OwnProvider<Provider>): void;
}

/** One signal's way out: the app's provider as soon as there is one, else our own, else none. */
export class SignalSource<Provider, Handle> {
  readonly #options: SourceOptions<Provider, Handle>;
  #from: Provider | undefined;
  #handle: Handle | undefined;
  #own: OwnProvider<Provider> | undefined;
  #isBuilt = false;

  constructor(options: SourceOptions<Provider, Handle>) {
    this.#options = options;
  }

  /** Our own provider, where it is in use. */
  get own(): OwnProvider<Provider> | undefined {
    return this.#own;
  }

  /** Where the signal goes at the moment. */
  get goesTo(): 'app' | 'own' | 'nowhere' {
    if (this.#from === undefined) return 'nowhere';
    return this.#from === this.#own?.provider ? 'own' : 'app';
  }

  /** The tracer or meter of the moment; undefined where the signal goes nowhere. */
  current(): Handle | undefined {
    const app = this.#options.app();
    if (app === undefined) return this.#fromOwn();
    if (app !== this.#from) this.#takeApp(app);
    return this.#handle;
  }

  /** Takes the app's provider if there is one, and builds none. */
  lookForApp(): void {
    const app = this.#options.app();
    if (app !== undefined && app !== this.#from) this.#takeApp(app);
  }

  #takeApp(app: Provider): void {
    // First: a tracer keeps the sampler that its provider had when it was made.
    this.#options.onApp(app);
    this.#use(app);
    const own = this.#own;
    this.#own = undefined;
    if (own !== undefined) this.#options.onHandOver(own);
  }

  #fromOwn(): Handle | undefined {
    if (!this.#isBuilt) {
      this.#isBuilt = true;
      this.#own = this.#options.build();
    }
    const provider = this.#own?.provider;
    if (provider !== this.#from) this.#use(provider);
    return this.#handle;
  }

  #use(provider: Provider | undefined): void {
    this.#from = provider;
    this.#handle = provider === undefined ? undefined : this.#options.handleOf(provider);
  }
}
