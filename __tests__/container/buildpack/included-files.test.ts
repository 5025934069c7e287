import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { includedFiles, pathBelow, pathFrom } from '../../../modules/container/buildpack/included-files';
import { folder, removeFolders } from '../folder';

afterEach(removeFolders);

/** What the patterns select below `config/` of the files. */
function included(files: { readonly [path: string]: string }, includeFiles?: string[], excludeFiles?: string[]) {
  const root = folder({ 'config/batch-jobs.config.ts': '', ...files });
  const baseDir = join(root, 'config');
  const own = [join(baseDir, 'batch-jobs.config.ts'), join(baseDir, 'out')];
  const { files: found, ...others } = includedFiles({ includeFiles, excludeFiles }, baseDir, own);
  return { paths: found.map(({ path }) => path).sort(), ...others };
}
const NONE = { problems: [], secrets: [] };

it('nothing is included by default', () => {
  expect(included({ 'config/a.txt': '' })).toEqual({ paths: [], ...NONE });
  expect(included({ 'config/a.txt': '' }, [])).toEqual({ paths: [], ...NONE });
});

it.each<[string, string[], string[] | undefined, string[]]>([
  ['a file', ['a.txt'], undefined, ['a.txt']],
  ['a folder', ['data'], undefined, ['data/.hidden', 'data/b.txt']],
  ['several patterns', ['a.txt', '**/*.txt'], undefined, ['a.txt', 'data/b.txt']],
  ['what is not excluded', ['**/*.txt'], ['data/**'], ['a.txt']],
])('%s is included', (_, includeFiles, excludeFiles, paths) => {
  const files = { 'config/a.txt': '', 'config/data/b.txt': '', 'config/data/.hidden': '' };
  expect(included(files, includeFiles, excludeFiles)).toEqual({ paths, ...NONE });
});

it('a file has its content, its size and whether it is executable', () => {
  const root = folder({ 'a.sh*': 'echo a' });
  const content = { file: join(root, 'a.sh'), size: 6 };
  expect(includedFiles({ includeFiles: ['*'] }, root).files).toEqual([{ path: 'a.sh', kind: 'executable', content }]);
});

it.each([
  ['packages', 'node_modules/left-pad/index.js', 'node_modules/left-pad/*.js'],
  ['files of the machine', '.venv/pip.py', '.venv/**'],
  ['secrets', '.env', '.env'],
  ['private keys', 'keys/site.pem', '**/*.pem'],
])('%s are included only by a pattern that names them', (_, path, naming) => {
  const files = { [`config/${path}`]: '-----BEGIN PRIVATE KEY-----', 'config/keys/readme': '', 'config/a.txt': '' };
  expect(included(files, ['**']).paths).not.toContain(path);
  expect(included(files, [naming])).toEqual({ paths: [path], ...NONE });
});

it.each(['.git/HEAD', 'cdktf.out/manifest.json', 'terraform.tfstate'])('%s is never included', (path) => {
  const { paths, problems } = included({ [`config/${path}`]: '' }, [path]);
  expect(paths).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(included({ [`config/node_modules/${path}`]: '' }, ['node_modules/**']).paths).toEqual([]);
});

it('an excluded secret is told, unless another pattern names it', () => {
  const files = { 'config/.env.b': '', 'config/.env.a': '', 'config/a.txt': '' };
  expect(included(files, ['**'])).toEqual({ paths: ['a.txt'], problems: [], secrets: ['.env.a', '.env.b'] });
  const both = { 'config/b/.env': '', 'config/a/.env': '' };
  expect(included(both, ['b/**', 'a/**']).secrets).toEqual(['a/.env', 'b/.env']);
  expect(included(files, ['**', '.env.b'])).toEqual({ paths: ['.env.b', 'a.txt'], problems: [], secrets: ['.env.a'] });
});

describe('the config file and what synthesis writes', () => {
  const files = { 'config/out/bin/job': '', 'config/out.txt': '' };

  it('are included only by their names', () => {
    expect(included(files, ['**'])).toEqual({ paths: ['out.txt'], ...NONE });
    const named = ['batch-jobs.config.ts', 'out/bin/job'];
    expect(included(files, named)).toEqual({ paths: ['batch-jobs.config.ts', 'out/bin/job'], ...NONE });
  });

  it('are files like others where nothing says which they are', () => {
    const root = folder({ 'batch-jobs.config.ts': '' });
    expect(includedFiles({ includeFiles: ['*.ts'] }, root).files).toHaveLength(1);
  });
});

describe('a pattern', () => {
  const ACCEPTED = "a pattern of files below the config's folder";

  it('without a file is refused, with its position', () => {
    expect(included({ 'config/a.txt': '' }, ['a.txt', 'b/*.txt']).problems).toEqual([
      {
        property: ['includeFiles', 1],
        found: '"b/*.txt": no such file',
        accepted: ACCEPTED,
        fix: "correct the pattern. It is relative to the config's folder",
      },
    ]);
  });

  it('that leads out of the folder is refused, with a file that it finds', () => {
    expect(included({ 'lib/a.txt': '' }, ['../lib/*.txt']).problems).toEqual([
      {
        property: ['includeFiles', 0],
        found: '"../lib/*.txt": ../lib/a.txt',
        accepted: ACCEPTED,
        fix: 'move the file below the folder, or the config above it',
      },
    ]);
  });

  it('can have files whose names begin with dots', () => {
    const root = folder({});
    writeFileSync(join(root, '..a'), '');
    expect(includedFiles({ includeFiles: ['..a'] }, root)).toMatchObject({ files: [{ path: '..a' }], problems: [] });
  });
});

it.each([
  ['/a/b', '/a/b', '', ''],
  ['/a/b', '/a/b/c/d', 'c/d', 'c/d'],
  ['/a/b', '/a/b/..c', '..c', '..c'],
  ['/a/b', '/a', '..', undefined],
  ['/a/b', '/a/bc', '../bc', undefined],
])('from %s to %s: %j, below it %j', (from, path, relative, below) => {
  expect(pathFrom(from, path)).toBe(relative);
  expect(pathBelow(from, path)).toBe(below);
});
