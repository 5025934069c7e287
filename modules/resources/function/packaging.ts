import { z } from 'zod';
import { nonEmpty, strict, text } from '../../config/checked';

/** Versions of Node.js that Lambda creates functions with: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const NODE_VERSIONS = [22, 24] as const;

export type NodeVersion = (typeof NODE_VERSIONS)[number];

/** Lambda's name of the runtime with a version of Node.js. */
export function runtimeOf<Version extends NodeVersion>(version: Version) {
  return `nodejs${version}.x` as const;
}

/** Source of a function's code, by `type`. */
export const packaging = z.discriminatedUnion('type', [
  strict({
    /** Bundles a JavaScript or TypeScript file with everything that it imports, at synthesis. `js-bundle` and `buildpack` are other names of it. */
    type: z.literal(['stacktape-lambda-buildpack', 'js-bundle', 'buildpack']),
    /** The file. */
    properties: strict({
      /** File that exports the handler, relative to the config file. `file.ts:name` names the export. Without a name, it is `handler`, else the default export. */
      entryfilePath: text({
        pattern: /\.[cm]?[jt]sx?(:[A-Za-z_$][\w$]*)?$/,
        accepted:
          'the path of a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs or .jsx file, with or without :<export> after it',
        fix: 'use a JavaScript or TypeScript file. For other languages, create the function with Terraform and name it in existing',
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
  }),
]);
