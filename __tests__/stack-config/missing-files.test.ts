import { missingFiles } from '../../modules/stack-config/missing-files';
import { folder, removeFolders } from '../container/folder';

afterEach(removeFolders);

const FILES = { 'a.ts': '', 'b.py': '', 'zip/index.js': '' };

/** The paths of what is missing, below the resource, and what was found. */
function missing(type: string, properties: object): (readonly [path: string, found: string])[] {
  const found = missingFiles({ resources: { one: { type, properties } } }, folder(FILES));
  return found.map(({ path, finding }) => [path.slice(3).join('.'), String(finding.found)] as const);
}

const ofJob = (properties: object) => missing('batch-job', { container: { packaging: { properties } } });
const ofFunction = (properties: object) => missing('function', { packaging: { properties } });

it.each([
  { entryfilePath: 'a.ts' },
  { entryfilePath: 'b.py:run' },
  { buildContextPath: 'zip' },
  { sourceDirectoryPath: '.' },
  { entryfilePath: 5 },
  { image: 'nowhere' },
])('a job finds %j', (properties) => {
  expect(ofJob(properties)).toEqual([]);
});

it.each([
  [{ entryfilePath: 'c.ts' }, 'entryfilePath', 'no such file'],
  [{ entryfilePath: 'c.py:run' }, 'entryfilePath', 'no such file'],
  [{ entryfilePath: 'zip' }, 'entryfilePath', 'a folder'],
  [{ buildContextPath: 'images' }, 'buildContextPath', 'no such folder'],
  [{ sourceDirectoryPath: 'a.ts' }, 'sourceDirectoryPath', 'a file'],
])('a job does not find %j', (properties, property, is) => {
  expect(ofJob(properties)).toEqual([[`container.packaging.properties.${property}`, expect.stringContaining(is)]]);
});

it.each([{ entryfilePath: 'a.ts:run' }, { entryfilePath: 'b.py' }, { packagePath: 'zip' }, { buildContextPath: 'no' }])(
  'a function finds %j, or does not look for it',
  (properties) => {
    expect(ofFunction(properties)).toEqual([]);
  },
);

it.each([
  [{ entryfilePath: 'c.ts:run' }, 'entryfilePath'],
  [{ entryfilePath: 'c.py:run' }, 'entryfilePath'],
  [{ packagePath: 'c.zip' }, 'packagePath'],
])('a function does not find %j', (properties, property) => {
  expect(ofFunction(properties)).toEqual([
    [`packaging.properties.${property}`, expect.stringContaining('no such file')],
  ]);
});

it('other resources, and what is no config, have no code', () => {
  expect(missing('bucket', { packaging: { properties: { entryfilePath: 'c.ts' } } })).toEqual([]);
  expect(missingFiles('config', '.')).toEqual([]);
});
