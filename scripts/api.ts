import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** Where the pages of the public API are. */
export const API_FOLDER = join(ROOT, 'docs/reference/api');

/** The entry points of the package. */
const ENTRY_POINTS = ['index.ts', 'triggers/index.ts', 'modules/resources/index.ts', 'job/index.ts'];

const OPTIONS = {
  entryPoints: ENTRY_POINTS.map((file) => join(ROOT, file)),
  tsconfig: join(ROOT, 'tsconfig.build.json'),
  // Compiler errors don't stop it, since `npm run typecheck` reports them better.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown'],
  readme: 'none',
  name: 'API reference',
  disableSources: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeInternal: true,
  excludeExternals: true,
  outputFileStrategy: 'members',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hideGroupHeadings: true,
  parametersFormat: 'table',
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  logLevel: 'Error',
};

/** Writes the pages of the public API from the comments in its source. */
export function writeApi(out = API_FOLDER): void {
  const words = Object.entries({ ...OPTIONS, out }).flatMap(([name, value]) =>
    [value].flat().flatMap((item) => [`--${name}`, String(item)]),
  );
  const typedoc = join(ROOT, 'node_modules', 'typedoc', 'bin', 'typedoc');
  execFileSync(process.execPath, [typedoc, ...words], { cwd: ROOT, stdio: 'inherit' });
}

if (require.main === module) writeApi();
