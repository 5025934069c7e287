import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import type { PackagingProblem } from '../../build-context';
import type { Reference } from '../parts';

type Json = { readonly [key: string]: unknown };
type Strings = { readonly [key: string]: string };

interface Package {
  readonly name: string;
  readonly require?: Strings;
  readonly provide?: Strings;
  readonly replace?: Strings;
  readonly dist?: { readonly type?: string; readonly url?: string };
  readonly 'transport-options'?: { readonly symlink?: boolean };
}

/** The content of a composer.json and its lockfile. */
export interface ComposerProject {
  /** The parsed composer.json. */
  readonly json: Json;
  /** Its text. */
  readonly text: string;
  /** Installed packages of the lockfile. @default there is no lockfile */
  readonly packages?: readonly Package[];
  readonly lockHash?: string;
  /** Folder of the installed packages, relative to the project's. */
  readonly vendor: string;
}

/** Reads a project's composer.json. Returns the problem if it cannot be read. */
export function readComposer(folder: string): ComposerProject | { readonly problems: readonly PackagingProblem[] } {
  const read = (name: string): Json | undefined =>
    existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : undefined;
  try {
    const text = readFileSync(join(folder, 'composer.json'), 'utf8');
    const json: Json = JSON.parse(text);
    const lock = read('composer.lock');
    const vendor = object(json.config)['vendor-dir'];
    return {
      json,
      text,
      packages: lock?.packages as Package[] | undefined,
      lockHash: lock?.['content-hash'] as string | undefined,
      vendor: typeof vendor === 'string' ? vendor.replace(/^\.\/|\/$/g, '') : 'vendor',
    };
  } catch (error) {
    const found = `composer.json or composer.lock: ${(error as Error).message}`;
    const fix = 'correct the file: composer validate shows the place';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'JSON', fix }] };
  }
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function strings(value: unknown): Strings {
  return object(value) as Strings;
}

/** Folders of path repositories. `mirrored` if Composer copies them instead of linking to them. */
export function pathPackages(
  folder: string,
  { json, packages }: ComposerProject,
): readonly (Reference & { readonly mirrored: boolean })[] {
  if (packages !== undefined) {
    return packages.flatMap(({ dist, 'transport-options': options }) => {
      // Composer extracts an archive, and links to a folder.
      if (dist?.url === undefined || dist.url.includes('://')) return [];
      const mirrored = dist.type !== 'path' || options?.symlink === false;
      return [{ path: resolve(folder, dist.url), from: 'composer.lock', mirrored }];
    });
  }
  return Object.values(object(json.repositories)).flatMap((repository) => {
    const { type, url, options } = object(repository);
    if (type !== 'path' || typeof url !== 'string') return [];
    const found = /[*?{[]/.test(url)
      ? globSync([url], { cwd: folder, onlyDirectories: true, absolute: true, expandDirectories: false })
      : [resolve(folder, url)];
    const mirrored = object(options).symlink === false;
    return found.sort().map((path) => ({ path: path.replace(/\/$/, ''), from: 'composer.json', mirrored }));
  });
}

/** Autoloaded paths outside the project's folder. */
export function autoloadedPaths(folder: string, { json }: ComposerProject): Reference[] {
  return Object.values(object(json.autoload))
    .flatMap((rules) => Object.values(object(rules)))
    .flat()
    .filter((path): path is string => typeof path === 'string' && path.startsWith('..'))
    .map((path) => ({ path: resolve(folder, path), from: 'composer.json' }));
}

/** Files that Composer plugins read during installation, such as patches: all existing files that `extra` names. */
export function pluginFiles(folder: string, value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap((one) => pluginFiles(folder, one));
  }
  if (typeof value !== 'string' || !/^[\w./@ -]+$/.test(value)) return [];
  const path = resolve(folder, value);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
  return [path, ...(path.endsWith('.json') ? pluginFiles(folder, parsed(readFileSync(path, 'utf8'))) : [])];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys of a composer.json that affect what Composer installs. */
const RELEVANT_KEYS = [
  'name',
  'version',
  'require',
  'require-dev',
  'conflict',
  'replace',
  'provide',
  'minimum-stability',
  'prefer-stable',
  'repositories',
  'extra',
];

/**
 * Composer's `content-hash` of a lockfile. Undefined if it can't be computed here: unlike JavaScript, PHP keeps the spelling of decimal numbers.
 *
 * @see https://github.com/composer/composer/blob/main/src/Composer/Package/Locker.php
 */
export function contentHash(composerJson: string): string | undefined {
  if (/\d(\.\d|e)/i.test(composerJson.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return undefined;
  const json: Json = JSON.parse(composerJson);
  const platform = object(json.config).platform;
  const keys = RELEVANT_KEYS.filter((key) => json[key] !== undefined);
  const relevant: [string, unknown][] = keys.map((key) => [key, json[key]]);
  if (platform !== undefined) relevant.push(['config', { platform }]);
  relevant.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('md5')
    .update(encoded(Object.fromEntries(relevant)))
    .digest('hex');
}

/** JSON in the format of PHP's json_encode: escapes slashes and non-ASCII characters, and writes an empty object as a list. */
function encoded(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    const code = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return JSON.stringify(value)
      .replace(/\//g, '\\/')
      .replace(/[\u007f-\uffff]/g, (char) => (char === '\u007f' ? char : code(char)));
  }
  const entries = Object.entries(value);
  const isList = entries.every(([key], index) => key === String(index));
  const parts = entries.map(([key, part]) => (isList ? encoded(part) : `${encoded(key)}:${encoded(part)}`));
  return isList ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

/** The problem of a lockfile that doesn't match composer.json. */
export function lockProblems({ text, packages, lockHash }: ComposerProject): PackagingProblem[] {
  if (packages === undefined) return [];
  const hash = contentHash(text);
  if (hash === undefined || lockHash === undefined || hash === lockHash) return [];
  return [
    {
      property: ['entryfilePath'],
      found: 'a composer.lock that does not match composer.json',
      accepted: 'an up-to-date composer.lock',
      fix: 'run composer update --lock, and commit the file',
    },
  ];
}
