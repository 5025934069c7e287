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

/** What a composer.json and its lockfile say. */
export interface ComposerProject {
  /** The composer.json itself. */
  readonly json: Json;
  /** Its text. */
  readonly text: string;
  /** Packages of the lockfile that are installed. @default there is no lockfile */
  readonly packages?: readonly Package[];
  readonly lockHash?: string;
  /** Folder of the installed packages, relative to the project's. */
  readonly vendor: string;
}

/** Reads a project's composer.json, or says why it cannot be read. */
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

/** Folders of packages that a project takes from beside it; `mirrored` if Composer copies them rather than links to them. */
export function pathPackages(
  folder: string,
  { json, packages }: ComposerProject,
): readonly (Reference & { readonly mirrored: boolean })[] {
  if (packages !== undefined) {
    return packages.flatMap(({ dist, 'transport-options': options }) => {
      // An archive that lies in the repository is unpacked, a folder linked to.
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

/** What the autoloader of a project loads from outside of its folder. */
export function autoloadedPaths(folder: string, { json }: ComposerProject): Reference[] {
  return Object.values(object(json.autoload))
    .flatMap((rules) => Object.values(object(rules)))
    .flat()
    .filter((path): path is string => typeof path === 'string' && path.startsWith('..'))
    .map((path) => ({ path: resolve(folder, path), from: 'composer.json' }));
}

/** Files that plugins read while Composer installs, such as patches: whatever `extra` names that is there. */
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

/** Keys of a composer.json that decide what is installed. */
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
 * The `content-hash` that Composer gives a lockfile, undefined if it cannot be told from here: PHP writes numbers with a point as it read
 * them, and JavaScript does not.
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

/** JSON as PHP's json_encode writes it: slashes and all but ASCII escaped, an empty object as a list. */
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

/** A lockfile that was made of another composer.json. */
export function lockProblems({ text, packages, lockHash }: ComposerProject): PackagingProblem[] {
  if (packages === undefined) return [];
  const hash = contentHash(text);
  if (hash === undefined || lockHash === undefined || hash === lockHash) return [];
  return [
    {
      property: ['entryfilePath'],
      found: 'a composer.lock that was made of another composer.json',
      accepted: 'one that is up to date',
      fix: 'run composer update --lock, and keep the file with the code',
    },
  ];
}
