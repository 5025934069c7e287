import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions, BuildResult } from 'esbuild';

/** The repository, or the folder `dist` of the package. */
const ROOT = resolve(__dirname, '..');

/** Name of the bundle's file, in a function's zip too. CommonJS, which Lambda's Node.js loads fastest. */
export const BUNDLE_FILE = 'index.js';

/** Where the package has the bundle of a program. The repository has none: it bundles from source. */
export function bundlePath(name: string, root = ROOT): string {
  return join(root, 'programs', `${name}.js`);
}

/**
 * A program of this project that runs at AWS, as one minified file. The package contains it as it was bundled for the release; from source, it is
 * bundled once in a process. The same bytes from every checkout, regardless of the folder, the machine and the surrounding TypeScript settings.
 */
export class BundledProgram {
  private bundle: string | undefined;

  /**
   * @param name name of its bundle in the package
   * @param entryPoint the program's first file, from the project's root
   * @param target the oldest Node.js that runs it
   */
  constructor(
    readonly name: string,
    private readonly entryPoint: string,
    private readonly target: string,
  ) {}

  /** The bundle's text. */
  text(): string {
    this.bundle ??= this.released() ?? this.onlyFile(esbuild().buildSync(this.options()));
    return this.bundle;
  }

  /**
   * Builds the bundle ahead, in parallel to the rest of the process. A program may leave it out; the first use then waits for the build, and for
   * the thread that esbuild starts to wait.
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
      // Both keep the notice that the licence of what is bundled asks for; aws4's own file carries none.
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

/** Loaded when something is bundled. */
function esbuild() {
  return require('esbuild') as typeof import('esbuild');
}
