import {
  archivesOf,
  closure,
  type LockedPackage,
  requirementLines,
} from '../../../../modules/container/buildpack/python/locked';
import { requirements } from '../../../../modules/container/buildpack/python/requirement';
import { TARGET } from './installed';

/** A package of an index, such as `six==1.16`, and what it needs. */
function locked(text: string, needs: readonly string[] = [], more: Partial<LockedPackage> = {}): LockedPackage {
  const [name = '', version = ''] = text.split('==');
  return { name, version, dependencies: requirements(needs), source: { from: 'index' }, hashes: [], ...more };
}

const named = (packages: readonly LockedPackage[]) => packages.map(({ name, version }) => `${name}==${version}`);
const closed = (roots: readonly string[], packages: readonly LockedPackage[], extras?: readonly string[]) =>
  named(closure(requirements(roots), packages, TARGET, extras));

describe('the packages that requirements install', () => {
  it('include those that they need, by name, and no others', () => {
    const packages = [
      locked('requests==2', ['idna', 'certifi']),
      locked('idna==3'),
      locked('certifi==1'),
      locked('six==1'),
    ];
    expect(closed(['requests'], packages)).toEqual(['certifi==1', 'idna==3', 'requests==2']);
    expect(closed([], packages)).toEqual([]);
    expect(closed(['gone'], packages)).toEqual([]);
  });

  it('end where packages need each other', () => {
    expect(closed(['a'], [locked('a==1', ['b']), locked('b==1', ['a'])])).toEqual(['a==1', 'b==1']);
  });

  it('leave out requirements that do not apply, of the project and of packages', () => {
    const packages = [
      locked('a==1', ['b; sys_platform == "win32"', 'c']),
      locked('b==1'),
      locked('c==1'),
      locked('d==1'),
    ];
    expect(closed(['a', 'd; python_version < "3.10"'], packages)).toEqual(['a==1', 'c==1']);
  });

  it('leave out entries whose marker does not hold', () => {
    const old = locked('a==1', [], { marker: 'python_version < "3.12"' });
    const current = locked('a==2', [], { marker: 'python_version >= "3.12"' });
    expect(closed(['a'], [old, current])).toEqual(['a==2']);
  });

  it('have the version in the range, else the first one', () => {
    const packages = [locked('a==1'), locked('a==2')];
    expect(closed(['a'], packages)).toEqual(['a==1']);
    expect(closed(['a>=2'], packages)).toEqual(['a==2']);
    expect(closed(['a>=3'], packages)).toEqual(['a==1']);
    expect(closed(['a>=2', 'a<2'], packages)).toEqual(['a==2', 'a==1']);
  });

  it('need what the extras of a package need, once, if somebody wants these', () => {
    const packages = [
      locked('a==1'),
      locked('a==1', ['b'], { extras: ['s3'] }),
      locked('a==1', ['c'], { extras: ['s3', 'mail'] }),
      locked('b==1'),
      locked('c==1'),
    ];
    expect(closed(['a'], packages)).toEqual(['a==1']);
    expect(closed(['a[s3]'], packages)).toEqual(['a==1', 'b==1']);
    expect(closed(['a', 'a[s3,mail]'], packages)).toEqual(['a==1', 'b==1', 'c==1']);
  });

  it("take the extras of the project for its own requirements and markers, and a package's for what it needs", () => {
    const packages = [
      locked('a==1', ['b; extra == "s3"', 'c; extra == "own"'], { extras: [] }),
      locked('b==1'),
      locked('c==1'),
      locked('d==1', [], { marker: 'extra == "own"' }),
    ];
    expect(closed(['a[s3]', 'd', 'c; extra == "other"'], packages)).toEqual(['a==1', 'b==1']);
    expect(closed(['a; extra == "own"', 'd'], packages, ['own'])).toEqual(['a==1', 'd==1']);
  });
});

const LOCAL = { from: 'local', path: '/project/lib', editable: false } as const;
const URL = { from: 'url', url: 'git+https://example.com/lib@abc' } as const;

it('the files of packages are known for those of an index', () => {
  const packages = [
    locked('a==1', [], { files: ['a.whl'] }),
    locked('b==1'),
    locked('c==1', [], { source: LOCAL, files: ['c.whl'] }),
  ];
  expect(archivesOf(packages)).toEqual(
    new Map([
      ['a', ['a.whl']],
      ['b', []],
    ]),
  );
});

describe('as a requirements file, packages', () => {
  it('have their hashes, sorted', () => {
    const packages = [
      locked('a==1', [], { hashes: ['sha256:2', 'sha256:1'] }),
      locked('b==2', [], { hashes: ['sha256:3'] }),
    ];
    expect(requirementLines(packages)).toBe(
      'a==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\nb==2 \\\n    --hash=sha256:3\n',
    );
  });

  it('have none if one of them has none', () => {
    const packages = [locked('a==1', [], { hashes: ['sha256:1'] }), locked('b==2', [], { source: URL })];
    expect(requirementLines(packages)).toBe('a==1\nb @ git+https://example.com/lib@abc\n');
  });

  it('are without local ones, which need no hash', () => {
    const packages = [locked('a==1', [], { source: LOCAL }), locked('b==2', [], { hashes: ['sha256:3'] })];
    expect(requirementLines(packages)).toBe('b==2 \\\n    --hash=sha256:3\n');
    expect(requirementLines([])).toBe('');
  });

  it('have each further index once, first', () => {
    const source = { from: 'index', url: 'https://pypi.example.com/simple' } as const;
    expect(requirementLines([locked('a==1', [], { source }), locked('b==2', [], { source }), locked('c==3')])).toBe(
      '--extra-index-url https://pypi.example.com/simple\na==1\nb==2\nc==3\n',
    );
  });
});
