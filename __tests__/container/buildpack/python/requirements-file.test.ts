import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  requirementNames,
  requirementsFile,
  requirementsText,
} from '../../../../modules/container/buildpack/python/requirements-file';
import { folder, removeFolders } from '../../folder';
import { type Files, PIP } from './installed';

afterEach(removeFolders);

/** What a file installs, with paths relative to the project. */
function installed(files: Files, path = 'requirements.txt') {
  const root = folder(files);
  const {
    manifests = [],
    beside = [],
    kept = [],
    problems,
    ...others
  } = requirementsFile(join(root, path), root, false);
  const below = (one: string) => one.replace(`${root}/`, '');
  return {
    ...others,
    sent: Object.fromEntries(manifests.map((one) => [below(one.path), one.text])),
    beside: beside.map(below),
    kept: kept.map(below),
    problems,
  };
}
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

describe('a requirements file', () => {
  it('is installed by pip', () => {
    const root = folder({ 'requirements.txt': 'six==1\n' });
    const path = join(root, 'requirements.txt');
    expect(requirementsFile(path, root, false)).toEqual({
      folder: root,
      manifests: [{ path, text: 'six==1\n' }],
      commands: [`${PIP} -r 'requirements.txt'`],
      fromSources: [],
      beside: [],
      archives: new Map([['six', []]]),
      kept: [],
      distributions: { installed: new Set(['six']), withheld: new Map(), opaque: false },
      problems: [],
    });
  });

  it('is installed by uv, if the config says so', () => {
    const root = folder({ 'requirements/job.txt': 'six' });
    expect(requirementsFile(join(root, 'requirements/job.txt'), root, true)).toMatchObject({
      tool: 'uv==0.13.9',
      commands: ["uv pip install --no-cache --python /venv/bin/python -r 'requirements/job.txt'"],
    });
  });

  it('outside of the project has its whole path', () => {
    const root = folder({ 'requirements.txt': 'six', 'job/a.py': '' });
    const { commands } = requirementsFile(join(root, 'requirements.txt'), join(root, 'job'), false);
    expect(commands).toEqual([`${PIP} -r '${root}/requirements.txt'`]);
  });

  it('is sent without comments and empty lines, and lines that go on stay together', () => {
    const text = '\uFEFFsix==1 # why\r# all\n\nrich \\\r\n  \\\r\n    --hash=sha256:1\nidna#2\r  \n';
    const { sent, distributions } = installed({ 'requirements.txt': text });
    expect(sent).toEqual({ 'requirements.txt': 'six==1\nrich \\\n  \\\n    --hash=sha256:1\nidna#2\n' });
    expect(distributions.installed).toEqual(new Set(['six', 'rich']));
  });

  it('names packages with options and markers, certain without a marker or an address', () => {
    const text = lines(
      'six==1 --hash=sha256:1',
      'rich --config-settings "a=b"',
      'idna; python_version > "3"',
      'a @ https://example.com/a.whl',
      '--pre',
      '-i https://pypi.example.com/simple',
    );
    const { distributions, archives, sent, beside } = installed({ 'requirements.txt': text });
    expect(distributions.installed).toEqual(new Set(['six', 'rich', 'idna', 'a']));
    expect([...(archives?.keys() ?? [])]).toEqual(['six', 'rich']);
    expect(sent).toEqual({ 'requirements.txt': text });
    expect(beside).toEqual([]);
  });
});

describe('included files', () => {
  it.each(['-r more.txt', '--requirement more.txt', '--requirement=more.txt', '-rmore.txt', '  -r more.txt'])(
    'are read: %s',
    (line) => {
      const { sent, distributions } = installed({ 'requirements.txt': lines(line, 'six'), 'more.txt': 'rich' });
      expect(sent).toEqual({ 'requirements.txt': lines(line, 'six'), 'more.txt': 'rich\n' });
      expect(distributions.installed).toEqual(new Set(['rich', 'six']));
    },
  );

  it('are relative to the file, and read once', () => {
    const files = { 'lists/a.txt': '-r b.txt\nsix', 'lists/b.txt': '-r a.txt\nrich' };
    const { sent, distributions, problems } = installed(files, 'lists/a.txt');
    expect(sent).toEqual({ 'lists/a.txt': '-r b.txt\nsix\n', 'lists/b.txt': '-r a.txt\nrich\n' });
    expect([[...distributions.installed], problems]).toEqual([['rich', 'six'], []]);
  });

  it.each(['-c limits.txt', '--constraint limits.txt', '  -c limits.txt'])(
    'that are constraints install nothing: %s',
    (line) => {
      const files = {
        'requirements.txt': lines(line, 'six'),
        'limits.txt': '-c more.txt\n-r limits.txt\n-c https://example.com/c.txt\nrich<2',
        'more.txt': 'idna<3',
      };
      const { sent, distributions, problems } = installed(files);
      expect(sent).toStrictEqual({
        'requirements.txt': lines(line, 'six'),
        'limits.txt': undefined,
        'more.txt': undefined,
      });
      expect([[...distributions.installed], problems]).toEqual([['six'], []]);
    },
  );

  it('can be at an address, which the build reads', () => {
    const { problems, sent } = installed({
      'requirements.txt': '-r https://example.com/r.txt\n-c HTTPS://e.com/c.txt',
    });
    expect(problems).toEqual([]);
    expect(Object.keys(sent)).toEqual(['requirements.txt']);
  });

  it('must be there', () => {
    const missing = (line: string, file: string) => ({
      found: `"${line}" in ${file}: no such file or folder`,
      accepted: 'paths of existing files and folders',
      fix: `correct the line in ${file}`,
    });
    const files = { 'requirements.txt': ' -r gone.txt\n-r folder\n-c c.txt', 'folder/a': '', 'c.txt': '-r none.txt' };
    expect(installed(files).problems).toEqual([
      missing('-r gone.txt', 'requirements.txt'),
      missing('-r folder', 'requirements.txt'),
      missing('-r none.txt', 'c.txt'),
    ]);
  });
});

describe('local packages', () => {
  it.each([
    ['-e ./lib', 'lib'],
    ['--editable=./lib[s3]', 'lib'],
    ['-e lib#egg=lib', 'lib'],
    ['./lib', 'lib'],
    ['./lib[s3]', 'lib'],
    ['./lib ; python_version > "3"', 'lib'],
    ['lib/', 'lib'],
    ['a @ file:lib', 'lib'],
    ['file:lib', 'lib'],
    ['dist/a-1.whl', 'dist/a-1.whl'],
    ['a.tar.gz', 'a.tar.gz'],
    ['a.zip', 'a.zip'],
  ])('%s are sent beside, and installed from their sources', (line, path) => {
    const files = { 'lib/setup.py': '', 'dist/a-1.whl': '', 'a.tar.gz': '', 'a.zip': '' };
    const found = installed({ ...files, 'requirements.txt': lines(line, 'six') });
    expect(found).toMatchObject({
      sent: { 'requirements.txt': 'six\n' },
      beside: [path],
      kept: ['requirements.txt'],
      fromSources: [`${PIP} -r 'requirements.txt'`],
      distributions: { opaque: true },
      problems: [],
    });
  });

  it('can be the folder itself, or one above it', () => {
    const root = folder({ 'job/requirements.txt': '.\n..\n../lib\n', 'lib/setup.py': '' });
    const job = join(root, 'job');
    expect(requirementsFile(join(job, 'requirements.txt'), job, false).beside).toEqual([job, root, join(root, 'lib')]);
  });

  it('with a name count as installed', () => {
    const { distributions } = installed({ 'requirements.txt': 'Lib @ file:lib\n./lib\n', 'lib/setup.py': '' });
    expect(distributions.installed).toEqual(new Set(['lib']));
  });

  it('of a folder of files are sent as files that are read', () => {
    const root = folder({ 'requirements.txt': '--find-links wheels\n-f wheels\nsix\n', 'wheels/six.whl': '' });
    const path = join(root, 'requirements.txt');
    const { manifests, beside } = requirementsFile(path, root, false);
    const wheel = { path: join(root, 'wheels/six.whl') };
    expect(manifests).toEqual([{ path, text: '--find-links wheels\n-f wheels\nsix\n' }, wheel, wheel]);
    expect(beside).toEqual([]);
  });

  it.each([
    '-e git+https://h/a',
    '-e git@h:a.git',
    '-e GIT+HTTPS://h/a',
    'git@h:a.git',
    'git+ssh://h/a',
    'https://h/a.whl',
    '-f https://h/w/',
    'a @ https://h/a',
  ])('are none at an address: %s', (line) => {
    const { problems, beside, sent } = installed({ 'requirements.txt': line });
    expect([problems, beside, sent]).toEqual([[], [], { 'requirements.txt': `${line}\n` }]);
  });

  it('must be there', () => {
    const { problems, distributions } = installed({ 'requirements.txt': ' ./gone\nsix' });
    expect(problems).toEqual([
      {
        found: '"./gone" in requirements.txt: no such file or folder',
        accepted: 'paths of existing files and folders',
        fix: 'correct the line in requirements.txt',
      },
    ]);
    expect(distributions.opaque).toBe(false);
  });

  it.each([
    [' /opt/lib', 'write a relative path in requirements.txt'],
    ['-e file:///opt/lib', 'write a relative path in requirements.txt'],
    ['a[b] @ file://localhost/opt/a', 'write the version in the place of the path, as pip list --format=freeze does'],
  ])('of this machine are refused: %s', (line, fix) => {
    expect(installed({ 'requirements.txt': line }).problems).toEqual([
      {
        found: `"${line.trim()}" in requirements.txt: a path of this machine alone`,
        accepted: 'paths relative to the project',
        fix,
      },
    ]);
  });
});

it('the names in a file are those of its packages, with included files', () => {
  const root = folder({ 'a.txt': 'Six==1\n-r b.txt\n./lib\n', 'b.txt': 'rich' });
  expect(requirementNames(join(root, 'a.txt'), root)).toEqual(['six', 'rich']);
});

it.each([
  ['UTF-8', Buffer.from('six é')],
  ['UTF-16, little end first', Buffer.from('\uFEFFsix é', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\uFEFFsix é', 'utf16le').swap16()],
])('a file can be in %s', (_, bytes) => {
  const root = folder({});
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a/r.txt'), bytes);
  expect(requirementsText(join(root, 'a/r.txt'))).toBe('six é');
});
