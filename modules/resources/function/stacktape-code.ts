import type { InsteadOf } from '../../config/stacktape';

const OTHER_LANGUAGE =
  'remove it: entry files are JavaScript, TypeScript or Python. Build other languages before synthesis, use custom-artifact, and set runtime';

const OTHER_DEPENDENCIES =
  "remove it: the code has the project's own dependencies. For others: build the code before synthesis, and use custom-artifact";

const KEEPS_NAMES = 'remove it: bundles of functions are minified, and keep the names of functions and classes';

/** What to do about what the code of a function can have in Stacktape, by paths in the properties of its packaging. */
export const STACKTAPE_CODE: InsteadOf = {
  includeFiles:
    "remove it: a bundle has what the code imports, and a Python function all files of its project's folder. For others, build the code before synthesis, and use custom-artifact",
  excludeFiles:
    "remove it: a bundle has only what the code imports. For a Python function without some files of its project's folder, build the code before synthesis, and use custom-artifact",
  minify: KEEPS_NAMES,
  minifyIdentifiers: KEEPS_NAMES,
  bundleAwsSdk: "remove it: the bundle has the project's AWS SDK if it is installed, and else uses Lambda's",
  'languageSpecificConfig.minify': 'remove it: the code of Python functions is not minified',
  'languageSpecificConfig.emitTsDecoratorMetadata':
    'remove it. If the code needs the metadata, build it before synthesis, and use custom-artifact',
  'languageSpecificConfig.dependenciesToExcludeFromBundle':
    'remove it: the bundle has all packages. For those with native code or files beside it: build the code before synthesis, and use custom-artifact',
  'languageSpecificConfig.dependenciesToExcludeFromDeploymentPackage':
    'remove it, and list the packages in excludeDependencies, beside entryfilePath',
  'languageSpecificConfig.outputSourceMapsTo': 'remove it: bundles of functions have no source maps',
  'languageSpecificConfig.packageManager': 'remove it: uv installs the packages if it is on the machine, else pip',
  'languageSpecificConfig.runAppAs': 'remove it, and name a function as the handler, which can call the application',
  ...each(['uvOptionalDependencies', 'uvWithGroups', 'uvWithoutGroups', 'uvOnlyGroups'], OTHER_DEPENDENCIES),
  ...each(['javaVersion', 'useMaven', 'dotnetVersion', 'projectFile', 'rubyVersion', 'phpVersion'], OTHER_LANGUAGE),
};

/** The same for several settings of languages. */
function each(settings: readonly string[], instead: string): InsteadOf {
  return Object.fromEntries(settings.map((name) => [`languageSpecificConfig.${name}`, instead]));
}
