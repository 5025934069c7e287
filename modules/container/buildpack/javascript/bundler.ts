import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
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

/** Longest time that a bundle takes, in milliseconds. */
const LONGEST = 10 * 60_000;

/** Bundles with esbuild: in a thread if plugins are needed, since synthesis is synchronous and plugins are not. */
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

function bundledApart(input: BundlerInput): Bundled | NotBundled {
  thread ??= startedThread();
  const { port1: here, port2: there } = new MessageChannel();
  const isDone = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const options: BuildOptions = { ...input.options, write: false, metafile: true };
  thread.postMessage({ input: JSON.stringify({ ...input, options }), there, isDone }, [there]);
  if (Atomics.wait(isDone, 0, 0, LONGEST) === 'timed-out')
    throw new Error('the bundler did not answer within 10 minutes');
  const answer: string = receiveMessageOnPort(here)?.message;
  here.close();
  return JSON.parse(answer);
}

/** The thread whose own thread has esbuild run with plugins. It stays for the next bundle: each start of esbuild takes longer than most bundles. */
let thread: Worker | undefined;

/** With nothing of this process that changes bundles, and without its loaders: they would be started in the thread too. */
function startedThread(): Worker {
  const started = new Worker(join(__dirname, 'bundler-watch.js'), {
    workerData: { program: join(__dirname, 'bundler-program.js'), esbuild: require.resolve('esbuild') },
    env: { PATH: process.env.PATH },
    execArgv: [],
  });
  // The process ends when its own work is done.
  started.unref();
  return started;
}
