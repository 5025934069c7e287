import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { folder, removeFolders } from '../../folder';
import { made, paths, problemsOf, textOf } from '../made';

type Files = { readonly [path: string]: string };
type Given = Partial<BuildpackProperties>;

afterEach(removeFolders);

const problems = (files: Files, more: Given = {}) =>
  problemsOf({ 'job.py': '', ...files }, { entryfilePath: 'job.py', ...more });

const SSH = 'git+ssh://git@github.com/acme/lib.git@v1';
const uvLock = (source: string, files: string) =>
  `version = 1\n[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "lib" }]\n[package.metadata]\nrequires-dist = [{ name = "lib" }]\n[[package]]\nname = "lib"\nversion = "1"\nsource = ${source}\n${files}`;
const UV = '[project]\nname = "a"\nversion = "1"\ndependencies = ["lib"]\n';
const REGISTRY = '{ registry = "https://pypi.org/simple" }';
const wheel = (tag: string) => `wheels = [{ url = "https://files.pythonhosted.org/lib-1-cp312-cp312-${tag}.whl" }]\n`;
const POETRY = '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\nlib = "*"\n';
const poetryLock = (more: string) => `[[package]]\nname = "lib"\nversion = "1"\n${more}`;

describe('what the build cannot fetch is refused', () => {
  it.each<[string, Files, string, string]>([
    [
      'an index whose password no secret has',
      { 'requirements.txt': '--index-url https://me:${PYPI_TOKEN}@pypi.acme.com/simple\nlib\n' },
      '${PYPI_TOKEN} in the requirements',
      'buildSecrets: { PYPI_TOKEN:',
    ],
    ['a repository by SSH', { 'requirements.txt': `lib @ ${SSH}\n` }, 'fetched by SSH', 'use an https:// address'],
    [
      "a repository by SSH, of uv's lockfile",
      { 'pyproject.toml': UV, 'uv.lock': uvLock('{ git = "ssh://git@github.com/acme/lib.git?rev=v1#abc" }', '') },
      '"ssh://git@github.com/acme/lib.git?rev=v1#abc", which is fetched by SSH',
      'use an https:// address',
    ],
    [
      "a repository by SSH, of Poetry's lockfile",
      {
        'pyproject.toml': POETRY,
        'poetry.lock': poetryLock('[package.source]\ntype = "git"\nurl = "git@github.com:acme/lib.git"\n'),
      },
      'git+ssh://git@github.com/acme/lib.git@',
      'use an https:// address',
    ],
  ])('%s', (_, files, found, fix) => {
    const [problem, ...others] = problems(files);
    expect(others).toEqual([]);
    expect(problem?.property).toEqual(['buildSecrets']);
    expect(String(problem?.found)).toContain(found);
    expect(problem?.fix).toContain(fix);
  });

  it.each<[string, Files, Given]>([
    [
      'a secret for the index',
      { 'requirements.txt': '--index-url https://${PYPI_TOKEN}@pypi.acme.com/simple\nlib\n' },
      { buildSecrets: { PYPI_TOKEN: "$Secret('pypi')" } },
    ],
    ['a comment', { 'requirements.txt': `# ${SSH} needs \${TOKEN}\nlib\n` }, {}],
    ['HTTPS', { 'requirements.txt': 'lib @ git+https://github.com/acme/lib.git@v1\n' }, {}],
    ['commands that may bring a key', { 'requirements.txt': SSH }, { customDockerBuildCommands: ['apk add openssh'] }],
    [
      "Git's own settings",
      { 'requirements.txt': SSH },
      { buildSecrets: { GIT_CONFIG_COUNT: "$Secret('count')", GIT_CONFIG_KEY_0: "$Secret('key')" } },
    ],
  ])('but not with %s', (_, files, more) => expect(problems(files, more)).toEqual([]));
});

describe('what Alpine cannot have is refused', () => {
  it.each<[string, Files]>([
    ['a package that is known for it', { 'requirements.txt': 'torch==2.5.1\n' }],
    ['a package that is known for it, of a project', { 'pyproject.toml': UV.replace('lib', 'torch>=2') }],
    ["wheels of uv's lockfile", { 'pyproject.toml': UV, 'uv.lock': uvLock(REGISTRY, wheel('manylinux_2_17_x86_64')) }],
    [
      "wheels of Poetry's lockfile",
      {
        'pyproject.toml': POETRY,
        'poetry.lock': poetryLock(
          'files = [{ file = "lib-1-cp312-cp312-manylinux_2_28_x86_64.whl", hash = "sha256:1" }]',
        ),
      },
    ],
  ])('%s', (_, files) => {
    const [problem, ...others] = problems(files);
    expect(others).toEqual([]);
    expect(problem?.property).toEqual(['requiresGlibcBinaries']);
    expect(String(problem?.found)).toMatch(/^"(torch|lib)": no wheel for Alpine, and no sources$/);
    expect(problem?.fix).toContain('set requiresGlibcBinaries: true');
    expect(problems(files, { requiresGlibcBinaries: true })).toEqual([]);
  });

  it.each<[string, Files]>([
    ['a package for other systems', { 'requirements.txt': 'torch; sys_platform == "win32"\n' }],
    ['a wheel for Alpine', { 'pyproject.toml': UV, 'uv.lock': uvLock(REGISTRY, wheel('musllinux_1_2_x86_64')) }],
    [
      'a wheel for every system',
      {
        'pyproject.toml': UV,
        'uv.lock': uvLock(REGISTRY, 'wheels = [{ url = "https://x/lib-1-py3-none-any.whl" }]\n'),
      },
    ],
    [
      'sources',
      {
        'pyproject.toml': UV,
        'uv.lock': uvLock(REGISTRY, `sdist = { url = "https://x/lib-1.tar.gz" }\n${wheel('win_amd64')}`),
      },
    ],
  ])('but not %s', (_, files) => expect(problems(files)).toEqual([]));
});

it('reads a requirements file in UTF-16, which PowerShell writes', () => {
  const base = folder({ 'job.py': 'import idna' });
  writeFileSync(join(base, 'requirements.txt'), Buffer.from('\uFEFFidna==3.10\r\n', 'utf16le'));
  const result = imageBuildpackContext({ entryfilePath: 'job.py' }, 'x86_64', base);
  const files = 'context' in result ? result.context.files : [];
  expect(textOf(files, 'packages/requirements.txt')).toBe('idna==3.10\n');
});

it('sends the README that setup.py reads, though .dockerignore leaves it out', () => {
  const setup = 'setup(name="a", long_description=open("README.md").read())';
  const files = { 'job.py': '', 'setup.py': setup, 'README.md': 'a', 'NEWS.md': '', '.dockerignore': '*.md\n' };
  const sent = paths(made(files, { entryfilePath: 'job.py' }));
  expect(sent).toContain('app/README.md');
  expect(sent).not.toContain('app/NEWS.md');
});
