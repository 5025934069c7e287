import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parse, stringify } from 'yaml';
import { asObject, type JsonObject } from '../../../../orchestration/trigger/json';
import { fileEntry, textEntry } from '../../../source-files';
import type { TarEntry } from '../../../tar';
import { pathFrom } from '../../included-files';
import { commonFolder } from '../../repository';
import { installCommand, namedFiles, settingsFiles } from './package-manager';
import { appliedPatches } from './patches';
import type { PrismaClient } from './prisma';
import type { NodeProject } from './project';

/** What the stage of the image that installs packages gets and does. */
export interface Installation {
  /** Below `packages/`, at the places that they have in the project. */
  readonly files: readonly TarEntry[];
  /** Folder of the lockfile below `packages/`, `''` for it. */
  readonly folder: string;
  readonly command: string;
  /** Packages of the distribution that the installation needs. */
  readonly tools: readonly string[];
  /** Packages of the distribution that installed packages need when the job runs. */
  readonly libraries: readonly string[];
  /** Folders whose `node_modules` code at the bundle's place looks into: below `packages/`, and below `/app`. */
  readonly modules: readonly { readonly from: string; readonly to: string }[];
}

/** What of a manifest an installation reads. All else, as scripts and settings of tools, may change without a new installation. */
const READ: readonly string[] = [
  'name',
  'version',
  'private',
  'workspaces',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'dependenciesMeta',
  'bundleDependencies',
  'bundledDependencies',
  'resolutions',
  'overrides',
  'pnpm',
  'catalog',
  'catalogs',
  'patchedDependencies',
  'trustedDependencies',
  'allowScripts',
  'installConfig',
];

/**
 * The installation of a project's packages, from its manifests and lockfile alone.
 *
 * @param place folder of the bundle, relative to the lockfile's
 * @param root the folder that is `/app`, absolute
 */
export function installation(
  project: NodeProject,
  place: string,
  root: string,
  prisma: PrismaClient | undefined,
): Installation {
  const { folder, manifests, lockfile, lockfileName, lockfileText } = project;
  const patches = appliedPatches(project);
  const named = [...namedFiles(project), ...(patches?.files ?? [])];
  const folders = [
    ...[...manifests.keys()].map((path) => join(folder, path)),
    ...named.map((path) => dirname(join(folder, path))),
  ];
  const top = commonFolder([folder, ...folders]);
  const at = (path: string) => posix.join('packages', pathFrom(top, join(folder, path)));
  const files = [
    ...[...manifests].map(([path, manifest]) =>
      textEntry(at(posix.join(path, 'package.json')), `${JSON.stringify(sent(project, manifest), null, 2)}\n`),
    ),
    textEntry(at(lockfileName), lockfileText),
    ...settingsFiles(project).map((name) => settingsEntry(project, name, at(name))),
    ...named.map((path) => fileEntry(join(folder, path), at(path))),
    ...(prisma === undefined ? [] : [textEntry(at(prisma.path), prisma.schema)]),
  ];
  const libraries = prisma?.libraries ?? [];
  const from = pathFrom(top, folder);
  return {
    files: [...new Map(files.map((file) => [file.path, file])).values()],
    folder: from,
    command: [installCommand(project), patches?.command, prisma?.command]
      .filter((one) => one !== undefined)
      .join(' && '),
    tools: ['python3', 'make', 'g++', ...(lockfile.git ? ['git'] : []), ...libraries],
    libraries,
    modules: modules(project, place, from, pathFrom(root, folder)),
  };
}

function sent({ manager }: NodeProject, manifest: JsonObject): JsonObject {
  const kept = Object.fromEntries(
    READ.flatMap((name) => (manifest[name] === undefined ? [] : [[name, manifest[name]]])),
  );
  const { supportedArchitectures: _, ...pnpm } = asObject(kept.pnpm) ?? {};
  const { devDependencies: __, ...production } = kept;
  return { ...(manager === 'berry' ? production : kept), ...(kept.pnpm !== undefined && { pnpm }) };
}

/** Settings, without those that restrict packages to the machines of developers. */
function settingsEntry({ folder }: NodeProject, name: string, path: string): TarEntry {
  if (!/\.(ya?ml|npmrc)$/.test(name)) return fileEntry(join(folder, name), path);
  const text = readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.npmrc'))
    return textEntry(
      path,
      text.replace(/^\s*(os|cpu|libc|install-strategy|omit|include|production|only)\s*=.*\n?/gm, ''),
    );
  if (!/^supportedArchitectures:/m.test(text)) return textEntry(path, text);
  const { supportedArchitectures: _, ...settings } = asObject(parse(text)) ?? {};
  return textEntry(path, stringify(settings));
}

/** The folders with packages from the bundle's place upward, as far as members of the workspace and the project itself have any. */
function modules({ members: all }: NodeProject, place: string, from: string, to: string): Installation['modules'] {
  const members = [...all.keys()].filter((path) => path === '' || place === path || place.startsWith(`${path}/`));
  return members.sort().map((path) => ({
    from: posix.join(from, path, 'node_modules'),
    to: posix.join(to, path, 'node_modules'),
  }));
}
