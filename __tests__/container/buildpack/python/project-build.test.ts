import {
  buildEnvironment,
  installItself,
  isPoetryPackage,
  metadataFiles,
} from '../../../../modules/container/buildpack/python/project-build';
import { folder, removeFolders } from '../../folder';

afterEach(removeFolders);

const VERSIONS =
  'export SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PDM_BUILD_SCM_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 && ';

it.each([
  ['a version of its own', { project: { version: '1' } }, ''],
  ['dependencies that a build knows', { project: { dynamic: ['dependencies'] } }, ''],
  ['a version of its repository', { project: { dynamic: ['version'] } }, VERSIONS],
  ['a version by a plugin of Poetry', { tool: { 'poetry-dynamic-versioning': {} } }, VERSIONS],
])('a project with %s is installed in place', (_, pyproject, environment) => {
  expect(buildEnvironment(pyproject)).toBe(environment);
  expect(installItself(pyproject)).toBe(
    `${environment}/venv/bin/python -m pip install --no-cache-dir --no-deps --editable .`,
  );
});

describe('a project of Poetry', () => {
  const BUILD = { 'build-system': {} };
  const poetry = (more: object) => ({ ...BUILD, tool: { poetry: { name: 'my-report.job', ...more } } });

  it.each([
    ['has a folder of its name', { 'my_report_job/a.py': '' }, poetry({}), true],
    ['has a module of its name', { 'my_report_job.py': '' }, poetry({}), true],
    ['has a folder of its name in src', { 'src/my_report_job/a.py': '' }, poetry({}), true],
    ['has a module of its name in src', { 'src/my_report_job.py': '' }, poetry({}), true],
    ['has its name in small letters', { 'report.py': '' }, poetry({ name: 'Report' }), true],
    ['has its name as it is', { 'Report.py': '' }, poetry({ name: 'Report' }), true],
    ['has the name that [project] says', { 'other.py': '' }, { ...poetry({}), project: { name: 'other' } }, true],
    ['lists its packages', {}, poetry({ packages: [{ include: 'lib' }] }), true],
    ['has nothing of its name', { 'report.py': '' }, poetry({}), false],
    ['is no package', { 'my_report_job.py': '' }, poetry({ 'package-mode': false }), false],
    ['has no name', { 'a.py': '' }, { ...BUILD, tool: { poetry: { packages: [{}] } } }, false],
    ['builds nothing', { 'a.py': '' }, { tool: { poetry: { name: 'a', packages: [{}] } } }, false],
  ])('that %s is a package: %j, %j: %s', (_, files, pyproject, expected) => {
    expect(isPoetryPackage(folder(files), pyproject)).toBe(expected);
  });
});

it.each([
  [{}, []],
  [{ project: { readme: 'README.md' } }, ['README.md']],
  [{ project: { readme: { file: 'README.rst' }, license: { file: 'LICENSE' } } }, ['README.rst', 'LICENSE']],
  [{ project: { readme: { text: 'hello' }, license: 'MIT' } }, []],
  [{ project: { 'license-files': ['LICENSE', 'licenses/*', 'a?', 'b[1]'] } }, ['LICENSE']],
  [{ tool: { poetry: { readme: 'README.md' } } }, ['README.md']],
  [{ tool: { poetry: { readme: ['README.md', 'NEWS.md'] } } }, ['README.md', 'NEWS.md']],
])('the build of %j reads %j', (pyproject, expected) => {
  expect(metadataFiles(pyproject)).toEqual(expected);
});
