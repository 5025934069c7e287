import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const SOURCE_ROOT = resolve(__dirname, '../../..');

/** The `handler` of the function: the bundle's file and what it exports. */
export const BUILDER_HANDLER = 'index.handler';

let bundle: string | undefined;
let path: string | undefined;

/** The builder function's whole source as one minified file: the same bytes from every checkout. Built once in a process. */
export function bundleBuilderFunction(): string {
  bundle ??= build();
  return bundle;
}

/** Path of a file with the bundle, for `TerraformAsset`. It lies in a temporary folder of this process, and goes with it. */
export function builderBundlePath(): string {
  if (path === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-builder-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    path = join(folder, 'index.js');
    writeFileSync(path, bundleBuilderFunction());
  }
  return path;
}

function build(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: SOURCE_ROOT,
    entryPoints: ['modules/container/builder/function/handler.ts'],
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
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild built no file for the builder function.');
  return file.text;
}
