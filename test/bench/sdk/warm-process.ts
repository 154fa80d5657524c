import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Variant } from './variant.ts';
import type { Question } from './worker.ts';

/** A process with one variant in it, that stays warm between measurements and does nothing while others run. */
export class WarmProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when the process is ready. `project`: a file of the project whose SDKs it loads. */
  static async start(variant: Variant, project: string): Promise<WarmProcess> {
    const worker = fileURLToPath(new URL('worker.ts', import.meta.url));
    const warm = new WarmProcess(fork(worker, [variant, project], { execArgv: [] }));
    await warm.#reply();
    return warm;
  }

  /** µs of CPU per call or parse, or bytes of heap. */
  async ask(question: Question): Promise<number> {
    this.#child.send(question);
    return this.#reply();
  }

  stop(): void {
    this.#child.kill();
  }

  #reply(): Promise<number> {
    return new Promise((resolve, reject) => {
      const exited = (code: number | null): void => reject(new Error(`a measured process has ended with ${code}`));
      this.#child.once('exit', exited);
      this.#child.once('message', ({ value, error }: { value: number; error?: string }) => {
        this.#child.off('exit', exited);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
    });
  }
}
