import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type BuildOptions, buildSync, type Message, type Metafile } from 'esbuild';
import { isBuildFailure } from '../../../orchestration/function-bundle';

/** What to bundle, and which packages and files to treat differently. */
export interface BundlerInput {
  readonly options: BuildOptions;
  /** JavaScript to use instead of the content of a file, by absolute path. */
  readonly edited: { readonly [file: string]: string };
  /** Packages that are installed in the image and loaded when the code runs: names, or patterns with `*`. */
  readonly keptOut: readonly string[];
  /** Names of packages that code finds missing when it runs, if they aren't installed. */
  readonly absent: readonly string[];
}

/** An import of a package that stays out of the bundle. */
export interface KeptImport {
  readonly name: string;
  /** The file that the import resolves to on this machine. Undefined if the package isn't installed. */
  readonly file?: string;
  /** The file that contains the import. */
  readonly importer: string;
}

/** The result of the bundler. */
export interface Bundled {
  readonly outputFiles: readonly { readonly path: string; readonly text: string }[];
  readonly metafile: Metafile;
  readonly warnings: readonly Message[];
  readonly kept: readonly KeptImport[];
}

/** Why there is no result. */
export interface NotBundled {
  readonly errors: readonly Message[];
}

/** Maximum size of a bundle with its source map, in bytes. */
const MAX_OUTPUT = 1024 ** 3;

/** Bundles with esbuild: in a separate process if plugins are needed, since synthesis is synchronous and plugins are not. */
export function bundled(input: BundlerInput): Bundled | NotBundled {
  const plain = [input.keptOut, input.absent, Object.keys(input.edited)].every((list) => list.length === 0);
  return plain ? bundledHere(input.options) : bundledApart(input);
}

function bundledHere(options: BuildOptions): Bundled | NotBundled {
  try {
    const { outputFiles = [], metafile, warnings } = buildSync({ ...options, write: false, metafile: true });
    if (metafile === undefined) throw new Error('esbuild returned no metafile');
    return { outputFiles, metafile, warnings, kept: [] };
  } catch (error) {
    if (isBuildFailure(error)) return { errors: error.errors };
    throw error;
  }
}

function bundledApart({ options, ...input }: BundlerInput): Bundled | NotBundled {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [join(__dirname, 'bundler-program.js')], {
    input: JSON.stringify({
      ...input,
      esbuild: require.resolve('esbuild'),
      options: { ...options, write: false, metafile: true },
    }),
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
    maxBuffer: MAX_OUTPUT,
  });
  if (status !== 0) throw new Error(`the bundler exited with ${status}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
