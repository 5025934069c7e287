import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { type Context, compileFunction, runInContext } from 'node:vm';
import { withKeptWork } from './kept-work';

/** By this name `shared-module.js` finds {@link SharedModules.load}. */
export const LOADER = Symbol.for('cdktf-batch-jobs shared modules');

interface LoadedModule {
  exports: unknown;
}

/** Modules of packages, loaded once into a context for all the test files that run in it. */
export class SharedModules {
  private readonly modules = new Map<string, LoadedModule>();

  /** @param filesChange whether the project's files can change while the modules stay: Jest watches them */
  constructor(
    private readonly context: Context,
    private readonly filesChange: boolean,
  ) {}

  /** What the CommonJS module exports. */
  readonly load = (file: string): unknown => {
    const known = this.modules.get(file);
    if (known !== undefined) return known.exports;
    const loaded: LoadedModule = { exports: runInContext('({})', this.context) };
    this.modules.set(file, loaded);
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.json')) loaded.exports = runInContext('JSON.parse', this.context)(text);
    else this.run(file, text, loaded);
    loaded.exports = withKeptWork(file, loaded.exports, this.filesChange);
    return loaded.exports;
  };

  private run(file: string, text: string, loaded: LoadedModule): void {
    const names = ['module', 'exports', 'require', '__filename', '__dirname'];
    const body = compileFunction(text, names, { filename: file, parsingContext: this.context });
    const native = createRequire(file);
    const required = Object.assign(
      (name: string) => (isBuiltin(name) || name.endsWith('.node') ? native(name) : this.load(native.resolve(name))),
      { resolve: native.resolve, cache: {}, main: undefined, extensions: {} },
    );
    body.call(loaded.exports, loaded, loaded.exports, required, file, dirname(file));
  }
}
