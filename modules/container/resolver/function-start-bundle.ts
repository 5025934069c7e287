import { BundledProgram } from '../../orchestration/bundled-program';
import type { FunctionBundle } from '../../orchestration/function-bundle';

export const functionStartProgram = new BundledProgram(
  'function-start',
  'modules/container/resolver/function-start.ts',
  'node22',
);

/**
 * Loads the text of a CommonJS module, which may be code that isn't strict, as Node.js does: in the file itself it would be strict. The
 * names are those of no bundle.
 */
const LOAD = `import ModuleOfStart from 'node:module';
import { dirname as dirnameOfStart } from 'node:path';
import { fileURLToPath as fileURLToPathOfStart } from 'node:url';

function loadOfStart(text) {
  const filename = fileURLToPathOfStart(import.meta.url).replace(/mjs$/, 'js');
  const module = new ModuleOfStart(filename);
  module.filename = filename;
  module.paths = ModuleOfStart._nodeModulePaths(dirnameOfStart(filename));
  module._compile(text, filename);
  return module.exports;
}
`;

/**
 * A function whose variables get their secrets before its code is loaded, because code reads variables where it is loaded. Lambda awaits a
 * module with the ending .mjs. Of a bundle that is one already, only what Node.js and packages outside of the bundle export is loaded
 * before.
 */
export function startedWithSecrets({ text, file, handler }: FunctionBundle): FunctionBundle {
  const start = `${LOAD}
await loadOfStart(${JSON.stringify(functionStartProgram.text())}).start(process.env);
`;
  if (file.endsWith('.mjs')) return { file, handler, text: start + text };
  const [, name = ''] = handler.split('.');
  return {
    file: 'index.mjs',
    handler: 'index.handler',
    text: `${start}export const handler = loadOfStart(${JSON.stringify(text)})[${JSON.stringify(name)}];
`,
  };
}
