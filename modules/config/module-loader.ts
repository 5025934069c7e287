import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What tsx counts its registrations by, in a process that runs with it. */
const TSX_MARK = Symbol.for('tsx:global-cjs-loader-count');

/** For projects whose own tsconfig.json cannot be read, or that have none: the loader then looks for no other. */
const NEUTRAL_TSCONFIG = join(__dirname, 'neutral-tsconfig.json');

let registered: Promise<void> | undefined;

/**
 * The exports of a TypeScript or JavaScript file, in any process: one that runs with tsx or ts-node, compiled code on plain Node.js, or a test of
 * jest. A TypeScript file in a process that knows no TypeScript costs the start of tsx in it.
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
  // Versions of tsx without the mark.
  return process.execArgv.some((word) => /(^|[/\\=])tsx([/\\]|$)/.test(word));
}

/** Whether the process has a hook for the file, such as ts-node's, and the file is one that such hooks can compile. */
function isCompiledByRequire(path: string): boolean {
  // The hook of Node.js itself only removes types: it knows no enum, and no import without a file's ending.
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
  // The one way to tell it to the half that stands behind `require`.
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

/** Whether modules are loaded by something else than Node.js, such as jest, which has no `import()` and compiles by its own rules. */
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

/** The exports of a file, compiled with the files of its project that it imports. Packages come from the sandbox. */
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
