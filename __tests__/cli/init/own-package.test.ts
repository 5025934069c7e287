import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnPackage, ownPackage, ownRange } from '../../../cli/init/own-package';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'own-package-')));
afterAll(() => rmSync(root, { recursive: true }));

const LISTED = join(root, 'node_modules', 'cdktf-batch-jobs');

/** The range in a project beside one whose package.json has a text. */
function rangeWith(text: string | undefined, folder = LISTED): string {
  rmSync(join(root, 'package.json'), { force: true });
  if (text !== undefined) writeFileSync(join(root, 'package.json'), text);
  const own = { folder, name: 'cdktf-batch-jobs', version: '1.2.3' } as OwnPackage;
  return ownRange(own, join(root, 'projects', 'reports'));
}

const listed = (range: string, group = 'dependencies') => JSON.stringify({ [group]: { 'cdktf-batch-jobs': range } });

it('is the package of this repository, with the folder that it is in', () => {
  const { folder, ...own } = ownPackage();
  expect(folder).toBe(realpathSync('.'));
  expect(own).toEqual(JSON.parse(readFileSync('package.json', 'utf8')));
});

it.each([
  ['no package.json', undefined],
  ['one that is not JSON', '{'],
  ['one without packages', '{}'],
  ['one that lists other packages', '{ "dependencies": {}, "devDependencies": {} }'],
  ['a version range', listed('^1.0.0')],
  ['a range by another name', listed('npm:cdktf-batch-jobs@1')],
  ['a range of a workspace', listed('workspace:*')],
  ['a range of a catalog', listed('catalog:')],
  ['a link', listed('link:../cdktf-batch-jobs')],
  ['a portal', listed('portal:../cdktf-batch-jobs')],
  ['a range with a colon later', listed('1 file:x')],
])('the range is the version with %s', (_, text) => {
  expect(rangeWith(text)).toBe('^1.2.3');
});

it.each(['https://example.com/a.tgz', 'git+ssh://git@example.com/a.git', 'github:some/repository'])(
  '%s stays, where the package was installed from',
  (range) => {
    expect([rangeWith(listed(range)), rangeWith(listed(range, 'devDependencies'))]).toEqual([range, range]);
  },
);

it('a file is named from the project', () => {
  expect(rangeWith(listed('file:packed/a.tgz'))).toBe('file:../../packed/a.tgz');
  expect(rangeWith(listed('file:/a.tgz'))).toMatch(/^file:(\.\.\/)+a\.tgz$/);
});

it('a dependency comes before one for development', () => {
  const [dependencies, devDependencies] = ['github:a/b', 'github:c/d'].map((range) => ({ 'cdktf-batch-jobs': range }));
  expect(rangeWith(JSON.stringify({ devDependencies, dependencies }))).toBe('github:a/b');
});

it('where pnpm keeps packages, its project is above', () => {
  const folder = join(root, 'node_modules', '.pnpm', 'a@1', 'node_modules', 'cdktf-batch-jobs');
  mkdirSync(folder, { recursive: true });
  expect(rangeWith(listed('github:a/b'), folder)).toBe('github:a/b');
});

it('a package that is not installed has its version', () => {
  expect(rangeWith(listed('github:a/b'), join(root, 'checkout', 'cdktf-batch-jobs'))).toBe('^1.2.3');
  expect(rangeWith(listed('github:a/b'), join(root, 'node_modules', 'a', 'node_modules', 'b'))).toBe('^1.2.3');
  expect(rangeWith(listed('github:a/b'), join(root, 'other_node_modules', 'cdktf-batch-jobs'))).toBe('^1.2.3');
});
