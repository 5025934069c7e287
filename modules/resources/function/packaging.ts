import { z } from 'zod';
import { nonEmpty, strict, text } from '../../config/checked';
import { NODE_VERSIONS } from '../../rules/lambda-runtimes';

export const bundlePackaging = strict({
  /** Bundles a JavaScript or TypeScript file with everything that it imports, at synthesis. `js-bundle` and `buildpack` are other names of it. */
  type: z.literal(['stacktape-lambda-buildpack', 'js-bundle', 'buildpack']),
  /** The file. */
  properties: strict({
    /** File that exports the handler, relative to the config file. `file.ts:name` names the export. Without a name, it is `handler`, else the default export. */
    entryfilePath: text({
      pattern: /\.[cm]?[jt]sx?(:[A-Za-z_$][\w$]*)?$/,
      accepted: 'the path of a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs or .jsx file, with or without :<export> after it',
      fix: 'use a JavaScript or TypeScript file. Build other languages before synthesis, and use custom-artifact',
    }),
    /** Name of the export that is the handler. You can write it as `:name` in `entryfilePath` instead. @default `handler`, else the default export */
    handlerFunction: text({
      pattern: /^[A-Za-z_$][\w$]*$/,
      accepted: 'the name of an export',
      fix: 'write the name alone, such as handler',
    }).optional(),
    /** Packages to leave out. The code must not need them, or find them in a layer that `overrides` add. @default none */
    excludeDependencies: z.array(nonEmpty("a package's name")).optional(),
    /** Settings of JavaScript and TypeScript. @default each property's own default */
    languageSpecificConfig: strict({
      /** Path of the tsconfig.json, relative to the config file. @default the nearest one */
      tsConfigPath: nonEmpty('a path').optional(),
      /** Format of the bundle. Only `esm` allows `await` at the top of a file. @default cjs */
      outputModuleFormat: z.enum(['cjs', 'esm']).optional(),
      /** Major version of Node.js: 22 or 24. @default 24 */
      nodeVersion: z.literal([...NODE_VERSIONS]).optional(),
      /** Only `true`: the bundle has no source maps. @default true */
      disableSourceMaps: z.literal(true).optional(),
    }).optional(),
  }),
});

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
