import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions, BuildResult } from 'esbuild';

/** The repository, or the package's `dist` folder. */
const ROOT = resolve(__dirname, '../..');

/** File name of the bundle, also in a function's zip. CommonJS, because Lambda's Node.js loads it fastest. */
export const BUNDLE_FILE = 'index.js';

/** Path of a program's bundle in the package. The repository has none: it bundles from source. */
export function bundlePath(name: string, root = ROOT): string {
  return join(root, 'programs', `${name}.js`);
}

/**
 * A program of this project that runs in AWS, as one minified file. The package includes the bundle of its release. From source, the
 * program is bundled once per process. The bytes are the same from every checkout, regardless of the folder, the machine and the
 * surrounding TypeScript settings.
 */
export class BundledProgram {
  private bundle: string | undefined;

  /**
   * @param name name of the bundle in the package
   * @param entryPoint the program's first file, relative to the project's root
   * @param target the oldest Node.js that runs it
   */
  constructor(
    readonly name: string,
    private readonly entryPoint: string,
    private readonly target: string,
  ) {}

  /** The bundle's source code. */
  text(): string {
    this.bundle ??= this.released() ?? this.onlyFile(esbuild().buildSync(this.options()));
    return this.bundle;
  }

  /**
   * Starts the build in parallel with the rest of the process. Optional: without it, the first use waits for the build and for esbuild's
   * thread to start.
   */
  async prepare(): Promise<void> {
    this.bundle ??= this.released() ?? this.onlyFile(await esbuild().build(this.options()));
  }

  private released(): string | undefined {
    const path = bundlePath(this.name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  private options(): BuildOptions & { readonly write: false } {
    return {
      absWorkingDir: ROOT,
      entryPoints: [this.entryPoint],
      bundle: true,
      minify: true,
      platform: 'node',
      target: this.target,
      format: 'cjs',
      charset: 'utf8',
      // Both keep the notice that the license of the bundled code requires. aws4's file has none.
      legalComments: 'eof',
      banner: { js: '/*! Contains aws4, (c) 2013 Michael Hart, MIT licence: github.com/mhart/aws4 */' },
      // Ignores any tsconfig.json outside the checkout.
      tsconfigRaw: {},
      write: false,
      logLevel: 'silent',
    };
  }

  private onlyFile({ outputFiles = [] }: BuildResult): string {
    const [file] = outputFiles;
    if (file === undefined) throw new Error(`esbuild built no file for ${this.entryPoint}.`);
    return file.text;
  }
}

/** Loaded only to bundle. */
function esbuild() {
  return require('esbuild') as typeof import('esbuild');
}
