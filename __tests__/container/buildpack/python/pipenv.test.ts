import { createHash } from 'node:crypto';
import { pipenv } from '../../../../modules/container/buildpack/python/pipenv';
import { NOTHING, PIP, TARGET } from './installed';

/** What is installed of a project in `/project`. */
function installed(lock: object, settings = {}, pipfile: object = {}) {
  return pipenv('/project', { ...pipfile }, { ...lock }, settings, TARGET);
}

it('an empty lockfile installs nothing', () => {
  expect(installed({})).toEqual(NOTHING);
});

describe('a package of the lockfile', () => {
  it('is installed with its version and hashes, if its marker holds', () => {
    const lock = {
      default: {
        Foo_Bar: { version: '==1.2', hashes: ['sha256:2', 'sha256:1'], markers: "python_version >= '3.9'" },
        idna: { version: '==3', markers: "sys_platform == 'win32'" },
      },
    };
    const { requirements, distributions } = installed(lock);
    expect(requirements).toBe('foo-bar==1.2 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n');
    expect(distributions.installed).toEqual(new Set(['foo-bar']));
  });

  it.each([
    [{ git: 'https://example.com/a', ref: 'abc' }, 'a @ git+https://example.com/a@abc\n'],
    [
      { git: 'https://example.com/a', ref: 'abc', subdirectory: 'lib' },
      'a @ git+https://example.com/a@abc#subdirectory=lib\n',
    ],
    [{ file: 'https://example.com/a.whl' }, 'a @ https://example.com/a.whl\n'],
    [{ file: 'git+https://example.com/a.whl' }, 'a @ git+https://example.com/a.whl\n'],
    ['*', 'a==\n'],
  ])('is from where the lockfile says: %j', (value, requirements) => {
    expect(installed({ default: { a: value } })).toMatchObject({ requirements, fromSources: [], beside: [] });
  });

  it.each([
    [{ path: './lib' }, `${PIP} --no-deps './lib'`, '/project/lib'],
    [{ path: '../lib', editable: true }, `${PIP} --no-deps --editable '../lib'`, '/lib'],
    [{ file: 'dist/a://b.whl' }, `${PIP} --no-deps './dist/a:/b.whl'`, '/project/dist/a:/b.whl'],
    [{ path: 'lib', file: 'https://example.com/a.whl' }, `${PIP} --no-deps './lib'`, '/project/lib'],
  ])('can be a folder or file: %j', (value, command, path) => {
    expect(installed({ default: { a: value } })).toMatchObject({
      requirements: '',
      fromSources: [command],
      beside: [path],
    });
  });
});

describe('the indexes', () => {
  const indexes = (...urls: string[]) =>
    installed({ _meta: { sources: [...urls.map((url) => ({ url })), { name: 'none' }] } }).requirements;

  it.each([['https://pypi.org/simple'], ['https://pypi.org/simple/'], ['https://pypi.python.org/simple']])(
    '%s alone is the default of pip',
    (url) => {
      expect(indexes(url)).toBe('');
    },
  );

  it.each([
    'https://pypi.org/simple/more',
    'https://a.example.com/?https://pypi.org/simple',
    'https://pypi.example.com/simple',
  ])('another one is its index: %s', (url) => {
    expect(indexes(url)).toBe(`--index-url ${url}\n`);
  });

  it('of two, the first is its index, although it is the default', () => {
    expect(indexes('https://pypi.org/simple', 'https://b')).toBe(
      '--index-url https://pypi.org/simple\n--extra-index-url https://b\n',
    );
  });

  it('of several, the first is its index, and variables have braces', () => {
    expect(indexes('https://pypi.org/simple', 'https://$USER:$PASSWORD@a/simple', 'https://b')).toBe(
      '--index-url https://pypi.org/simple\n' +
        '--extra-index-url https://${USER}:${PASSWORD}@a/simple\n' +
        '--extra-index-url https://b\n',
    );
  });
});

describe('categories', () => {
  const lock = {
    _meta: {},
    default: { six: { version: '==1' } },
    develop: { six: { version: '==2' }, mypy: { version: '==1' } },
    docs: { sphinx: { version: '==1' } },
  };

  it.each([
    [{}, 'six==1\n'],
    [{ uvWithGroups: ['docs'] }, 'six==1\nsphinx==1\n'],
    [{ uvOnlyGroups: ['dev'] }, 'six==2\nmypy==1\n'],
    // A package has one version in the image: that of the last category.
    [{ uvWithGroups: ['dev'] }, 'six==2\nmypy==1\n'],
  ])('are groups: %j', (settings, requirements) => {
    expect(installed(lock, settings)).toMatchObject({ requirements, problems: [] });
  });

  it('that are not installed are withheld', () => {
    expect(installed(lock).distributions.withheld).toEqual(
      new Map([
        ['mypy', { where: 'the group "dev"', fix: 'set uvWithGroups: ["dev"]' }],
        ['sphinx', { where: 'the group "docs"', fix: 'set uvWithGroups: ["docs"]' }],
      ]),
    );
    expect(installed(lock, { uvOnlyGroups: ['docs'] }).distributions.withheld.get('six')).toEqual({
      where: 'the group "dev"',
      fix: 'set uvOnlyGroups: ["docs", "dev"]',
    });
    expect(installed({ default: { six: {} }, docs: {} }, { uvOnlyGroups: ['docs'] }).distributions.withheld).toEqual(
      new Map([['six', { where: "the project's own dependencies", fix: 'use uvWithGroups instead of uvOnlyGroups' }]]),
    );
  });

  it('must be there', () => {
    expect(installed(lock, { uvWithGroups: ['tests'] }).problems).toMatchObject([{ accepted: '"dev", "docs"' }]);
  });
});

describe('a lockfile', () => {
  const source = [{ name: 'pypi', url: 'https://pypi.org/simple' }];
  const hashed = (text: string) => ({ _meta: { hash: { sha256: createHash('sha256').update(text).digest('hex') } } });
  const SOURCES = '"sources":[{"name":"pypi","url":"https://pypi.org/simple"}]';
  const OLD = hashed('{}');

  it.each([
    [{ source }, `{"_meta":{"requires":{},${SOURCES}},"default":{},"develop":{}}`],
    [
      {
        source,
        requires: { python_version: '3.12' },
        packages: { six: '*' },
        'dev-packages': { mypy: '*' },
        docs: { sphinx: '*' },
        scripts: { a: 'b' },
        pipenv: { sort_pipfile: true },
        pipfile: {},
        default: {},
      },
      `{"_meta":{"requires":{"python_version":"3.12"},${SOURCES}},"default":{"six":"*"},"develop":{"mypy":"*"},"docs":{"sphinx":"*"}}`,
    ],
  ])('fits the Pipfile %j if it has its hash', (pipfile, text) => {
    expect(installed(hashed(text), {}, pipfile).problems).toEqual([]);
  });

  it('fits without a hash, or if the Pipfile names no sources', () => {
    expect(installed({ _meta: {} }, {}, { source }).problems).toEqual([]);
    expect(installed(OLD, {}, { packages: { six: '*' } }).problems).toEqual([]);
  });

  it('of other dependencies is refused', () => {
    expect(installed(OLD, {}, { source }).problems).toEqual([
      {
        found: "a Pipfile.lock that does not fit the Pipfile: the project's dependencies have changed since",
        accepted: 'a lockfile of the same dependencies',
        fix: 'run pipenv lock, and commit the file',
      },
    ]);
  });
});
