import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Jest makes an `AsyncLocalStorage` for each file and leaves it enabled. Before Node.js 24, each promise then visits those of all the files
 * that the worker has run: a tenth of the tests' time.
 */
export class AsyncStorages {
  private readonly used = new Set<AsyncLocalStorage<unknown>>();

  constructor() {
    const { used } = this;
    const { run } = AsyncLocalStorage.prototype;
    AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...words: Parameters<typeof run>) {
      used.add(this);
      return Reflect.apply(run, this, words);
    } as typeof run;
  }

  /** After a file. One that is used again is enabled again. */
  close(): void {
    for (const storage of this.used) storage.disable();
    this.used.clear();
  }
}
