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
  /** Its name in the zip: `index.js`, or `index.mjs` for a module. */
  readonly file: string;
  /** `index.handler` or `index.default`. */
  readonly handler: string;
  /** Paths of the files that it was made of, relative to the folder of the entry file's path. @default not known */
  readonly inputs?: readonly string[];
}

export interface BundleSettings {
  /** The export that is the handler. @default `handler`, else the default export */
  readonly handlerName?: string;
  /** Packages that stay out, and must be there when the function runs. @default none */
  readonly excluded?: readonly string[];
  /** The tsconfig.json, relative to the folder that the file's path is relative to. @default the nearest one */
  readonly tsConfigPath?: string;
  /** Format of the bundle: only a module can await at its top. @default cjs, which Lambda's Node.js loads fastest */
  readonly format?: 'cjs' | 'esm';
  /** Major version of Node.js. @default 24 */
  readonly nodeVersion?: number;
}

/** Why a file cannot be bundled, and the property of the packaging that is wrong. */
export interface BundleProblem {
  readonly problem: Finding;
  readonly keys: readonly string[];
}

/**
 * Bundles a JavaScript or TypeScript file with its imports. The bytes are the same in every folder and on every machine, because the
 * bundle includes no paths of the machine.
 *
 * @param baseDir folder that the path is relative to
 */
export function bundleFunction(
  baseDir: string,
  entryfilePath: string,
  settings: BundleSettings = {},
): FunctionBundle | BundleProblem {
  const keys = ['entryfilePath'];
  const root = resolve(baseDir);
  const entry = resolve(root, entryfilePath);
  const missing = missingEntry(baseDir, entryfilePath);
  if (missing !== undefined) return { problem: missing, keys };
  const { tsConfigPath, handlerName, format = 'cjs' } = settings;
  if (tsConfigPath !== undefined && !existsSync(resolve(root, tsConfigPath))) {
    const found = foundValue(tsConfigPath, ': no such file');
    const problem = {
      found,
      accepted: 'the path of a tsconfig.json',
      fix: "correct the path: it is relative to the config's folder",
    };
    return { problem, keys: ['languageSpecificConfig', 'tsConfigPath'] };
  }
  const given = options(root, entry, settings);
  try {
    const handler = handlerExport(given, handlerName);
    if (typeof handler !== 'string') return { problem: noHandler(entryfilePath, handler.found, handlerName), keys };
    const banner = format === 'esm' ? { js: REQUIRE } : undefined;
    const built = buildSync({ ...given, format, banner, metafile: true, write: false });
    const inputs = Object.keys(built.metafile.inputs);
    const file = format === 'esm' ? 'index.mjs' : BUNDLE_FILE;
    return { text: outputOf(built), file, handler: `index.${handler}`, inputs };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { problem: bundleFailure(entryfilePath, error.errors), keys };
  }
}

/** The problem with the path of an entry file, if no file is there. */
export function missingEntry(baseDir: string, entryfilePath: string): Finding | undefined {
  const stats = statSync(resolve(baseDir, entryfilePath), { throwIfNoEntry: false });
  if (stats?.isFile()) return undefined;
  const found =
    stats === undefined ? foundValue(entryfilePath, ': no such file') : foundValue(entryfilePath, ': a folder');
  const fix = "correct the path: it is relative to the config's folder";
  return { found, accepted: 'the path of a file that exports the handler', fix };
}

/** Modules have no `require`, which bundled CommonJS packages call for what Node.js itself has. */
const REQUIRE =
  "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);";

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

function options(root: string, entry: string, { excluded = [], tsConfigPath, nodeVersion = 24 }: BundleSettings) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(root, BUNDLE_FILE),
    bundle: true,
    minify: true,
    // The file name in stack traces of the function's log.
    keepNames: true,
    platform: 'node',
    target: `node${nodeVersion}`,
    external: [...sdkOfRuntime(entry), ...excluded.flatMap((name) => [name, `${name}/*`])],
    ...(tsConfigPath !== undefined && { tsconfig: resolve(root, tsConfigPath) }),
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
  const awaits = errors.some(({ text }) => text.startsWith('Top-level await'));
  const isNative = errors.some(({ text }) => /^No loader is configured for "\.node" files/.test(text));
  const fix = missing
    ? 'correct the import, or install the package in the folder of the file'
    : awaits
      ? "add languageSpecificConfig: { outputModuleFormat: 'esm' } to the packaging's properties"
      : isNative
        ? 'build the code before synthesis, with its packages, and use custom-artifact: a bundle has no native code'
        : 'correct it';
  return { found, accepted: 'a file that can be bundled with its imports', fix };
}

function line({ text, location }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`;
}

/** Whether an error is esbuild's error for code that doesn't bundle. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
}
