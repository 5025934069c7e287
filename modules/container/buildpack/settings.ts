import { foundText } from '../../problems/found';
import type { PackagingProblem } from '../build-context';
import { type BuildpackProperties, type BuildpackSource, languageProblem } from './language';

type Setting = keyof NonNullable<BuildpackProperties['languageSpecificConfig']>;

/** The languages of each setting. */
const LANGUAGES_OF: { readonly [Name in Setting]: readonly string[] } = {
  tsConfigPath: ['JavaScript'],
  emitTsDecoratorMetadata: ['JavaScript'],
  dependenciesToExcludeFromBundle: ['JavaScript'],
  outputModuleFormat: ['JavaScript'],
  nodeVersion: ['JavaScript'],
  disableSourceMaps: ['JavaScript'],
  outputSourceMapsTo: ['JavaScript'],
  dependenciesToExcludeFromDeploymentPackage: ['JavaScript'],
  packageManagerFile: ['Python', 'Java'],
  packageManager: ['Python'],
  uvOptionalDependencies: ['Python'],
  uvWithGroups: ['Python'],
  uvWithoutGroups: ['Python'],
  uvOnlyGroups: ['Python'],
  pythonVersion: ['Python'],
  runAppAs: ['Python'],
  minify: ['Python'],
  useMaven: ['Java'],
  javaVersion: ['Java'],
  rubyVersion: ['Ruby'],
  phpVersion: ['PHP'],
  projectFile: ['.NET'],
  dotnetVersion: ['.NET'],
};

/** Settings of other languages, which would have no effect. */
export function foreignSettings(
  { languageSpecificConfig = {} }: BuildpackProperties,
  language: string,
): PackagingProblem[] {
  const own = (Object.keys(LANGUAGES_OF) as Setting[]).filter((name) => LANGUAGES_OF[name].includes(language));
  return (Object.keys(languageSpecificConfig) as Setting[])
    .filter((name) => languageSpecificConfig[name] !== undefined && !own.includes(name))
    .map((name) =>
      languageProblem(name, {
        found: `a setting for ${LANGUAGES_OF[name].join(' and ')}, of a file in ${language}`,
        accepted: own.length === 0 ? `nothing: ${language} has no settings` : own.join(', '),
        fix: 'remove it',
      }),
    );
}

/**
 * `excludeDependencies`, for a language whose package manager doesn't support it.
 *
 * @param instead what the project can do instead
 */
export function unsupportedExclusions(
  { properties: { excludeDependencies = [] } }: BuildpackSource,
  language: string,
  instead: string,
): PackagingProblem[] {
  if (excludeDependencies.length === 0) return [];
  const found = foundText(excludeDependencies.map((name) => `"${name}"`).join(', '));
  return [
    {
      property: ['excludeDependencies'],
      found,
      accepted: `nothing for ${language}`,
      acceptedAs: 'rule',
      fix: `remove it: ${instead}`,
    },
  ];
}
