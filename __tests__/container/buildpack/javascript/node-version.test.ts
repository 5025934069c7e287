import { join } from 'node:path';
import { nodeVersion } from '../../../../modules/container/buildpack/javascript/node-version';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { folder, removeFolders } from '../../folder';

function version(
  files: { readonly [path: string]: string },
  settings: BuildpackProperties['languageSpecificConfig'] = {},
) {
  const root = folder(files);
  const properties = { entryfilePath: 'jobs/job.ts', languageSpecificConfig: settings };
  const found = nodeVersion({ properties, entry: join(root, 'jobs/job.ts'), distribution: 'alpine' }, root);
  return 'version' in found ? found.version : found.problems;
}

const manifest = (content: object) => ({ 'package.json': JSON.stringify(content) });

afterEach(removeFolders);

it.each<[string, { readonly [path: string]: string }, string]>([
  ['nothing', {}, '24'],
  ['.nvmrc', { '.nvmrc': '22\n' }, '22'],
  ['.nvmrc with a v', { '.nvmrc': 'v20.11.1\n' }, '20'],
  ['.nvmrc with a comment', { '.nvmrc': '# the LTS\n\nlts/jod # until 2027\n' }, '22'],
  ['.nvmrc with capitals', { '.nvmrc': 'lts/Iron' }, '20'],
  ['.nvmrc with the newest LTS', { '.nvmrc': 'lts/*' }, '26'],
  ['.nvmrc with the LTS before it', { '.nvmrc': 'lts/-1' }, '24'],
  ['.nvmrc with the newest', { '.nvmrc': 'node' }, '26'],
  ['.nvmrc with an odd version', { '.nvmrc': '23' }, '23'],
  ['.node-version', { '.node-version': '22.14.0\n' }, '22'],
  ['.node-version of nodenv', { '.node-version': 'node-v22.14\n' }, '22'],
  ['an empty .nvmrc', { '.nvmrc': '\n', '.node-version': '22' }, '22'],
  ['engines with a range that the default satisfies', manifest({ engines: { node: '>=18' } }), '24'],
  ['engines with an older one', manifest({ engines: { node: '^20.9.0 || ^22.0.0' } }), '22'],
  ['engines with an end', manifest({ engines: { node: '>=18 <24' } }), '22'],
  ['engines with a newer one', manifest({ engines: { node: '>=25' } }), '26'],
  ['engines with an odd version only', manifest({ engines: { node: '23.x' } }), '23'],
  ['engines with any', manifest({ engines: { node: '*' } }), '24'],
  ['engines of npm only', manifest({ engines: { npm: '>=10' } }), '24'],
  ['volta', manifest({ volta: { node: '22.1.0' }, engines: { node: '>=26' } }), '22'],
  ['devEngines', manifest({ devEngines: { runtime: { name: 'node', version: '^22' } } }), '22'],
  [
    'a list of devEngines',
    manifest({ devEngines: { runtime: [{ name: 'bun' }, { name: 'node', version: '26' }] } }),
    '26',
  ],
  ['the nearest folder', { '.nvmrc': '20', ...manifest({}), 'jobs/package.json': '{"engines":{"node":"22"}}' }, '22'],
  ['.nvmrc before the package.json beside it', { '.nvmrc': '20', ...manifest({ engines: { node: '>=18' } }) }, '20'],
  ['a package.json that is no JSON', { 'package.json': '{', '.nvmrc': '20' }, '20'],
])('is what the project says: %s', (_, files, wanted) => {
  expect(version(files)).toBe(wanted);
});

it("is the config's own before the project's", () => {
  expect(version({ '.nvmrc': '20' }, { nodeVersion: 26 })).toBe('26');
  expect(version({ '.nvmrc': '0.10' }, { nodeVersion: '22' })).toBe('22');
});

it('does not look above the folder that may be sent', () => {
  const root = folder({ '.nvmrc': '20', 'repo/job.ts': '' });
  const properties = { entryfilePath: 'job.ts' };
  expect(
    nodeVersion({ properties, entry: join(root, 'repo/job.ts'), distribution: 'alpine' }, join(root, 'repo')),
  ).toEqual({ version: '24' });
});

it.each([
  ['too old a version', { '.nvmrc': '14' }, '.nvmrc, which asks for Node.js "14"'],
  ['an unknown name', { '.node-version': 'lts/zinc' }, '.node-version, which asks for Node.js "lts/zinc"'],
  [
    'an old range',
    manifest({ engines: { node: '^12 || ^14' } }),
    'engines.node of package.json, which asks for Node.js "^12 || ^14"',
  ],
  ['a release that is not out', manifest({ engines: { node: '>=99' } }), 'engines.node of package.json'],
  ['another runtime', { '.nvmrc': 'iojs' }, '.nvmrc'],
])('that no base image has is refused with those that there are: %s', (_, files, found) => {
  expect(version(files)).toEqual([
    {
      property: ['languageSpecificConfig', 'nodeVersion'],
      found: expect.stringContaining(found),
      accepted: expect.stringMatching(/16.*20, 21, 22, 23, 24, 25, 26/),
      fix: expect.stringContaining('languageSpecificConfig.nodeVersion'),
    },
  ]);
});
