import { existsSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { asText } from '../../../../orchestration/trigger/json';
import { formatFound, foundText, foundValue } from '../../../../problems/found';
import type { Finding } from '../../../../problems/problem';
import { pathBelow } from '../../included-files';
import type { UnbundledPackage } from '../bundle';
import type { LockedPackage, Resolution } from '../lockfiles/lockfile';
import { readManifest } from '../manifest';
import { manifestName, type NodeProject } from './project';
import { type Target, unfitForTarget } from './target';

/** The result of checking a package that stays out of the bundle. */
export type Checked =
  /** It resolves to the same version in the image as on this machine. */
  | 'right'
  /** It does if these packages, which import it, also stay out of the bundle. */
  | { readonly keepOut: readonly string[] }
  | { readonly finding: Finding };

/**
 * Whether a package, imported from the bundle in the image, resolves to the version that the code was bundled with. The image has no
 * development dependencies.
 *
 * @param place folder of the bundle, relative to the lockfile's folder
 */
export function checkPackage(project: NodeProject, kept: UnbundledPackage, place: string, target: Target): Checked {
  const resolution = project.lockfile.resolve(kept.name, place);
  const here = versionHere(kept);
  if (resolution.kind === 'installed') {
    const { locked } = resolution;
    const same = here === undefined || locked.version === undefined || here === locked.version;
    if (locked.localFolder !== undefined) return { finding: localFinding(kept, locked.localFolder) };
    if (same) {
      const unfit = unfitForTarget(locked, target);
      return unfit === undefined
        ? 'right'
        : { finding: { ...unfit, found: foundValue(kept.name, `, ${unfit.found}`) } };
    }
  }
  // Only code outside the bundle imports it.
  if (kept.importers.length === 0 && resolution.kind === 'unsure') return 'right';
  // An importer that also stays out finds its version in its own node_modules.
  const importers = kept.importers.filter((name) => name !== '');
  if (importers.length > 0 && importers.length === kept.importers.length) return { keepOut: importers };
  return { finding: finding(project, kept, place, resolution, here) };
}

function versionHere({ folder }: UnbundledPackage): string | undefined {
  return folder === undefined ? undefined : asText(readManifest(folder)?.version);
}

function finding(
  project: NodeProject,
  kept: UnbundledPackage,
  place: string,
  resolution: Resolution,
  here: string | undefined,
): Finding {
  const { lockfileName } = project;
  const manifest = manifestName(memberOf(project, place));
  const name = formatFound(kept.name);
  const accepted = `a package in dependencies of ${manifest}, at the version in ${lockfileName}`;
  const why = `${name}, which stays out of the bundle (${kept.reason})`;
  switch (resolution.kind) {
    case 'development':
      return {
        found: foundText(`${why} and is for development only`),
        accepted,
        fix: `move ${name} from devDependencies to dependencies in ${manifest} and install again${orLeaveOut(kept)}`,
      };
    case 'absent':
      return {
        found: foundText(`${why} and is not in ${lockfileName}`),
        accepted,
        fix: `add ${name} to dependencies in ${manifest} and install again${orLeaveOut(kept)}`,
      };
    case 'unsure':
      return {
        found: foundText(
          `${why}: ${lockfileName} has ${resolution.versions.join(' and ')}, and ${manifest} names none`,
        ),
        accepted,
        fix: `add ${name}${here === undefined ? '' : ` at ${here}`} to dependencies in ${manifest} and install again`,
      };
    case 'installed':
      return mismatch(project, kept, place, resolution.locked, here ?? '', accepted);
  }
}

/** Another version: either node_modules does not match the lockfile, or the importing file is in another folder. */
function mismatch(
  project: NodeProject,
  kept: UnbundledPackage,
  place: string,
  locked: LockedPackage,
  here: string,
  accepted: string,
): Finding {
  const { lockfileName, lockfile } = project;
  const name = formatFound(kept.name);
  const member = memberOf(project, place);
  const from = importingFolder(project, kept);
  const there = from === undefined ? undefined : lockfile.resolve(kept.name, from);
  const agrees = there?.kind === 'installed' && there.locked.version === here;
  if (agrees && from !== place)
    return {
      found: foundText(
        `${name} ${here}, imported from ${from === '' ? 'the root' : from}; the bundle in ${place || 'the root'} would get ${locked.version}`,
      ),
      accepted,
      fix: `have the same version of ${name} in ${manifestName(member)} as in ${manifestName(memberOf(project, from ?? ''))} and install again`,
    };
  return {
    found: foundText(`${name} ${here} in node_modules, and ${locked.version} in ${lockfileName}`),
    accepted: 'the version of the lockfile in node_modules',
    fix: 'install the packages from the lockfile, or update the lockfile',
  };
}

/** The folder whose `node_modules` has a package on this machine, relative to the lockfile's folder. */
function importingFolder({ folder }: NodeProject, kept: UnbundledPackage): string | undefined {
  if (kept.folder === undefined) return undefined;
  const path = pathBelow(folder, kept.folder) ?? pathBelow(realFolder(folder), kept.folder);
  return path === undefined ? undefined : /^(.*?)\/?node_modules\/(?:@[^/]+\/)?[^/]+$/.exec(path)?.[1];
}

function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** The member of the workspace that a folder belongs to. */
function memberOf({ members }: NodeProject, folder: string): string {
  for (let path = folder; path !== '.' && path !== ''; path = posix.dirname(path)) if (members.has(path)) return path;
  return '';
}

function localFinding({ name, reason }: UnbundledPackage, localFolder: string): Finding {
  return {
    found: foundValue(
      name,
      `, which stays out of the bundle (${reason}) and is the folder ${localFolder} of the project`,
    ),
    accepted:
      'a package from a registry, an archive or a Git repository: code in a folder of the project must be bundled',
    fix: `remove ${formatFound(name)} from dependenciesToExcludeFromBundle, so that it is bundled, or publish it as a package`,
  };
}

function orLeaveOut({ name }: UnbundledPackage): string {
  return `, or add it to excludeDependencies if the job never imports ${formatFound(name)}`;
}
