import { join } from 'node:path';
import type { BuildpackProperties, BuildpackSource } from '../../../../modules/container/buildpack/language';
import { entryTarget, functionProblems } from '../../../../modules/container/buildpack/python/entry';
import { folder, removeFolders } from '../../folder';

afterEach(removeFolders);

interface Given {
  /** Path of the entry file, and what is called in it after a colon. */
  readonly entry: string;
  readonly text?: string;
  /** Paths of the project's other files. */
  readonly others?: readonly string[];
  /** The project's folder, relative to the root. */
  readonly below?: string;
  readonly runAppAs?: 'WSGI' | 'ASGI';
}

function sourceOf({ entry, text = '', runAppAs }: Given): { source: BuildpackSource; path: string } {
  const [path = '', object] = entry.split(':');
  const baseDir = folder({ [path]: text });
  const properties: BuildpackProperties = {
    entryfilePath: entry,
    ...(runAppAs && { languageSpecificConfig: { runAppAs } }),
  } as BuildpackProperties;
  const source: BuildpackSource = {
    properties,
    architecture: 'x86_64',
    baseDir,
    entry: join(baseDir, path),
    distribution: 'alpine',
    secrets: [],
    ...(object !== undefined && { object }),
  };
  return { source, path };
}

function target(given: Given) {
  const { source, path } = sourceOf(given);
  const files = [path, ...(given.others ?? [])].map((one) => ({
    path: one,
    kind: 'file' as const,
    content: Buffer.alloc(0),
  }));
  return entryTarget(
    source,
    { folder: source.baseDir, entry: path, files, included: [], notes: [] },
    given.below ?? '',
  );
}

const RELATIVE = 'from . import tools\n';

describe('a file', () => {
  it.each<[string, Given, object]>([
    ['runs by its path', { entry: 'job.py' }, { words: ['job.py'], searched: [''], own: '.' }],
    ['in a folder too', { entry: 'jobs/a.py' }, { words: ['jobs/a.py'], searched: [''], own: 'jobs' }],
    [
      'has a path in its project',
      { entry: 'report/jobs/a.py', below: 'report' },
      { words: ['jobs/a.py'], searched: ['report'], own: 'report/jobs' },
    ],
    [
      'with a dot before its imports runs as a module',
      { entry: 'jobs/a.py', text: RELATIVE },
      { words: ['-m', 'jobs.a'], searched: [''] },
    ],
    [
      'with a dot before its imports runs as its package, if it is the main module of it',
      { entry: 'jobs/__main__.py', text: RELATIVE },
      { words: ['-m', 'jobs'], searched: [''] },
    ],
    [
      'is a module whose name begins like that of a main one',
      { entry: 'jobs/__main__2.py', text: RELATIVE },
      { words: ['-m', 'jobs.__main__2'], searched: [''] },
    ],
    [
      'that imports without a dot runs by its path',
      { entry: 'jobs/a.py', text: 'import os' },
      { words: ['jobs/a.py'], searched: [''], own: 'jobs' },
    ],
    [
      'that imports with a dot only sometimes runs by its path',
      { entry: 'jobs/a.py', text: 'def later():\n    from . import tools\n' },
      { words: ['jobs/a.py'], searched: [''], own: 'jobs' },
    ],
  ])('%s', (_, given, expected) => {
    expect(target(given)).toEqual(expected);
  });
});

describe('a project with its modules in src', () => {
  it.each<[string, Given, object]>([
    [
      'finds them there',
      { entry: 'src/report/a.py', text: RELATIVE },
      { words: ['-m', 'report.a'], searched: ['', 'src'] },
    ],
    [
      'finds them there from its own folder',
      { entry: 'job/a.py', others: ['job/src/b.py'], below: 'job' },
      { words: ['a.py'], searched: ['job', 'job/src'], own: 'job' },
    ],
    [
      'finds others beside it',
      { entry: 'lib/src/a.py', text: RELATIVE, others: ['src/b.py'] },
      { words: ['-m', 'lib.src.a'], searched: ['', 'src'] },
    ],
    [
      'whose src is a package does not',
      { entry: 'src/a.py', text: RELATIVE, others: ['src/__init__.py'] },
      { words: ['-m', 'src.a'], searched: [''] },
    ],
    [
      'that are not of Python does not',
      { entry: 'a.py', others: ['src/a.js', 'lib/src/a.py'] },
      { words: ['a.py'], searched: [''], own: '.' },
    ],
  ])('%s', (_, given, expected) => {
    expect(target(given)).toEqual(expected);
  });
});

describe('a function', () => {
  it('is called in its file', () => {
    expect(target({ entry: 'jobs/a.py:run' })).toEqual({ words: ['jobs/a.py:run'], searched: [''], own: 'jobs' });
  });

  it('is called in a file with a dot before its imports, under any name in a package', () => {
    const given = { entry: 'my-jobs/a.py:run', text: RELATIVE };
    expect(target(given)).toEqual({ words: ['my-jobs/a.py:run'], searched: [''], own: 'my-jobs' });
  });
});

it.each([
  ['WSGI', ['-m', 'gunicorn', '--bind', '0.0.0.0:8000', 'web.app:api']],
  ['ASGI', ['-m', 'uvicorn', '--host', '0.0.0.0', '--port', '8000', 'web.app:api']],
] as const)('an application of %s is served on port 8000', (runAppAs, words) => {
  expect(target({ entry: 'web/app.py:api', runAppAs })).toEqual({ words, searched: [''] });
});

it('the name of its folder can end like a file', () => {
  const { words } = target({ entry: 'web.py/app.py:api', runAppAs: 'WSGI' });
  expect(words.at(-1)).toBe('web.py.app:api');
});

describe('an import with a dot', () => {
  const NO_PACKAGE = {
    reason: 'lies in no package of the project',
    fix: 'import without the dot, or have the file that declares the packages in the folder above',
  };
  const NO_MODULE = {
    reason: 'its path is no name of a module',
    fix: 'import without the dot, or name the file and its folders with letters, digits and underscores alone',
  };

  it.each<[string, Given, typeof NO_MODULE]>([
    ['a file in no package', { entry: 'a.py' }, NO_PACKAGE],
    ['a function in no package', { entry: 'a.py:run' }, NO_PACKAGE],
    ['an application in no package', { entry: 'a.py:app', runAppAs: 'WSGI' }, NO_PACKAGE],
    ['a file whose path is no module', { entry: 'my-jobs/a.py' }, NO_MODULE],
  ])('fails in %s', (_, given, { reason, fix }) => {
    expect(target({ ...given, text: RELATIVE }).problem).toEqual({
      found: `"${given.entry}" has an import that begins with a dot, and ${reason}`,
      accepted: 'such imports in a file of a package',
      fix,
    });
  });
});

describe('what is called in a file', () => {
  const problems = (given: Given) => functionProblems(sourceOf(given).source);

  it.each<Given>([
    { entry: 'a.py' },
    { entry: 'a.py:run', text: 'def run(): pass' },
    { entry: 'a.py:main.run', text: 'import main' },
    { entry: 'a.py:create()', text: 'def create(): pass' },
    { entry: 'a.py:a$b$c', text: 'a$b$c = 1' },
    { entry: 'a.py:run', text: 'from lib import  *' },
    { entry: 'a.py:app', text: 'app = 1', runAppAs: 'ASGI' },
  ])('can be there: %j', (given) => {
    expect(problems(given)).toEqual([]);
  });

  it.each([
    ['a.py:run', 'def runner(): pass', 'run'],
    ['a.py:runs', 'def run(): pass', 'runs'],
    ['a.py:app.run', 'run = 1', 'app'],
    ['a.py:a$b', 'aab = 1', 'a$b'],
  ])('%s is refused if the file has only %j', (entry, text, first) => {
    expect(problems({ entry, text })).toEqual([
      {
        property: ['entryfilePath'],
        found: `"${entry}": nothing in the file is called "${first}"`,
        accepted: 'a function of the file',
        fix: 'correct the name after the colon',
      },
    ]);
  });

  it('must be named for an application', () => {
    expect(problems({ entry: 'job/app.py', runAppAs: 'WSGI' })).toEqual([
      {
        property: ['entryfilePath'],
        found: '"job/app.py"',
        accepted: 'a file and the application in it, such as job/app.py:app',
        fix: "add the application's name: job/app.py:app",
      },
    ]);
  });
});
