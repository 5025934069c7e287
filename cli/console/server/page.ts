import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundlePage, FIRST, type FilesByName, PAGE_FOLDER, storedFile } from './page-bundle';

const TYPES: { readonly [ending: string]: string } = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Addresses that show a screen. */
const SCREENS = /^(\/aws)?\/?$|^(\/aws)?\/(runs(\/[^/]+)?|send|undelivered)\/?$/;

const ASSETS = '/assets/';

const VARIES = { Vary: 'Accept-Encoding' };

/** A file of the page, as it is answered. */
export interface PageFile {
  readonly status: 200 | 404;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page's HTML, program and style: those of the package, or bundled from source. */
export class PageFiles {
  private bundle: Promise<FilesByName> | undefined;
  private readonly compressed = new Map<string, Uint8Array>();

  isAsset(path: string): boolean {
    return path.startsWith(ASSETS);
  }

  /** Starts to bundle, so that the first request doesn't wait for it. */
  prepare(): void {
    this.bundle ??= bundle();
    // The request that needs it reports the error.
    this.bundle.catch(() => {});
  }

  /**
   * The file at an address. Every address that is no asset shows the page, which says if it has no such screen.
   *
   * @param encodings the encodings that the browser takes, as in its header
   */
  async file(path: string, encodings = ''): Promise<PageFile> {
    if (!this.isAsset(path)) return found('index.html', storedFile('index.html'), SCREENS.test(path) ? 200 : 404);
    const name = path.slice(ASSETS.length);
    if (name === 'icon.svg') return found(name, storedFile(name));
    this.prepare();
    const body = (await this.bundle)?.get(name);
    if (body === undefined) return { status: 404, type: 'text/plain', body: 'No such file.\n' };
    if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(encodings)) return { ...found(name, body), headers: VARIES };
    const headers = { ...VARIES, 'Content-Encoding': 'gzip' };
    return { ...found(name, body), body: this.gzipped(name, body), headers };
  }

  private gzipped(name: string, body: string): Uint8Array {
    const compressed = this.compressed.get(name) ?? gzipSync(body);
    this.compressed.set(name, compressed);
    return compressed;
  }
}

function found(name: string, body: string, status: 200 | 404 = 200): PageFile {
  return { status, type: TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain', body };
}

async function bundle(): Promise<FilesByName> {
  if (!existsSync(join(PAGE_FOLDER, FIRST))) return bundlePage();
  const released = readdirSync(PAGE_FOLDER).filter((name) => /\.(js|css)$/.test(name));
  return new Map(released.map((name) => [name, storedFile(name)]));
}
