import fs, { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkFolder, checkWritable, isThere, projectFolder, statsOf, textOf } from '../../../cli/init/project-folder';

const root = mkdtempSync(join(tmpdir(), 'project-folder-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

let folders = 0;

/** A folder with files. A name with `/` at its end is a folder. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const path = join(root, `${folders}`);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(path, file.endsWith('/') ? file : dirname(file)), { recursive: true });
    if (!file.endsWith('/')) writeFileSync(join(path, file), text);
  }
  return path;
}

const END = ' Choose another folder. Nothing was written.';

it('an empty folder has nothing', () => {
  const path = folderWith();
  expect(projectFolder(path)).toEqual({
    path,
    packageText: undefined,
    packageFile: { members: [], scripts: {}, packages: {}, hasJest: false },
    app: undefined,
    config: undefined,
    testRunner: 'node',
  });
});

it('a folder that is not there is empty as well', () => {
  const path = join(folderWith(), 'a', 'b');
  expect(projectFolder(path)).toMatchObject({ path, packageText: undefined, testRunner: 'node' });
});

it('package.json is read as it is', () => {
  const text = '{ "name": "mine" }\n';
  expect(projectFolder(folderWith({ 'package.json': text }))).toMatchObject({
    packageText: text,
    packageFile: { name: 'mine' },
  });
});

it('this package itself is refused', () => {
  expect(() => projectFolder(folderWith({ 'package.json': '{ "name": "cdktf-batch-jobs" }' }))).toThrow(
    'This folder is cdktf-batch-jobs itself: its batch-jobs.config.ts is the example. Name another folder, such as ../reports. Nothing was written.',
  );
});

it.each([
  [{ 'batch-jobs.config.yaml': '' }, 'batch-jobs.config.yaml'],
  [{ 'batch-jobs.config.js': '', 'batch-jobs.config.ts': '' }, 'batch-jobs.config.ts'],
  [{ 'jobs.config.ts': '' }, undefined],
])('the config among %j', (files, config) => {
  expect(projectFolder(folderWith(files)).config).toBe(config);
});

describe('the app', () => {
  const appOf = (cdktf: string, files = {}) => projectFolder(folderWith({ 'cdktf.json': cdktf, ...files })).app;

  it.each([
    ['npx ts-node main.ts', { 'main.ts': '' }, 'main.ts', false],
    ['npx tsx\tsrc/app.mts', { 'src/app.mts': "import 'cdktf-batch-jobs';" }, 'src/app.mts', true],
    ['node dist/main.js', {}, undefined, false],
    ['node dist/main.js main.cjs', { 'main.cjs': '' }, 'main.cjs', false],
    ['make run', { make: '', run: 'cdktf-batch-jobs' }, undefined, false],
    ['npx main.tsx', { 'main.tsx': '' }, undefined, false],
    ['npx main.ts', { 'main.ts/': '' }, undefined, false],
  ])('of %j', (app, files, mainFile, usesPackage) => {
    expect(appOf(JSON.stringify({ language: 'typescript', app }), files)).toEqual({ mainFile, usesPackage });
  });

  it.each(['{}', '{ "app": 1 }', 'null', '\uFEFF{}'])('of %j is not known', (text) => {
    expect(appOf(text)).toEqual({ mainFile: undefined, usesPackage: false });
  });

  it('in another language is refused', () => {
    expect(() => appOf('{ "language": "python" }')).toThrow(
      `cdktf.json belongs to a project in python. The constructs of this package are for TypeScript. Choose another folder, such as jobs. Nothing was written.`,
    );
  });

  it('that cannot be read is refused in one line', () => {
    expect(() => appOf('{\n\n"app": x\n}')).toThrow(
      /^cdktf\.json is not JSON: [^\n]+\. Correct it, or choose another folder\. Nothing was written\.$/,
    );
  });
});

it.each([
  [{ 'package.json': '{ "devDependencies": { "vitest": "3", "jest": "30" } }' }, 'vitest'],
  [{ 'package.json': '{ "dependencies": { "jest": "30" } }' }, 'jest'],
  [{ 'package.json': '{ "jest": {} }' }, 'jest'],
  [{ 'jest.config.cjs': '' }, 'jest'],
  [{ 'my.jest.config.js': '', 'jest-config.js': '' }, 'node'],
  [{ 'package.json': '{ "devDependencies": { "mocha": "1" } }' }, 'node'],
])('the test runner of %j', (files, expected) => {
  expect(projectFolder(folderWith(files)).testRunner).toBe(expected);
});

it('a path is there in any letter case, and as a link to nothing', () => {
  const path = folderWith({ 'ReadMe.md': '', 'jobs/a.ts': '' });
  symlinkSync('nowhere', join(path, 'link'));
  expect(['README.md', 'readme.MD', 'jobs', 'jobs/A.ts', 'link'].map((name) => isThere(path, name))).toEqual(
    Array(5).fill(true),
  );
  expect(['README', 'a.ts', 'jobs/b.ts', 'none/a.ts', 'ReadMe.md/a'].map((name) => isThere(path, name))).toEqual(
    Array(5).fill(false),
  );
});

it('the text of a file, of none, and of a folder', () => {
  const path = folderWith({ file: 'text', 'folder/': '' });
  expect([textOf(path, 'file'), textOf(path, 'none')]).toEqual(['text', undefined]);
  expect(() => textOf(path, 'folder')).toThrow(`${join(path, 'folder')} is not a file.${END}`);
});

it('links are followed', () => {
  const path = folderWith({ file: '' });
  symlinkSync('file', join(path, 'link'));
  symlinkSync('nowhere', join(path, 'broken'));
  expect(statsOf(join(path, 'link'))?.isFile()).toBe(true);
  expect([statsOf(join(path, 'broken')), statsOf(join(path, 'none'))]).toEqual([undefined, undefined]);
});

describe('a folder', () => {
  it('can be one that is not there, below one that is', () => {
    expect(() => checkFolder(join(folderWith(), 'a', 'b'))).not.toThrow();
  });

  it.each(['file', 'file/below/it'])('cannot be at %s', (name) => {
    const path = folderWith({ file: '' });
    expect(() => checkFolder(join(path, name))).toThrow(`${join(path, 'file')} is a file, not a folder.${END}`);
  });

  it('cannot be a link to nothing', () => {
    const path = folderWith();
    symlinkSync('nowhere', join(path, 'link'));
    expect(() => checkFolder(join(path, 'link'))).toThrow(
      `${join(path, 'link')} is a symbolic link that leads nowhere.${END}`,
    );
  });

  it('cannot have a name that no file can have', () => {
    expect(() => checkFolder(join(folderWith(), 'a'.repeat(300)))).toThrow(
      `The name of the folder is too long for this file system.${END}`,
    );
  });

  it('must be one that can be written to', () => {
    const path = folderWith();
    const access = jest.spyOn(fs, 'accessSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EACCES' });
    });
    expect(() => checkFolder(join(path, 'a'))).toThrow(
      `${path} cannot be written to: you have no permission to.${END}`,
    );
    expect(access).toHaveBeenCalledWith(path, fs.constants.W_OK);
  });
});

it.each([
  ['EACCES', 'you have no permission to'],
  ['EROFS', 'it is on a read-only file system'],
])('%s: %s', (code, why) => {
  jest.spyOn(fs, 'accessSync').mockImplementation(() => {
    throw Object.assign(new Error(), { code });
  });
  expect(() => checkWritable('/a')).toThrow(`/a cannot be written to: ${why}.${END}`);
});
