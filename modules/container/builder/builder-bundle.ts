import { BundledProgram } from '../../orchestration/bundled-program';

/** The `handler` of the function: the bundle's file and its export. */
export const BUILDER_HANDLER = 'index.handler';

export const builderProgram = new BundledProgram('builder', 'modules/container/builder/function/handler.ts', 'node24');

/** The source of the builder function as one minified file. */
export function bundleBuilderFunction(): string {
  return builderProgram.text();
}
