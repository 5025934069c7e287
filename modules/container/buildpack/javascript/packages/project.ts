import { existsSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { asObject, asText, type JsonObject } from '../../../../orchestration/trigger/json';
import type { Finding } from '../../../../problems/problem';
import { bunLockfile, bunMembers } from '../lockfiles/bun';
import { LISTS, type Lockfile, type Manifests } from '../lockfiles/lockfile';
import { npmLockfile, npmMembers } from '../lockfiles/npm';
import { pnpmLockfile, pnpmMembers } from '../lockfiles/pnpm';
import { berryMembers, yarnLockfile } from '../lockfiles/yarn';
import { isBerry } from '../lockfiles/yarn-entries';
import { dependencies, readManifest } from '../manifest';
import { LOCKFILES, lockfiles } from './workspace-root';

/** A package manager. Yarn 1 (`yarn`) and later versions (`berry`) work differently. */
export type Manager = 'npm' | 'pnpm' | 'yarn' | 'berry' | 'bun';

/** A project whose packages are installed in the image from its lockfile. */
export interface NodeProject {
  /** Absolute path of the lockfile's folder. */
  readonly folder: string;
  readonly manager: Manager;
  /** Name of the lockfile. */
  readonly lockfileName: string;
  readonly lockfileText: string;
  readonly lockfile: Lockfile;
  /** Settings of Yarn 2 or later, or of pnpm's workspace. */
  readonly settings: JsonObject;
  /** Manifests of the project and its members, which the lockfile must match. */
  readonly members: Manifests;
  /** These, and the manifests of folders that one of them refers to by `file:`, `link:` or `portal:`. */
  readonly manifests: Manifests;
}

/** The project whose lockfile is in a folder. */
export function nodeProject(folder: string): NodeProject | Finding {
  const manifest = readManifest(folder) ?? {};
  const chosen = chooseLockfile(folder, manifest);
  if ('found' in chosen) return chosen;
  const { name: lockfileName, manager } = chosen;
  const lockfileText = readFileSync(join(folder, lockfileName), 'utf8').replace(/^\uFEFF/, '');
  try {
    const settings = settingsOf(folder, manager);
    const folders = memberFolders(folder, manager, lockfileText, manifest);
    const manifests = manifestsOf(folder, folders);
    const members = new Map([...manifests].filter(([path]) => path === '' || folders.includes(path)));
    const project = { manifests: members, settings, hoists: hoists(members, settings) };
    const lockfile = readLockfile(manager, lockfileText, project);
    return { folder, manager, lockfileName, lockfileText, lockfile, settings, members, manifests };
  } catch (error) {
    return {
      found: `${lockfileName}, which cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      accepted: 'a lockfile as written by the package manager',
      fix: 'resolve conflicts in it, or delete it and install again',
    };
  }
}

function chooseLockfile(
  folder: string,
  manifest: JsonObject,
): { readonly name: string; readonly manager: Manager } | Finding {
  const there = lockfiles(folder);
  const named = /^(npm|pnpm|yarn|bun)@/.exec(asText(manifest.packageManager) ?? '')?.[1];
  const known = LOCKFILES.filter(([name]) => there.includes(name));
  const managers = [...new Set(known.map(([, manager]) => manager))];
  const [first] = known.filter(([, manager]) => managers.length === 1 || manager === named);
  if (first !== undefined) {
    const [name, manager] = first;
    const berry = manager === 'yarn' && isBerry(readFileSync(join(folder, name), 'utf8'));
    return { name, manager: berry ? 'berry' : manager };
  }
  if (managers.length === 0)
    return {
      found: 'bun.lockb, which only Bun reads',
      accepted: 'bun.lock',
      fix: 'run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only`, and delete bun.lockb',
    };
  return {
    found: `lockfiles of several package managers: ${known.map(([name]) => name).join(', ')}`,
    accepted: 'one lockfile, or packageManager in package.json',
    fix: 'delete the lockfiles that you do not use',
  };
}

function settingsOf(folder: string, manager: Manager): JsonObject {
  const name = { berry: '.yarnrc.yml', pnpm: 'pnpm-workspace.yaml', npm: '', yarn: '', bun: '' }[manager];
  const path = join(folder, name);
  return name !== '' && existsSync(path) ? (asObject(parse(readFileSync(path, 'utf8'))) ?? {}) : {};
}

function memberFolders(folder: string, manager: Manager, text: string, manifest: JsonObject): string[] {
  switch (manager) {
    case 'npm':
      return npmMembers(text);
    case 'pnpm':
      return pnpmMembers(text);
    case 'berry':
      return berryMembers(text);
    case 'bun':
      return bunMembers(text);
    case 'yarn':
      return globbedMembers(folder, manifest);
  }
}

/** The lockfile of Yarn 1 doesn't list the members. The manifest names them by patterns. */
function globbedMembers(folder: string, { workspaces }: JsonObject): string[] {
  const listed = Array.isArray(workspaces) ? workspaces : asObject(workspaces)?.packages;
  const patterns = (Array.isArray(listed) ? listed : []).filter((one) => typeof one === 'string');
  const globs = patterns.map((pattern) => `${pattern.replace(/\/+$/, '')}/package.json`);
  const found = globs.length === 0 ? [] : globSync(globs, { cwd: folder, ignore: ['**/node_modules/**'] });
  return found.map((path) => posix.dirname(path.split(sep).join('/'))).sort();
}

/** The manifests of the project, its members, and folders that one of them refers to by `file:`, `link:` or `portal:`. */
function manifestsOf(folder: string, members: readonly string[]): Manifests {
  const manifests = new Map<string, JsonObject>();
  const open = ['', ...members];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const manifest = manifests.has(path) ? undefined : readManifest(join(folder, path));
    if (manifest === undefined) continue;
    manifests.set(path, manifest);
    for (const range of LISTS.flatMap((list) => [...dependencies(manifest, list).values()])) {
      const [, local] = /^(?:file|link|portal):(.+)$/.exec(range) ?? [];
      if (local !== undefined)
        open.push(
          relative(folder, join(folder, path, local))
            .split(sep)
            .join('/'),
        );
    }
  }
  return manifests;
}

function hoists(manifests: Manifests, { nmHoistingLimits }: JsonObject): boolean {
  const limited = [...manifests.values()].some(
    ({ workspaces, installConfig }) =>
      asObject(workspaces)?.nohoist !== undefined || asObject(installConfig)?.hoistingLimits !== undefined,
  );
  return !limited && (nmHoistingLimits === undefined || nmHoistingLimits === 'none');
}

function readLockfile(manager: Manager, text: string, project: Parameters<typeof yarnLockfile>[1]): Lockfile {
  switch (manager) {
    case 'npm':
      return npmLockfile(text);
    case 'pnpm':
      return pnpmLockfile(text);
    case 'bun':
      return bunLockfile(text);
    default:
      return yarnLockfile(text, project);
  }
}

/** The path of a manifest of the project, for messages. */
export function manifestName(folder: string): string {
  return posix.join(folder, 'package.json');
}
