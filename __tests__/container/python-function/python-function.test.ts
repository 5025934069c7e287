import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type PythonFunctionSource, pythonFunction } from '../../../modules/container/python-function/python-function';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-function-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HANDLER = 'def handler(event, context):\n    return event\n';

function made(files: { readonly [path: string]: string }, given: Partial<PythonFunctionSource> = {}) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const [file = ''] = Object.keys(files);
  return pythonFunction({
    baseDir: folder,
    file,
    handlerName: 'handler',
    architecture: 'arm64',
    readsSecrets: false,
    ...given,
  });
}

function paths(one: ReturnType<typeof made>): string[] {
  if ('problems' in one) throw new Error(JSON.stringify(one.problems));
  return one.files.map(({ path }) => path);
}

function text(one: ReturnType<typeof made>, name: string): string {
  const content = 'problems' in one ? undefined : one.files.find(({ path }) => path === name)?.content;
  return Buffer.isBuffer(content) ? content.toString() : '';
}

it('has the files of the folder, and is called directly if its own folder is the root', () => {
  const one = made({ 'src/sort.py': HANDLER, 'src/words/en.txt': 'a', 'src/lib.py': '', 'other.py': '' });
  expect(one).toMatchObject({ handler: 'sort.handler', runtime: 'python3.12' });
  expect(paths(one)).toEqual(['lib.py', 'sort.py', 'words/en.txt']);
});

it('has no file of the config, of synthesis or of the machine', () => {
  const files = { 'sort.py': HANDLER, 'stacktape.yml': '', 'cdktf.out/a.json': '', '__pycache__/sort.pyc': '' };
  expect(paths(made(files, { own: [join(folder, 'stacktape.yml')] }))).toEqual(['sort.py']);
});

it('finds the modules beside a file below the project, and those of the project', () => {
  const files = { 'src/sort.py': `import lib\nimport src.other\n${HANDLER}`, 'src/lib.py': '', 'src/other.py': '' };
  const one = made({ ...files, 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n' });
  expect(one).toMatchObject({ handler: 'stp_function.handler' });
  expect(paths(one)).toContain('src/sort.py');
  expect(text(one, 'stp_function.py')).toMatch(/\nhandler = load\(\["src",".","src"\], "sort", "handler"\)\n$/);
});

it('imports a file with relative imports as a module of its package', () => {
  const files = { 'app/sort.py': `from . import lib\n${HANDLER}`, 'app/lib.py': '', 'requirements.txt': '# none\n' };
  expect(made(files)).toMatchObject({ handler: 'app/sort.handler' });
});

it('starts with the program that reads secrets if there are any', () => {
  const one = made({ 'sort.py': HANDLER }, { readsSecrets: true });
  expect(one).toMatchObject({ handler: 'stp_function.handler' });
  expect(text(one, 'stp_function.py')).toContain('load([".","."], "sort", "handler")');
});

it.each([
  [{ runtime: 'python3.13' }, 'python3.13'],
  [{ pythonVersion: '3.10' }, 'python3.10'],
  [{ pythonVersion: 3.11 }, 'python3.11'],
])('%j runs on %s', (given, runtime) => {
  expect(made({ 'sort.py': HANDLER }, given)).toMatchObject({ runtime });
});

it('runs on the version that the project asks for', () => {
  expect(made({ 'sort.py': HANDLER, '.python-version': '3.14\n' })).toMatchObject({ runtime: 'python3.14' });
});

it('imports what Lambda has, and what a layer has if excludeDependencies names it', () => {
  const files = { 'sort.py': `import json, boto3\nfrom botocore import config\nimport PIL\n${HANDLER}` };
  expect(made(files, { excludeDependencies: ['Pillow'] })).toMatchObject({ handler: 'sort.handler' });
});

it.each<[{ readonly [path: string]: string }, Partial<PythonFunctionSource>, string[], string, string]>([
  [{ 'sort.py': HANDLER }, { file: 'gone.py' }, ['entryfilePath'], '"gone.py": no such file', 'correct the path'],
  [
    { 'sort.py': HANDLER },
    { handlerName: 'run' },
    ['entryfilePath'],
    '"sort.py": nothing in the file is called "run"',
    'write `def run(event, context):`, or name the function: sort.py:<function>',
  ],
  [{ 'a.b.py': HANDLER }, {}, ['entryfilePath'], '"a.b.py", a name with two dots', 'rename the file'],
  [
    { 'sort.py': `import requests\n${HANDLER}` },
    {},
    ['entryfilePath'],
    '"sort.py" imports "requests", which neither the project nor a declared package has',
    'declare the package in a requirements.txt',
  ],
  [
    { 'sort.py': `from .. import lib\n${HANDLER}` },
    {},
    ['entryfilePath'],
    '"sort.py" has an import that begins with a dot, and lies in no package of the project',
    'import without the dot',
  ],
  [
    { 'sort.py': HANDLER, '.python-version': '3.8\n' },
    {},
    ['entryfilePath'],
    '.python-version, which says "3.8"',
    'set languageSpecificConfig.pythonVersion to a version that the code works with, or build an image, and use a batch-job',
  ],
  [
    { 'sort.py': HANDLER },
    { packageManagerFile: 'needs.txt' },
    ['languageSpecificConfig', 'packageManagerFile'],
    '"needs.txt": no such file',
    'correct the path',
  ],
  [
    { 'sort.py': HANDLER, 'setup.py': 'setup(install_requires=["six"])' },
    {},
    ['entryfilePath'],
    'packages in setup.py or setup.cfg, which a function does not get',
    'list them in a requirements.txt',
  ],
])('%j %j is refused', (files, given, property, found, fix) => {
  const { problems } = made(files, given) as { readonly problems: readonly unknown[] };
  expect(problems).toMatchObject([{ property, fix: expect.stringContaining(fix) }]);
  expect(String((problems[0] as { found: unknown }).found)).toBe(found);
});

it('is refused above the size that Lambda takes', () => {
  const model = join(folder, 'model.bin');
  writeFileSync(model, '');
  // A hole, which nobody has to write.
  truncateSync(model, 262_144_000);
  const { problems } = made({ 'sort.py': HANDLER }) as { problems: object[] };
  expect(problems).toMatchObject([{ property: ['entryfilePath'], found: '251 MiB of code and packages' }]);
});
