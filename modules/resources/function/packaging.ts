import { z } from 'zod';
import { nonEmpty, strict, text } from '../../config/checked';
import { versionOf } from '../../config/language-version';
import { NODE_VERSIONS, PYTHON_VERSIONS, type Runtime } from '../../rules/lambda-runtimes';

/** Runtime and handler of the languages that are built before synthesis, by the endings of their files. */
const BUILT: { readonly [ending: string]: readonly [runtime: Runtime, handler: string] } = {
  go: ['provided.al2023', 'bootstrap'],
  rs: ['provided.al2023', 'bootstrap'],
  java: ['java21', '<package>.<Class>::<method>'],
  kt: ['java21', '<package>.<Class>::<method>'],
  cs: ['dotnet8', '<assembly>::<namespace>.<Class>::<method>'],
  rb: ['ruby3.4', '<file>.<method>'],
};

function otherLanguage(found: string): string {
  const [runtime, handler] = BUILT[/\.(\w+)(:[^/]*)?$/.exec(found)?.[1] ?? ''] ?? [];
  if (runtime === undefined) {
    return 'use a JavaScript, TypeScript or Python file. Build other languages before synthesis, and use custom-artifact';
  }
  const packaging = `{ type: "custom-artifact", properties: { packagePath: "<folder or .zip>", handler: "${handler}" } }`;
  return `build it before synthesis, and write packaging: ${packaging} and runtime: "${runtime}"`;
}

export const bundlePackaging = strict({
  /** Bundles a JavaScript or TypeScript file with everything that it imports, or zips the project of a Python file with its packages, at synthesis. `js-bundle` and `buildpack` are other names of it. */
  type: z.literal(['stacktape-lambda-buildpack', 'js-bundle', 'buildpack']),
  /** The file. */
  properties: strict({
    /** File with the handler, relative to the config file. `file.ts:name` names the export, and `file.py:name` the function. Without a name, it is `handler`, else the default export. */
    entryfilePath: text({
      pattern: /\.([cm]?[jt]sx?|py)(:[A-Za-z_$][\w$]*)?$/,
      accepted:
        'the path of a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file, with or without :<handler> after it',
      fix: otherLanguage,
      settles: (found) => (/\.\w+(:[^/]*)?$/.test(found) ? ['handlerFunction', 'languageSpecificConfig'] : []),
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
