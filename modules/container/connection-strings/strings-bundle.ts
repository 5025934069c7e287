import { BundledProgram } from '../../orchestration/bundled-program';

/** The `handler` setting of the function: the bundle's file and its export. */
export const STRINGS_HANDLER = 'index.handler';

export const stringsProgram = new BundledProgram(
  'connection-strings',
  'modules/container/connection-strings/function/handler.ts',
  'node24',
);
