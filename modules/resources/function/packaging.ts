import { z } from 'zod';
import { strict, text } from '../../config/checked';

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
    }),
  }),
]);
