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

/** The input and the command of the image's stage that installs packages. */
export interface Installation {
  /** Files below `packages/`, with the same paths as in the project. */
  readonly files: readonly TarEntry[];
  /** Folder of the lockfile, relative to `packages/`. */
  readonly folder: string;
  readonly command: string;
  /** System packages that the installation needs. */
  readonly tools: readonly string[];
  /** System packages that installed packages need when the job runs. */
  readonly libraries: readonly string[];
  /** The `node_modules` folders that code in the bundle's folder searches: their paths below `packages/` and below `/app`. */
  readonly modules: readonly { readonly from: string; readonly to: string }[];
}

/** The fields of a manifest that an installation reads. A change of others, such as scripts, does not invalidate it. */
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
 * @param place folder of the bundle, relative to the lockfile's folder
 * @param root absolute path of the folder that becomes `/app`
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

/** Removes the settings that restrict packages to the platforms of developers. */
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

/** The bundle's folder and those above it that have packages: members of the workspace, and the project's root. */
function modules({ members: all }: NodeProject, place: string, from: string, to: string): Installation['modules'] {
  const members = [...all.keys()].filter((path) => path === '' || place === path || place.startsWith(`${path}/`));
  return members.sort().map((path) => ({
    from: posix.join(from, path, 'node_modules'),
    to: posix.join(to, path, 'node_modules'),
  }));
}
