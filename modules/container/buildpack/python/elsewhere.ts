import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatFound } from '../../../problems/found';
import { mayBring } from './distribution-names';
import type { Distributions, ExcludedPackage } from './installation';
import type { Manifest } from './manifest';
import { requirementNames } from './requirements-file';

/** Installed packages, and packages in another file of the project that are not installed. */
export function declaredElsewhere(distributions: Distributions, manifest: Manifest): Distributions {
  const path = join(manifest.folder, 'requirements.txt');
  if (manifest.kind === 'requirements' || !existsSync(path)) return distributions;
  const withheld = new Map<string, ExcludedPackage>(distributions.withheld);
  for (const name of requirementNames(path, manifest.folder))
    if (!withheld.has(name))
      withheld.set(name, {
        where: 'requirements.txt',
        fix: 'set languageSpecificConfig.packageManagerFile to requirements.txt, or declare it in the file that is installed',
      });
  return { ...distributions, withheld };
}

/** The fix for a project that declares no packages, depending on its files. */
export function elsewhere(folder: string, module: string): string {
  const names = [folder, join(folder, 'requirements')].flatMap((one) =>
    existsSync(one)
      ? readdirSync(one)
          .filter((name) => (one === folder ? /^requirements.*\.(txt|in)$/.test(name) : /\.(txt|in)$/.test(name)))
          .map((name) => (one === folder ? name : `requirements/${name}`))
          .filter((name) => mayBring(module, new Set(requirementNames(join(folder, name), folder))))
      : [],
  );
  if (names.length === 0)
    return "declare the package in a requirements.txt or a pyproject.toml at or above the entry file's folder";
  return `set languageSpecificConfig.packageManagerFile to the file that declares it: ${names.sort().map(formatFound).join(', ')}`;
}
