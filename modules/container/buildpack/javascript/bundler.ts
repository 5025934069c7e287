import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type BuildOptions, buildSync, type Message, type Metafile } from 'esbuild';
import { isBuildFailure } from '../../../orchestration/function-bundle';

/** What is bundled, and how packages and files are taken. */
export interface BundlerInput {
  readonly options: BuildOptions;
  /** Contents in place of those of files, as JavaScript, by absolute path. */
  readonly edited: { readonly [file: string]: string };
  /** Names of packages, or patterns with `*`, that code finds when it runs. */
  readonly keptOut: readonly string[];
  /** Names of packages that code finds missing when it runs, wherever they are not installed. */
  readonly absent: readonly string[];
}

/** An import of a package that is kept out. */
export interface KeptImport {
  readonly name: string;
  /** The file that the import means here; undefined if the package is not installed. */
  readonly file?: string;
  /** The file with the import. */
  readonly importer: string;
}

/** What a bundler made. */
export interface Bundled {
  readonly outputFiles: readonly { readonly path: string; readonly text: string }[];
  readonly metafile: Metafile;
  readonly warnings: readonly Message[];
  readonly kept: readonly KeptImport[];
}

/** Why it made nothing. */
export interface NotBundled {
  readonly errors: readonly Message[];
}

/** Most bytes of a bundle with its source map. */
const MAX_OUTPUT = 1024 ** 3;

/** Bundles by esbuild; in a process of its own if it takes plugins, since synthesis waits for nothing and plugins must be waited for. */
export function bundled(input: BundlerInput): Bundled | NotBundled {
  const plain = [input.keptOut, input.absent, Object.keys(input.edited)].every((list) => list.length === 0);
  return plain ? bundledHere(input.options) : bundledApart(input);
}

function bundledHere(options: BuildOptions): Bundled | NotBundled {
  try {
    const { outputFiles = [], metafile, warnings } = buildSync({ ...options, write: false, metafile: true });
    if (metafile === undefined) throw new Error('esbuild says nothing of what it bundled');
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
  if (status !== 0) throw new Error(`the bundler ended with ${status}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
