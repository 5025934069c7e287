import { BundledProgram } from '../../bundled-program';

/** The `handler` of the function: the bundle's file and what it exports. */
export const BUILDER_HANDLER = 'index.handler';

const program = new BundledProgram('modules/container/builder/function/handler.ts', 'node24');

/** The builder function's whole source as one minified file. */
export function bundleBuilderFunction(): string {
  return program.text();
}
