import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuildOptions, OutputFile } from 'esbuild';

/** The page's source. In the package, the bundle. */
export const PAGE_FOLDER = join(__dirname, '../page');

/** Name of the first file of the bundle. It loads screens from others when they are shown. */
export const FIRST = 'page.js';

const STYLE = 'page.css';

/** Files of the page that are served as they are. */
const STATIC = ['index.html', 'icon.svg'] as const;

/** A file of the page, which is next to its source, and in the package next to its bundle. */
export function storedFile(name: string): string {
  return readFileSync(join(PAGE_FOLDER, name), 'utf8');
}

/** Files of the page by name. */
export type FilesByName = ReadonlyMap<string, string>;

/** The page's program and style, bundled from source. */
export async function bundlePage(): Promise<FilesByName> {
  return named((await esbuild().build(OPTIONS)).outputFiles);
}

/** All files of the page, as the package has them. */
export function readReleasedPage(): FilesByName {
  const stored = STATIC.map((name): [string, string] => [name, storedFile(name)]);
  return new Map([...stored, ...named(esbuild().buildSync(OPTIONS).outputFiles)]);
}

function named(files: readonly OutputFile[]): FilesByName {
  const named = files.map(({ path, text }): [string, string] => [basename(path), text]);
  // The first style has those of all screens.
  return new Map(named.filter(([name]) => name === STYLE || name.endsWith('.js')));
}

const OPTIONS: BuildOptions & { readonly write: false } = {
  absWorkingDir: PAGE_FOLDER,
  entryPoints: ['main.tsx'],
  outdir: '.',
  entryNames: 'page',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Keeps the notices that licenses of bundled code require.
  legalComments: 'eof',
  banner: { js: '/*! Contains Preact, (c) 2015-present Jason Miller, MIT licence: github.com/preactjs/preact */' },
  // Ignores any tsconfig.json outside the checkout.
  tsconfigRaw: {},
  write: false,
  logLevel: 'silent',
};

/** Loaded only to bundle. */
function esbuild() {
  return require('esbuild') as typeof import('esbuild');
}
