import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where tsx counts its registrations in a process. */
const TSX_MARK = Symbol.for('tsx:global-cjs-loader-count');

/** For projects without a tsconfig.json or with an unreadable one: keeps the loader from looking for another. */
const NEUTRAL_TSCONFIG = join(__dirname, 'neutral-tsconfig.json');

let registered: Promise<void> | undefined;

/**
 * The exports of a TypeScript or JavaScript file, in any process: with tsx or ts-node, compiled code in plain Node.js, or a Jest test.
 * Starts tsx in the process if nothing else there compiles TypeScript.
 */
export async function loadModule(path: string): Promise<{ readonly [name: string]: unknown }> {
  if (isSandbox()) return sandboxed(path);
  if (isTypeScript(path) && !hasTsx()) {
    if (isCompiledByRequire(path)) return { default: require(path) };
    registered ??= registerTsx(path);
    await registered;
  }
  return import(pathToFileURL(path).href);
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?ts$/.test(path);
}

function hasTsx(): boolean {
  if ((globalThis as { [TSX_MARK]?: number })[TSX_MARK]) return true;
  // Older versions of tsx have no mark.
  return process.execArgv.some((word) => /(^|[/\\=])tsx([/\\]|$)/.test(word));
}

/** Whether the process has a hook, such as ts-node's, that can compile the file. */
function isCompiledByRequire(path: string): boolean {
  // The built-in hook of Node.js only removes types: it supports neither enums nor imports without an extension.
  const isNative = Boolean((process.features as { readonly typescript?: string | false }).typescript);
  return path.endsWith('.ts') && require.extensions['.ts'] !== undefined && !isNative && !isEsModule(path);
}

/** Whether the nearest package.json makes a `.ts` file an ES module. */
function isEsModule(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return createRequire(path)(join(folder, 'package.json')).type === 'module';
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}

async function registerTsx(path: string): Promise<void> {
  const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
  const { TSX_TSCONFIG_PATH } = process.env;
  const tsconfig = TSX_TSCONFIG_PATH ?? readableTsconfig(path);
  // The loader for `require` has no parameter for the tsconfig.json.
  process.env.TSX_TSCONFIG_PATH = tsconfig;
  try {
    cjs.register();
    esm.register({ tsconfig });
  } finally {
    if (TSX_TSCONFIG_PATH === undefined) delete process.env.TSX_TSCONFIG_PATH;
  }
}

function readableTsconfig(path: string): string {
  const { getTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  try {
    return getTsconfig(dirname(path))?.path ?? NEUTRAL_TSCONFIG;
  } catch {
    return NEUTRAL_TSCONFIG;
  }
}

/** Whether modules are loaded by something else than Node.js, such as Jest, which has no `import()` and its own compilation. */
function isSandbox(): boolean {
  return require.extensions['.js'] === undefined;
}

function sandboxed(path: string): { readonly [name: string]: unknown } {
  try {
    return { default: require(path) };
  } catch (error) {
    const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
    const isUncompiled = name === 'SyntaxError' || code === 'ERR_REQUIRE_ESM';
    if (!isUncompiled) throw error;
    return { default: compiled(path) };
  }
}

/** The exports of a file, compiled with the files of its project that it imports. Packages are loaded by the sandbox. */
function compiled(path: string): unknown {
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
    tsconfigRaw: {},
    write: false,
    logLevel: 'silent',
  });
  const module = { exports: {} };
  const run = new Function('module', 'exports', 'require', '__filename', '__dirname', outputFiles[0]?.text ?? '');
  run(module, module.exports, createRequire(path), path, dirname(path));
  return module.exports;
}
