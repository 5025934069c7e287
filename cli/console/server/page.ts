import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST, type FilesByName, PAGE_FOLDER, pageBundle, storedFile } from './page-bundle';

const TYPES: { readonly [ending: string]: string } = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Addresses that show a screen. */
const SCREENS = /^(\/aws)?\/?$|^(\/aws)?\/(runs(\/[^/]+)?|send|undelivered)\/?$/;

const ASSETS = '/assets/';

/** A file of the page, as it is answered. */
export interface PageFile {
  readonly status: 200 | 404;
  readonly type: string;
  readonly body: string;
}

/** The page's HTML, program and style: those of the package, or bundled from source. */
export class PageFiles {
  private bundle: Promise<FilesByName> | undefined;

  isAsset(path: string): boolean {
    return path.startsWith(ASSETS);
  }

  /** Starts to bundle, so that the first request doesn't wait for it. */
  prepare(): void {
    this.bundle ??= bundle();
    // The request that needs it reports the error.
    this.bundle.catch(() => {});
  }

  /** The file at an address. Every address that is no asset shows the page, which says if it has no such screen. */
  async file(path: string): Promise<PageFile> {
    if (!this.isAsset(path)) return found('index.html', storedFile('index.html'), SCREENS.test(path) ? 200 : 404);
    const name = path.slice(ASSETS.length);
    if (name === 'icon.svg') return found(name, storedFile(name));
    this.prepare();
    const body = (await this.bundle)?.get(name);
    return body === undefined ? { status: 404, type: 'text/plain', body: 'No such file.\n' } : found(name, body);
  }
}

function found(name: string, body: string, status: 200 | 404 = 200): PageFile {
  return { status, type: TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain', body };
}

async function bundle(): Promise<FilesByName> {
  if (!existsSync(join(PAGE_FOLDER, FIRST))) return pageBundle();
  const released = readdirSync(PAGE_FOLDER).filter((name) => /\.(js|css)$/.test(name));
  return new Map(released.map((name) => [name, storedFile(name)]));
}
