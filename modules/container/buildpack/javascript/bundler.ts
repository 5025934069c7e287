import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildFailure, type BuildOptions, buildSync, type Message, type Metafile } from 'esbuild';

/** What a bundler made. */
export interface Bundled {
  readonly outputFiles: readonly { readonly path: string; readonly text: string }[];
  readonly metafile: Metafile;
}

/** Most bytes of a bundle with its source map. */
const MAX_OUTPUT = 1024 ** 3;

/**
 * Bundles by esbuild alone.
 *
 * @throws esbuild's failure with its errors
 */
export function bundled(options: BuildOptions): Bundled {
  const { outputFiles = [], metafile } = buildSync({ ...options, write: false, metafile: true });
  if (metafile === undefined) throw new Error('esbuild says nothing of what it bundled');
  return { outputFiles, metafile };
}

/** Path of the compiler that a file's project has installed, undefined if it has none. */
export function compilerOf(file: string): string | undefined {
  try {
    return createRequire(file).resolve('typescript');
  } catch {
    return undefined;
  }
}

/**
 * Bundles with the types of decorated members kept, by the compiler of the project.
 *
 * @throws what {@link bundled} throws
 */
export function bundledWithMetadata(options: BuildOptions, typescript: string): Bundled {
  const input = {
    esbuild: require.resolve('esbuild'),
    typescript,
    options: { ...options, write: false, metafile: true },
  };
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [join(__dirname, 'decorator-metadata.js')], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (status !== 0) throw new Error(`the bundler ended with ${status}: ${error?.message ?? stderr}`);
  const result: Bundled | { readonly errors: Message[] } = JSON.parse(stdout);
  if (!('errors' in result)) return result;
  const failure: BuildFailure = Object.assign(new Error('the bundle failed'), { errors: result.errors, warnings: [] });
  throw failure;
}
