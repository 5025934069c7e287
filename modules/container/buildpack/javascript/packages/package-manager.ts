import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { satisfies, validRange } from 'semver';
import { asObject, asText } from '../../../../orchestration/trigger/json';
import { bunFormat } from '../lockfiles/bun';
import { berryFormat } from '../lockfiles/yarn-entries';
import { readManifest } from '../manifest';
import type { NodeProject } from './project';

/** Newest supported release of each major version of pnpm. */
const PNPM: readonly string[] = ['6.35.1', '7.33.7', '8.15.9', '9.15.9', '10.34.9', '11.28.10', '12.21.0'];

const YARN_CLASSIC = '1.22.22';

/** Releases of Yarn 2 and later, by the oldest lockfile format that each one writes. */
const YARN_BERRY: readonly (readonly [format: number, version: string])[] = [
  [8, '4.18.1'],
  [5, '3.8.7'],
  [0, '2.4.3'],
];

/** Release of Bun for the lockfile formats 0 and 1, and for later formats. */
const BUN = ['1.3.14', '1.4.5'] as const;

/** The command that installs the packages of the lockfile without development dependencies, in the layout of `node_modules`. */
export function installCommand(project: NodeProject): string {
  const version = managerVersion(project);
  switch (project.manager) {
    case 'npm': {
      const npm = version === undefined ? 'npm' : `npx --yes npm@${version}`;
      const peers = project.lockfile.ignoresPeers && !overrides(project) ? ' --legacy-peer-deps' : '';
      return `${npm} ci --omit=dev --no-audit --no-fund${peers}`;
    }
    case 'pnpm':
      return `npx --yes pnpm@${version} install --prod --frozen-lockfile --config.node-linker=hoisted`;
    case 'yarn':
      return `npx --yes yarn@${version} install --frozen-lockfile --production --non-interactive`;
    case 'berry':
      // The manifests are sent without development dependencies. Yarn must not fail because the lockfile has them.
      return `YARN_NODE_LINKER=node-modules YARN_ENABLE_IMMUTABLE_INSTALLS=false ${berry(project, version)} install`;
    case 'bun':
      return `npx --yes bun@${version} install --production --frozen-lockfile${hoistedByDefault(version) ? '' : ' --linker=hoisted'}`;
  }
}

/** Overrides in a manifest also affect peers, in ways that only npm knows. */
function overrides({ manifests }: NodeProject): boolean {
  return manifests.get('')?.overrides !== undefined;
}

function berry({ settings }: NodeProject, version: string | undefined): string {
  const path = asText(settings.yarnPath);
  return path === undefined ? `npx --yes @yarnpkg/cli-dist@${version}` : `node ${JSON.stringify(path)}`;
}

/** From 1.3, Bun uses another linker for new workspaces. */
function hoistedByDefault(version: string | undefined): boolean {
  return version !== undefined && satisfies(version, '<1.3.0');
}

/** The version that the project sets, else one that reads its lockfile. For npm, that of the base image. */
function managerVersion(project: NodeProject): string | undefined {
  const { manager, lockfileText } = project;
  const named = namedVersion(project);
  switch (manager) {
    case 'npm':
      return named;
    case 'pnpm':
      return named ?? newest(PNPM, wantedRange(project)) ?? newest(PNPM, pnpmRange(lockfileText));
    case 'yarn':
      return named ?? YARN_CLASSIC;
    case 'berry':
      return named ?? YARN_BERRY.find(([format]) => berryFormat(lockfileText) >= format)?.[1] ?? YARN_BERRY[0]?.[1];
    case 'bun':
      return named ?? BUN[bunFormat(lockfileText) > 1 ? 1 : 0];
  }
}

/** `packageManager` of the manifest, which can end in a hash, or an exact version in `devEngines.packageManager` or `volta`. */
function namedVersion({ folder, manager }: NodeProject): string | undefined {
  const manifest = readManifest(folder) ?? {};
  const name = manager === 'berry' ? 'yarn' : manager;
  const [, packageManager] =
    /^(?:npm|pnpm|yarn|bun)@(\d+\.\d+\.\d+[^+]*)/.exec(asText(manifest.packageManager) ?? '') ?? [];
  const volta = asText(asObject(manifest.volta)?.[name]);
  const exact = [packageManager, volta, devEngine(manifest.devEngines, name)].find(
    (version) => version !== undefined && /^\d+\.\d+\.\d+$/.test(version),
  );
  return exact;
}

function devEngine(devEngines: unknown, name: string): string | undefined {
  const given = asObject(devEngines)?.packageManager;
  const listed = (Array.isArray(given) ? given : [given]).map(asObject);
  return asText(listed.find((one) => one?.name === name)?.version);
}

/** A range in `engines` or `devEngines`. */
function wantedRange({ folder, manager }: NodeProject): string | undefined {
  const manifest = readManifest(folder) ?? {};
  return devEngine(manifest.devEngines, manager) ?? asText(asObject(manifest.engines)?.[manager]);
}

function newest(versions: readonly string[], range: string | undefined): string | undefined {
  if (range === undefined || validRange(range) === null) return undefined;
  return versions.filter((version) => satisfies(version, range)).at(-1);
}

/**
 * Versions of pnpm that read a lockfile. pnpm 9 and all later ones write format 9, but record patches differently: 9 writes another kind
 * of hash, 10 and 11 SHA-256 and paths, later ones SHA-256 only.
 */
function pnpmRange(text: string): string {
  const format = Number.parseFloat(/^lockfileVersion:\s*'?([\d.]+)/m.exec(text)?.[1] ?? '9');
  if (format < 5.4) return '6';
  if (format < 6) return '7';
  if (format < 9) return '8';
  const [, patches = ''] = /^patchedDependencies:\n((?:[ ].*\n|\n)*)/m.exec(text) ?? [];
  if (/^\s+hash: (?![0-9a-f]{64}\s)/m.test(patches)) return '9';
  return patches !== '' && !/^\s+hash:/m.test(patches) ? '12' : '10';
}

/** Settings files of a project's package manager, in its root folder. */
export function settingsFiles({ folder, manager }: Pick<NodeProject, 'folder' | 'manager'>): string[] {
  const listed: { readonly [Name in NodeProject['manager']]: readonly string[] } = {
    npm: ['.npmrc'],
    pnpm: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'],
    yarn: ['.npmrc', '.yarnrc'],
    berry: ['.yarnrc.yml'],
    bun: ['.npmrc', 'bunfig.toml'],
  };
  return listed[manager].filter((name) => existsSync(join(folder, name)));
}

/** Files that the settings and the lockfile refer to: the package manager itself, its plugins, patches and archives. */
export function namedFiles({ folder, manager, settings, manifests, lockfile }: NodeProject): string[] {
  const { pnpm, patchedDependencies } = manifests.get('') ?? {};
  const plugins = Array.isArray(settings.plugins) ? settings.plugins : [];
  const named: { readonly [Name in NodeProject['manager']]: readonly unknown[] } = {
    npm: [],
    pnpm: [settings, asObject(pnpm)].flatMap((one) => Object.values(asObject(one?.patchedDependencies) ?? {})),
    yarn: [yarnPath(folder)],
    berry: [settings.yarnPath, settings.httpsCaFilePath, ...plugins.map((one) => asObject(one)?.path ?? one)],
    bun: Object.values(asObject(patchedDependencies) ?? {}),
  };
  const files = [...named[manager], ...lockfile.files].flatMap((path) => asText(path) ?? []);
  return [...new Set(files.map((path) => posix.normalize(path)))].sort();
}

/** The settings of Yarn 1 can name the file of Yarn itself. */
function yarnPath(folder: string): string | undefined {
  const path = join(folder, '.yarnrc');
  if (!existsSync(path)) return undefined;
  return /^yarn-path\s+"?([^"\n]+)"?/m.exec(readFileSync(path, 'utf8'))?.[1];
}
