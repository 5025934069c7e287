import nodeModule from 'node:module';

/** Node.js has the first since 22.1, the second since 22.10. */
interface CompileCache {
  readonly enableCompileCache?: () => unknown;
  readonly flushCompileCache?: () => void;
}

const { enableCompileCache, flushCompileCache } = nodeModule as CompileCache;

// Must be imported before what it is for. A command starts in four fifths of the time: CDKTF and the provider are large.
enableCompileCache?.();

/** Keeps the compiled code of the modules that are loaded by now, so that the next process loads them faster. */
export function keepCompiled(): void {
  flushCompileCache?.();
}
