import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build, buildSync } from 'esbuild';

/** Name of the bundle's file, in the function's zip too. CommonJS, which Lambda's Node.js loads fastest. */
export const TRIGGER_BUNDLE_FILE = 'index.js';

/** The `handler` of the Lambda function: the bundle's file and what it exports. */
export const TRIGGER_HANDLER = 'index.handler';

const SOURCE_ROOT = resolve(__dirname, '../..');

const OPTIONS = {
  absWorkingDir: SOURCE_ROOT,
  entryPoints: ['modules/orchestration/trigger/handler.ts'],
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  charset: 'utf8',
  // Both keep the notice that the licence of what is bundled asks for; aws4's own file carries none.
  legalComments: 'eof',
  banner: { js: '/*! Contains aws4, (c) 2013 Michael Hart, MIT licence: github.com/mhart/aws4 */' },
  // A tsconfig.json above the checkout must not have a say.
  tsconfigRaw: {},
  write: false,
  logLevel: 'silent',
} satisfies BuildOptions;

let bundle: string | undefined;
let bundlePath: string | undefined;

/**
 * The trigger function's whole source as one minified file. Built once in a process; the same bytes from every
 * checkout, whatever the folder, the machine or the surrounding TypeScript settings.
 */
export function bundleTriggerFunction(): string {
  bundle ??= onlyFile(buildSync(OPTIONS));
  return bundle;
}

/**
 * Builds {@link bundleTriggerFunction}'s bundle ahead, beside whatever else the process does meanwhile. A program may leave it out;
 * the first use then waits for the build, and for the thread that esbuild starts in order to wait.
 */
export async function prepareTriggerBundle(): Promise<void> {
  bundle ??= onlyFile(await build(OPTIONS));
}

/**
 * Path of a file that holds {@link bundleTriggerFunction}, for `TerraformAsset`, which copies it into the stack's
 * directory at synthesis. The file lies in a fresh temporary folder of this process, and goes when the process ends.
 */
export function triggerBundlePath(): string {
  if (!bundlePath) {
    const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-trigger-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    bundlePath = join(folder, TRIGGER_BUNDLE_FILE);
    writeFileSync(bundlePath, bundleTriggerFunction());
  }
  return bundlePath;
}

function onlyFile({ outputFiles }: BuildResult<typeof OPTIONS>): string {
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild built no file for the trigger function.');
  return file.text;
}
