import { formatFound } from '../../../config/problem';
import type { PackagingProblem } from '../../build-context';
import { languageProblem } from '../language';
import { declared, type NodeProject } from '../node-packages';

/** What cannot be installed in the image. */
export function packageProblems(
  wanted: readonly string[],
  configured: readonly string[],
  project: NodeProject | undefined,
): PackagingProblem[] {
  if (wanted.length === 0) return [];
  if (project === undefined) {
    const finding = {
      found: `${wanted.map(formatFound).join(', ')}, and no lockfile at or above the entry file`,
      accepted: 'a package.json with a package-lock.json, pnpm-lock.yaml, yarn.lock or bun.lock beside it',
      fix: 'install the packages with a package manager that writes a lockfile, and keep it with the code',
    };
    const property = configured.length > 0 ? undefined : ['entryfilePath'];
    return [property ? { property, ...finding } : languageProblem('dependenciesToExcludeFromBundle', finding)];
  }
  return configured.flatMap((name, index) => {
    if (name === '*' || name.includes('*') || declared(project, name) !== 'dev') return [];
    return [
      {
        property: ['languageSpecificConfig', 'dependenciesToExcludeFromBundle', index],
        found: `${formatFound(name)}, which package.json has for development only`,
        accepted: 'a package among dependencies',
        fix: `move it from devDependencies to dependencies`,
      },
    ];
  });
}
