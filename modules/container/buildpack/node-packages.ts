import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asObject, asText, type JsonObject } from '../../orchestration/trigger/json';
import { textEntry } from '../source-files';
import type { TarEntry } from '../tar';

/** A project whose packages are installed in the image, as its lockfile says. */
export interface NodeProject {
  readonly folder: string;
  readonly manifest: JsonObject;
  /** Name of the lockfile. */
  readonly lockfile: string;
}

/** The lockfiles of the package managers, and the command that installs exactly what stands in one, without development packages. */
const MANAGERS: readonly (readonly [lockfile: string, install: (project: NodeProject) => string])[] = [
  ['package-lock.json', () => 'npm ci --omit=dev --no-audit --no-fund'],
  ['npm-shrinkwrap.json', () => 'npm ci --omit=dev --no-audit --no-fund'],
  [
    'pnpm-lock.yaml',
    (project) => `npx --yes pnpm@${pnpmVersion(project)} install --prod --frozen-lockfile --config.node-linker=hoisted`,
  ],
  ['yarn.lock', yarnInstall],
  ['bun.lock', () => 'npx --yes bun@1.3 install --production --frozen-lockfile'],
];

/** Files beside the lockfile that say how it is to be read. */
const SETTINGS = ['.npmrc', '.yarnrc.yml', 'pnpm-workspace.yaml'];

/** The project that a file belongs to: the nearest folder at or above its own with a `package.json` and a lockfile. */
export function nodeProject(file: string): NodeProject | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const lockfile = MANAGERS.map(([name]) => name).find((name) => existsSync(join(folder, name)));
    const manifest = readManifest(folder);
    if (lockfile !== undefined && manifest !== undefined) return { folder, manifest, lockfile };
    if (folder === dirname(folder)) return undefined;
  }
}

/** What the stage of the image that installs packages gets, and the command that it runs. */
export function installation(project: NodeProject): { readonly files: TarEntry[]; readonly command: string } {
  const { folder, manifest, lockfile } = project;
  // Scripts of the project itself want its sources and its development packages.
  const { scripts, ...sent } = manifest;
  const copied = [lockfile, ...SETTINGS].filter((name) => existsSync(join(folder, name)));
  const [, install] = MANAGERS.find(([name]) => name === lockfile) ?? [];
  if (install === undefined) throw new Error(`no package manager for ${lockfile}`);
  return {
    files: [
      textEntry('packages/package.json', `${JSON.stringify(sent, null, 2)}\n`),
      ...copied.map((name) => textEntry(`packages/${name}`, readFileSync(join(folder, name), 'utf8'))),
    ],
    command: install(project),
  };
}

/** Whether a package is among the project's own that an image gets: `dev` if it is one for development only. */
export function declared({ manifest }: NodeProject, name: string): 'yes' | 'dev' | 'no' {
  const has = (list: string) => Object.hasOwn(asObject(manifest[list]) ?? {}, name);
  if (has('dependencies') || has('optionalDependencies')) return 'yes';
  return has('devDependencies') ? 'dev' : 'no';
}

/** Packages by which others find or build a binary of their own. */
const BINARY_FINDERS = [
  '@mapbox/node-pre-gyp',
  'bindings',
  'node-addon-api',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'node-pre-gyp',
  'prebuild-install',
];

/**
 * Whether a package brings a binary, which a bundle cannot hold and which differs between the machine that bundles and the image.
 *
 * @param folder of the package
 */
export function isNative(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  const manifest = readManifest(folder) ?? {};
  if (manifest.gypfile === true || manifest.napi !== undefined || manifest.binary !== undefined) return true;
  const names = (list: string) => Object.keys(asObject(manifest[list]) ?? {});
  return (
    names('dependencies').some((name) => BINARY_FINDERS.includes(name)) ||
    // A package for each platform, of which the package manager installs the one that fits.
    names('optionalDependencies').some((name) => /linux-?(x64|arm64)/.test(name))
  );
}

function readManifest(folder: string): JsonObject | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? asObject(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

function pnpmVersion({ folder, manifest }: NodeProject): string {
  const [, wanted] = /^pnpm@(\d+\.\d+\.\d+)/.exec(asText(manifest.packageManager) ?? '') ?? [];
  const lock = readFileSync(join(folder, 'pnpm-lock.yaml'), 'utf8');
  return wanted ?? (/^lockfileVersion: '?[56]/m.test(lock) ? '8' : '10');
}

/** Lockfiles of Yarn from version 2 on begin with a block of metadata. */
function yarnInstall({ folder }: NodeProject): string {
  const modern = readFileSync(join(folder, 'yarn.lock'), 'utf8').includes('__metadata:');
  return modern
    ? 'YARN_NODE_LINKER=node-modules npx --yes @yarnpkg/cli-dist@4 workspaces focus --production'
    : 'npx --yes yarn@1.22.22 install --frozen-lockfile --production --non-interactive';
}
