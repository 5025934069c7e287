import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

const FOLDER = join(__dirname, '../page');

/** Files that the build adds to the folder of the package. */
const BUILT = { script: 'page.js', style: 'page.css' } as const;

/** Files that are served as they are. */
const STATIC = ['index.html', 'icon.svg'] as const;

const TYPES: { readonly [ending: string]: string } = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Addresses that show the page. What is on it, the page's own code decides. */
const PAGES = /^(\/aws)?\/?$|^(\/aws)?\/(runs(\/[^/]+)?|send|undelivered)\/?$/;

/** A file of the page, as it is answered. */
export interface PageFile {
  readonly status: 200 | 404;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** The page's HTML, program and style: those of the package, or bundled from source. */
export class PageFiles {
  private bundle: Promise<ReadonlyMap<string, string>> | undefined;

  isAsset(path: string): boolean {
    return path.startsWith('/assets/');
  }

  /** Starts to bundle, so that the first request doesn't wait for it. */
  prepare(): void {
    this.bundle ??= bundled();
    // The request that needs it reports the error.
    this.bundle.catch(() => {});
  }

  /** The file at an address. Addresses without a file show the page, with status 404. */
  async file(path: string): Promise<PageFile> {
    if (!this.isAsset(path)) {
      return { status: PAGES.test(path) ? 200 : 404, type: 'text/html', body: stored('index.html') };
    }
    const name = path.slice('/assets/'.length);
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    if (name === 'icon.svg') return { status: 200, type, body: stored(name) };
    this.prepare();
    const body = (await this.bundle)?.get(name);
    return body === undefined ? { status: 404, type: 'text/plain', body: '' } : { status: 200, type, body };
  }
}

/** The page's program and style by file name. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
  const names = Object.values(BUILT);
  if (existsSync(join(FOLDER, BUILT.script))) return new Map(names.map((name) => [name, stored(name)]));
  return pageBundle();
}

function stored(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** Bundles the page from source. */
export async function pageBundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await (require('esbuild') as typeof import('esbuild')).build(OPTIONS);
  return new Map(outputFiles.map(({ path, text }) => [path.endsWith('.css') ? BUILT.style : BUILT.script, text]));
}

/** All files of the page by name, as the package has them. */
export async function pageFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([...STATIC.map((name): [string, string] => [name, stored(name)]), ...(await pageBundle())]);
}

const OPTIONS: BuildOptions & { readonly write: false } = {
  absWorkingDir: FOLDER,
  entryPoints: ['main.tsx'],
  outdir: '.',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'eof',
  // Ignores the tsconfig.json of other tools.
  tsconfigRaw: {},
  write: false,
  logLevel: 'silent',
};
