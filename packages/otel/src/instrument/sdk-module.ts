/** An SDK that we know: which files of which package hold its client classes, and how a loaded one is hooked. */
export interface SdkModule {
  /** The package's name, as it is installed. */
  readonly name: string;
  /** Files of the package, without extension, whose exports hold the client classes, newest layout first. */
  readonly entries: readonly string[];
  /** Hooks the classes among a module's exports. Safe to call twice for the same class. */
  hook(exports: object): HookResult;
}

/** What came of hooking one loaded module. `nothing`: it holds no class of interest, another file of the package does. */
export type HookResult = { state: 'hooked' } | { state: 'nothing' } | { state: 'failed'; why: string };
