import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatFound, foundText, foundValue } from '../../../../problems/found';
import type { PackagingProblem } from '../../../build-context';
import { pathBelow } from '../../included-files';
import { type BuildpackSource, languageProblem } from '../../language';
import { repositoryFolder } from '../../repository';
import type { UnbundledPackage } from '../bundle';
import type { StaleDependency } from '../lockfiles/lockfile';
import { checkPackage } from './check';
import { credentialFindings } from './credentials';
import { type Installation, installation } from './installation';
import { namedFiles, settingsFiles } from './package-manager';
import { prismaClient } from './prisma';
import { manifestName, type NodeProject, nodeProject } from './project';
import { workspaceRoot } from './workspace-root';

/** How the packages that stay out of the bundle are installed in the image. */
export type KeptPackages =
  | { readonly problems: readonly PackagingProblem[] }
  /** They can be, if these packages stay out as well: names and reasons. */
  | { readonly keepOut: ReadonlyMap<string, string> }
  /** Undefined if no packages are installed. */
  | { readonly installation: Installation | undefined };

/** Maximum number of dependencies that a problem lists. */
const NAMED = 5;

/**
 * Checks that each package which stays out of the bundle resolves to the same version in the image as on this machine.
 *
 * @param root absolute path of the folder that becomes `/app`
 */
export function keptPackages(source: BuildpackSource, root: string, kept: readonly UnbundledPackage[]): KeptPackages {
  const folder = workspaceRoot(source.entry, repositoryFolder(source));
  if (folder === undefined) return { problems: [withoutLockfile(source, kept)] };
  const project = nodeProject(folder);
  if ('found' in project) return { problems: [{ property: ['entryfilePath'], ...project }] };
  const place = pathBelow(folder, dirname(source.entry)) ?? '';
  const problems = [...staleProblems(project), ...missingFiles(project), ...credentialProblems(project, source)];
  if (problems.length > 0) return { problems };

  const target = { ...source, lockfileName: project.lockfileName };
  const keepOut = new Map<string, string>();
  for (const one of kept) {
    // Only packages outside the bundle import it, and they find it in their own node_modules.
    if (one.importers.length === 0 && !configured(source).includes(one.name)) continue;
    const checked = checkPackage(project, one, place, target);
    if (checked === 'right') continue;
    if ('finding' in checked) problems.push({ property: propertyOf(source, one.name), ...checked.finding });
    else for (const name of checked.keepOut) keepOut.set(name, `it imports ${formatFound(one.name)}, ${one.reason}`);
  }
  if (problems.length > 0) return { problems };
  if (keepOut.size > 0) return { keepOut };
  const prisma = prismaClient(project, kept, place);
  if (prisma !== undefined && 'found' in prisma) return { problems: [{ property: ['entryfilePath'], ...prisma }] };
  return { installation: installation(project, place, root, prisma) };
}

function configured({ properties }: BuildpackSource): readonly string[] {
  return properties.languageSpecificConfig?.dependenciesToExcludeFromBundle ?? [];
}

/** The property that keeps a package out of the bundle. */
function propertyOf(source: BuildpackSource, name: string): PackagingProblem['property'] {
  const index = configured(source).indexOf(name);
  return index < 0 ? ['entryfilePath'] : ['languageSpecificConfig', 'dependenciesToExcludeFromBundle', index];
}

function withoutLockfile(source: BuildpackSource, kept: readonly UnbundledPackage[]): PackagingProblem {
  const above = workspaceRoot(source.entry);
  const packages = kept.map(({ name, reason }) => `${formatFound(name)} (${reason})`).join(', ');
  const finding =
    above === undefined
      ? {
          found: foundText(`${packages}, and no lockfile at or above the entry file`),
          accepted: 'a package.json with a package-lock.json, pnpm-lock.yaml, yarn.lock or bun.lock next to it',
          fix: 'install the packages with a package manager that writes a lockfile and commit it, or add those that the job never imports to excludeDependencies',
        }
      : {
          found: foundText(
            `${packages}, and the lockfile is in ${formatFound(basename(above))}, which is outside the folders that can be sent`,
          ),
          accepted: 'a lockfile in the Git repository or, without one, in the folder of the config',
          fix: 'move the config to the folder of the lockfile, or synthesize in the repository',
        };
  return configured(source).length > 0
    ? languageProblem('dependenciesToExcludeFromBundle', finding)
    : { property: ['entryfilePath'], ...finding };
}

function staleProblems(project: NodeProject): PackagingProblem[] {
  const stale = project.lockfile.stale(project.members);
  if (stale.length === 0) return [];
  const more = stale.length > NAMED ? [`and ${stale.length - NAMED} more`] : [];
  const found = [...stale.slice(0, NAMED).map((one) => staleLine(project, one)), ...more].join('\n');
  const accepted = `a lockfile that matches ${project.members.size > 1 ? 'the package.json files' : 'package.json'}`;
  return [{ property: ['entryfilePath'], found, accepted, fix: 'install again, so that the lockfile is updated' }];
}

function staleLine({ lockfileName }: NodeProject, { folder, name, wanted }: StaleDependency): string {
  const manifest = manifestName(folder);
  return wanted === undefined
    ? `${lockfileName} has ${formatFound(name)}, which is not in ${manifest}`
    : `${lockfileName} does not have ${formatFound(`${name}@${wanted}`)}, which is in ${manifest}`;
}

function missingFiles(project: NodeProject): PackagingProblem[] {
  const missing = namedFiles(project).filter((path) => !existsSync(join(project.folder, path)));
  return missing.map((path) => ({
    property: ['entryfilePath'],
    found: foundValue(
      path,
      `, which ${project.lockfileName} or the settings of the package manager name, but which does not exist`,
    ),
    accepted: 'a project with all files that the installation reads',
    fix: 'restore the file, or remove the dependency and install again',
  }));
}

function credentialProblems(project: NodeProject, { secrets }: BuildpackSource): PackagingProblem[] {
  return credentialFindings(project.folder, settingsFiles(project), secrets).map((finding) => ({
    property: ['buildSecrets'],
    ...finding,
  }));
}
