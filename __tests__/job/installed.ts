import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = resolve(__dirname, '../..');
const PACKAGE = 'node_modules/cdktf-batch-jobs';

/** The files of a project that has the package installed, as far as jobs can import it: compiled as the build does. */
export function installedLibrary(): { readonly [path: string]: string } {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const sources = readdirSync(join(ROOT, 'job')).filter((name) => name.endsWith('.ts'));
  const compiled = sources.map((name) => {
    const { outputText } = transpileModule(readFileSync(join(ROOT, 'job', name), 'utf8'), { compilerOptions });
    return [`${PACKAGE}/dist/job/${name.replace(/ts$/, 'js')}`, outputText] as const;
  });
  return {
    [`${PACKAGE}/package.json`]: readFileSync(join(ROOT, 'package.json'), 'utf8'),
    ...Object.fromEntries(compiled),
  };
}
