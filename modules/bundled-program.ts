import { resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build, buildSync } from 'esbuild';

const PROJECT_ROOT = resolve(__dirname, '..');

/** Name of the bundle's file, in a function's zip too. CommonJS, which Lambda's Node.js loads fastest. */
export const BUNDLE_FILE = 'index.js';

/**
 * A program of this project's own that runs at AWS, as one minified file. Built once in a process; the same bytes from every checkout,
 * whatever the folder, the machine or the surrounding TypeScript settings.
 */
export class BundledProgram {
  private readonly options: BuildOptions & { readonly write: false };
  private bundle: string | undefined;

  /**
   * @param entryPoint the program's first file, from the project's root
   * @param target the oldest Node.js that runs it
   */
  constructor(
    private readonly entryPoint: string,
    target: string,
  ) {
    this.options = {
      absWorkingDir: PROJECT_ROOT,
      entryPoints: [entryPoint],
      bundle: true,
      minify: true,
      platform: 'node',
      target,
      format: 'cjs',
      charset: 'utf8',
      // Both keep the notice that the licence of what is bundled asks for; aws4's own file carries none.
      legalComments: 'eof',
      banner: { js: '/*! Contains aws4, (c) 2013 Michael Hart, MIT licence: github.com/mhart/aws4 */' },
      // A tsconfig.json above the checkout must not have a say.
      tsconfigRaw: {},
      write: false,
      logLevel: 'silent',
    };
  }

  /** The bundle's text. */
  text(): string {
    this.bundle ??= this.onlyFile(buildSync(this.options));
    return this.bundle;
  }

  /**
   * Builds the bundle ahead, beside whatever else the process does meanwhile. A program may leave it out; the first use then waits for
   * the build, and for the thread that esbuild starts in order to wait.
   */
  async prepare(): Promise<void> {
    this.bundle ??= this.onlyFile(await build(this.options));
  }

  private onlyFile({ outputFiles = [] }: BuildResult): string {
    const [file] = outputFiles;
    if (file === undefined) throw new Error(`esbuild built no file for ${this.entryPoint}.`);
    return file.text;
  }
}
