import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FolderRules, folderFiles } from '../../modules/container/folder-files';
import { folder, removeFolders } from './folder';

afterEach(removeFolders);

function found(root: string, rules: Partial<FolderRules> = {}) {
  const result = folderFiles(root, { patterns: [], ...rules });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 2));
  return result;
}

const paths = (root: string, rules: Partial<FolderRules> = {}) =>
  found(root, rules).files.map(({ path, kind, content }) => (kind === 'link' ? `${path} -> ${String(content)}` : path));

function problems(root: string, rules: Partial<FolderRules> = {}): string[] {
  const result = folderFiles(root, { patterns: [], ...rules });
  return 'problems' in result ? result.problems.map((problem) => String(problem.found)) : [];
}

describe('secrets', () => {
  const FILES = { 'job.py': '', '.env': 'A=1', 'src/.env': '', 'src/a.py': '', '.aws/credentials': '' };

  it('stay out, and are named', () => {
    expect(paths(folder(FILES))).toEqual(['job.py', 'src/a.py']);
    expect(found(folder(FILES)).secrets).toEqual(['.aws/credentials', '.env', 'src/.env']);
  });

  it.each<[string, string[]]>([
    ['!.env', ['.env']],
    ['!**/.env', ['.env', 'src/.env']],
    ['!src/.env', ['src/.env']],
    ['!.aws', ['.aws/credentials']],
    ['!src', []],
    ['!**', []],
    ['!**/*', []],
  ])('come back by an exception that names them: %s', (exception, back) => {
    const sent = paths(folder(FILES), { patterns: ['*', '!job.py', exception] });
    expect(sent.filter((path) => /\.env|\.aws/.test(path))).toEqual(back);
  });

  it('are sent for Docker, and named', () => {
    const { files, secrets } = found(folder(FILES), { forDocker: true });
    expect(files).toHaveLength(5);
    expect(secrets).toHaveLength(3);
  });

  it('that the patterns leave out are not worth a word', () => {
    expect(found(folder(FILES), { patterns: ['**/.env', '.aws'], forDocker: true }).secrets).toEqual([]);
  });
});

describe('environments', () => {
  it.each([
    ['with a pyvenv.cfg', { 'tools/env/pyvenv.cfg': '', 'tools/env/lib/a.py': '' }],
    ['of Conda', { 'tools/env/conda-meta/history': '' }],
    ['of Python 2', { 'tools/env/bin/activate_this.py': '', 'tools/env/lib/a.py': '' }],
  ])('stay out, whatever they are called: %s', (_, files) => {
    expect(paths(folder({ 'job.py': '', 'environment/a.py': '', ...files }))).toEqual(['environment/a.py', 'job.py']);
  });

  it('mean nothing to Docker', () => {
    expect(paths(folder({ 'env/pyvenv.cfg': '' }), { forDocker: true })).toEqual(['env/pyvenv.cfg']);
  });
});

describe('files of this project', () => {
  const FILES = { 'jobs.yml': '', 'a.yml': '', 'out/stacks/x': '', 'out/mine': '' };
  const own = (root: string) => [join(root, 'jobs.yml'), join(root, 'out/stacks')];

  it('stay out, unless an exception names them', () => {
    const root = folder(FILES);
    expect(paths(root, { own: own(root) })).toEqual(['a.yml', 'out/mine']);
    expect(paths(root, { own: own(root), patterns: ['*', '!*.yml'] })).toEqual(['a.yml']);
    expect(paths(root, { own: own(root), patterns: ['*', '!jobs.yml'] })).toEqual(['jobs.yml']);
  });

  it('are the same by any name of their folder', () => {
    const root = folder(FILES);
    const other = join(folder({}), 'link');
    symlinkSync(root, other);
    expect(paths(root, { own: own(other) })).toEqual(['a.yml', 'out/mine']);
    expect(paths(other, { own: own(root) })).toEqual(['a.yml', 'out/mine']);
  });
});

describe('links', () => {
  it('within the folder stay, and absolute ones become relative', () => {
    const root = folder({ 'data/one.csv': '', 'data/last.csv': '-> one.csv', 'sub/up': '-> ../data' });
    symlinkSync(join(root, 'data'), join(root, 'sub/absolute'));
    expect(paths(root)).toEqual([
      'data/last.csv -> one.csv',
      'data/one.csv',
      'sub/absolute -> ../data',
      'sub/up -> ../data',
    ]);
  });

  it('to what every system has stay', () => {
    expect(paths(folder({ zone: '-> /usr/share/zoneinfo/UTC' }))).toEqual(['zone -> /usr/share/zoneinfo/UTC']);
  });

  it('that lead out of the folder are sent as what they point to, below the highest folder', () => {
    const root = folder({
      'shared/lib/a.py': 'A',
      'shared/.env': '',
      'shared/lib/run.sh*': '',
      'shared/lib/self': '-> a.py',
      'job/main.py': '',
      'job/shared': '-> ../shared',
      'job/one.py': '-> ../shared/lib/a.py',
      'job/.secret': '-> ../shared/.env',
    });
    const { files, secrets } = found(join(root, 'job'), { highest: root });
    expect(files.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'main.py file',
      'one.py file',
      'shared/lib/a.py file',
      'shared/lib/run.sh executable',
      'shared/lib/self file',
    ]);
    expect(secrets).toEqual(['.secret', 'shared/.env']);
  });

  it.each<[string, string]>([
    ['../outside', '"link": a link to "../outside", which is outside the build context'],
    ['/nowhere/at/all', '"link": a link to "/nowhere/at/all", which is outside the build context'],
    ['../missing', '"link": a link to "../missing", which is outside the build context'],
  ])('that lead further are refused: %s', (target, problem) => {
    const root = folder({ 'job/main.py': '', 'job/link': `-> ${target}`, 'outside/x': '' });
    expect(problems(join(root, 'job'))).toEqual([problem]);
    expect(paths(join(root, 'job'), { patterns: ['link'] })).toEqual(['main.py']);
    expect(paths(join(root, 'job'), { excluded: (path) => path === 'link' })).toEqual(['main.py']);
  });

  it('that lead round in a circle are refused', () => {
    const root = folder({
      'job/up': '-> ..',
      'other/a': '-> ../third',
      'third/b': '-> ../other',
      'job/c': '-> ../other',
    });
    expect(problems(join(root, 'job'), { highest: root })).toEqual([
      '"c/a/b": a link to "../other", which points to a folder that contains it',
      '"up": a link to "..", which points to a folder that contains it',
    ]);
  });

  it('are as they are for Docker, and those that lead out are named', () => {
    const root = folder({ 'job/a': '-> ./b/../c', 'job/out': '-> ../x', 'job/fixed': '-> /opt/app' });
    expect(paths(join(root, 'job'), { forDocker: true })).toEqual([
      'a -> ./b/../c',
      'fixed -> /opt/app',
      'out -> ../x',
    ]);
    expect(found(join(root, 'job'), { forDocker: true }).outward).toEqual(['out']);
  });
});

describe('what cannot be sent is refused with its path', () => {
  it('a named pipe and a name that is not UTF-8, all in one report', () => {
    const root = folder({ 'run/x': '' });
    execFileSync('mkfifo', [join(root, 'run/pipe')]);
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'run/caf')), Buffer.from([0xe9])]), '');
    expect(problems(root)).toEqual([
      '"run/caf\uFFFD": a name that is not UTF-8',
      '"run/pipe": a named pipe, which cannot be part of an image',
    ]);
    expect(paths(root, { patterns: ['run/caf*', '**/pipe'] })).toEqual(['run/x']);
  });

  // Root may read everything; other users may not become another one.
  const asAnother = process.getuid?.() === 0 ? it : it.skip;
  asAnother('a file and a folder that may not be read', () => {
    const root = folder({ 'locked/x': '', secret: '' });
    for (const path of [dirname(dirname(root)), dirname(root), root]) chmodSync(path, 0o755);
    chmodSync(join(root, 'locked'), 0o700);
    chmodSync(join(root, 'secret'), 0o600);
    process.seteuid?.(65534);
    try {
      expect(problems(root)).toEqual([
        '"locked": a folder that cannot be read (permission denied)',
        '"secret": a file that cannot be read (permission denied)',
      ]);
    } finally {
      process.seteuid?.(0);
    }
  });
});

it('reads nothing of a folder that Docker would not enter', () => {
  const root = folder({ a: '' });
  mkdirSync(join(root, 'big'));
  execFileSync('mkfifo', [join(root, 'big/pipe')]);
  expect(paths(root, { patterns: ['big'] })).toEqual(['a']);
});
