import { z } from 'zod';
import { nonEmpty, strict, text } from '../../config/checked';
import { versionOf } from '../../config/language-version';
import { either } from '../../problems/phrases';
import { NODE_VERSIONS, PYTHON_VERSIONS, RUNTIMES } from '../../rules/lambda-runtimes';

/** Beginning of the runtimes for programs of a processor. */
const NATIVE = 'provided.';

/** Handler and the beginning of the runtimes' names of the languages that are built before synthesis, by the endings of their files. */
const BUILT: { readonly [ending: string]: readonly [handler: string, runtimes: string] } = {
  go: ['bootstrap', NATIVE],
  rs: ['bootstrap', NATIVE],
  java: ['<package>.<Class>::<method>', 'java'],
  kt: ['<package>.<Class>::<method>', 'java'],
  cs: ['<assembly>::<namespace>.<Class>::<method>', 'dotnet'],
  rb: ['<file>.<method>', 'ruby'],
};

function otherLanguage(found: string): string {
  const [handler, start] = BUILT[/\.(\w+)(:[^/]*)?$/.exec(found)?.[1] ?? ''] ?? [];
  if (start === undefined) {
    return 'use a JavaScript, TypeScript or Python file. Build other languages before synthesis, and use custom-artifact';
  }
  const packaging = `{ type: "custom-artifact", properties: { packagePath: "<folder or .zip>", handler: "${handler}" } }`;
  const runtimes = RUNTIMES.filter((runtime) => runtime.startsWith(start)).map((runtime) => `"${runtime}"`);
  // Lambda starts it as it is.
  const target = start === NATIVE ? " for the function's architecture, arm64 by default," : '';
  return `build it${target} before synthesis, and write packaging: ${packaging} and runtime: ${either(runtimes)}`;
}

/** Properties beside the entry file, here and in Stacktape, that code which is built already has not. */
const OF_BUNDLES = [
  ...['handlerFunction', 'excludeDependencies', 'languageSpecificConfig', 'includeFiles', 'excludeFiles'],
  ...['python', 'java', 'dotnet'],
];

/** Form of an entry file that synthesis builds, with or without the name of its handler. */
const ENTRY_FILE = /\.([cm]?[jt]sx?|py)(:[A-Za-z_$][\w$]*)?$/;

export const bundlePackaging = strict({
  /** Bundles a JavaScript or TypeScript file with everything that it imports, or zips the project of a Python file with its packages, at synthesis. `js-bundle` and `buildpack` are other names of it. */
  type: z.literal(['stacktape-lambda-buildpack', 'js-bundle', 'buildpack']),
  /** The file. */
  properties: strict({
    /** File with the handler, relative to the config file. `file.ts:name` names the export, and `file.py:name` the function. Without a name, it is `handler`, else the default export. */
    entryfilePath: text({
      pattern: ENTRY_FILE,
      accepted:
        'the path of a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file, with or without :<handler> after it',
      fix: otherLanguage,
      settles: (found) => (/\.\w+(:[^/]*)?$/.test(found) ? OF_BUNDLES : []),
    }),
    /** Name of the export or the Python function that is the handler. You can write it as `:name` in `entryfilePath` instead. @default `handler`, else the default export */
    handlerFunction: text({
      pattern: /^[A-Za-z_$][\w$]*$/,
      accepted: 'the name of an export',
      fix: 'write the name alone, such as handler',
    }).optional(),
    /** Packages to leave out. The code must not need them, or find them in a layer that `overrides` add. @default none */
    excludeDependencies: z.array(nonEmpty("a package's name")).optional(),
    /** Settings of the file's language. @default each property's own default */
    languageSpecificConfig: strict({
      /** JavaScript, TypeScript: path of the tsconfig.json, relative to the config file. @default the nearest one */
      tsConfigPath: nonEmpty('a path').optional(),
      /** JavaScript, TypeScript: format of the bundle. Only `esm` allows `await` at the top of a file. @default cjs */
      outputModuleFormat: z.enum(['cjs', 'esm']).optional(),
      /** JavaScript, TypeScript: major version of Node.js: 22 or 24. @default 24 */
      nodeVersion: z.literal([...NODE_VERSIONS]).optional(),
      /** JavaScript, TypeScript: only `true`: the bundle has no source maps. @default true */
      disableSourceMaps: z.literal(true).optional(),
      /** Python: version, 3.11 to 3.14, or '3.10' in quotes (as a number it would be 3.1). @default the project's version, else 3.12 */
      pythonVersion: versionOf('Python', [], PYTHON_VERSIONS).optional(),
      /** Python: path of the file that declares the packages, relative to the config file. @default found in the entry file's folder or above */
      packageManagerFile: nonEmpty('a path').optional(),
    }).optional(),
  }),
});

/** Whether synthesis builds an entry file: others are in languages that are built before it. */
export function isBuilt(entryfilePath: string): boolean {
  return ENTRY_FILE.test(entryfilePath);
}

/** Whether an entry file is in Python. The others are in JavaScript or TypeScript. */
export function isPython(entryfilePath: string): boolean {
  return /\.py(:|$)/.test(entryfilePath);
}

/** Settings of `languageSpecificConfig` for Python. The others are for JavaScript and TypeScript. */
export const PYTHON_SETTINGS: readonly string[] = ['pythonVersion', 'packageManagerFile'];

export const artifactPackaging = strict({
  /** Uses code that is built already, in any language. */
  type: z.literal('custom-artifact'),
  /** Where it is, and what is called. */
  properties: strict({
    /** Folder, file or .zip, relative to the config file. Terraform zips a folder or a file. */
    packagePath: nonEmpty('a path'),
    /** File in the package and its function, such as `lib/index.js:handler`, or as Lambda writes it. @default bootstrap, for the runtime provided.al2023 only */
    handler: nonEmpty('a file and its function, such as index.js:handler').optional(),
  }),
});

/** Source of a function's code, by `type`. */
export const packaging = z.discriminatedUnion('type', [bundlePackaging, artifactPackaging]);
