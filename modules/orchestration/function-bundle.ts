import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BuildFailure, type BuildOptions, buildSync, type Message } from 'esbuild';
import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { BUNDLE_FILE } from './bundled-program';

/** Exports that can be the handler. The first one that exists is used. */
const HANDLER_EXPORTS = ['handler', 'default'] as const;

/** A file and its imports as one file, and the `handler` setting of the Lambda function. */
export interface FunctionBundle {
  readonly text: string;
  /** `index.handler` or `index.default`. */
  readonly handler: string;
}

/** Why a file cannot be bundled. */
export interface BundleProblem {
  readonly problem: Finding;
}

/**
 * Bundles a JavaScript or TypeScript file with its imports. The bytes are the same in every folder and on every machine, because the
 * bundle includes no paths of the machine.
 *
 * @param baseDir folder that the path is relative to
 * @param handlerName the export that is the handler. @default `handler`, else the default export
 */
export function bundleFunction(
  baseDir: string,
  entryfilePath: string,
  handlerName?: string,
): FunctionBundle | BundleProblem {
  const root = resolve(baseDir);
  const entry = resolve(root, entryfilePath);
  const stats = statSync(entry, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    const found =
      stats === undefined ? foundValue(entryfilePath, ': no such file') : foundValue(entryfilePath, ': a folder');
    const fix = "correct the path: it is relative to the config's folder";
    return { problem: { found, accepted: 'the path of a file that exports the handler', fix } };
  }
  try {
    const sdk = sdkOfRuntime(entry);
    const handler = handlerExport({ ...options(root, entry), external: sdk }, handlerName);
    if (typeof handler !== 'string') return { problem: noHandler(entryfilePath, handler.found, handlerName) };
    return {
      text: outputOf(buildSync({ ...options(root, entry), external: sdk, format: 'cjs', write: false })),
      handler: `index.${handler}`,
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { problem: bundleFailure(entryfilePath, error.errors) };
  }
}

/** Packages of the AWS SDK, which Lambda's Node.js has, unless the project has its own: the versions can differ. */
function sdkOfRuntime(entry: string): string[] {
  return hasOwnSdk(dirname(entry)) ? [] : ['@aws-sdk/*', '@smithy/*'];
}

/** Whether Node.js would find the SDK for a file in a folder. */
function hasOwnSdk(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', '@aws-sdk'))) return true;
  return folder !== dirname(folder) && hasOwnSdk(dirname(folder));
}

function noHandler(entryfilePath: string, found: string, name?: string): Finding {
  return {
    found: foundValue(entryfilePath, `: ${found}`),
    accepted: name === undefined ? 'an export named handler, or a default export' : `an export named ${name}`,
    fix: `write \`export async function ${name ?? 'handler'}(event) { ... }\``,
  };
}

/**
 * The export that is the handler, from esbuild's list of exports. For a CommonJS file the list is empty.
 *
 * @param name the export that must be there. @default the first of those that can be the handler
 */
function handlerExport(given: BuildOptions, name?: string): string | { readonly found: string } {
  const { metafile } = buildSync({ ...given, format: 'esm', metafile: true, write: false });
  const [{ entryPoint = '', exports = [] } = {}] = Object.values(metafile.outputs);
  // esbuild sees a CommonJS file as one default export, but such files set `exports.handler`.
  if (metafile.inputs[entryPoint]?.format === 'cjs') return name ?? 'handler';
  const handler = (name === undefined ? HANDLER_EXPORTS : [name]).find((one) => exports.includes(one));
  if (handler !== undefined) return handler;
  return { found: exports.length === 0 ? 'no exports' : `exports ${[...exports].sort().join(', ')}` };
}

function options(root: string, entry: string) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(root, BUNDLE_FILE),
    bundle: true,
    minify: true,
    // The file name in stack traces of the function's log.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'silent',
  } as const satisfies BuildOptions;
}

function outputOf({ outputFiles }: { outputFiles: readonly { readonly text: string }[] }): string {
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild built no file for a function');
  return file.text;
}

/** esbuild's errors for a file, as a finding. */
function bundleFailure(entryfilePath: string, errors: readonly Message[]): Finding {
  const found = [`${formatFound(entryfilePath)}, which cannot be bundled:`, ...errors.map(line)].join('\n');
  const missing = errors.some(({ text }) => text.startsWith('Could not resolve'));
  const fix = missing ? 'correct the import, or install the package in the folder of the file' : 'correct it';
  return { found, accepted: 'a file that can be bundled with its imports', fix };
}

function line({ text, location }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`;
}

/** Whether an error is esbuild's error for code that doesn't bundle. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
}
