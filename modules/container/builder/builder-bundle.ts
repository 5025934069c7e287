import { BundledProgram } from '../../bundled-program';

/** The `handler` of the function: the bundle's file and what it exports. */
export const BUILDER_HANDLER = 'index.handler';

const program = new BundledProgram('modules/container/builder/function/handler.ts', 'node24');

/** Path of a file with the builder function's whole source, minified, for `TerraformAsset`. */
export function builderBundlePath(): string {
  return program.path();
}
