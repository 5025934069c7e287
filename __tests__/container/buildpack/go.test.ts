import { join } from 'node:path';
import { contextDigest } from '../../../modules/container/build-context';
import { imageBuildpackContext } from '../../../modules/container/image-buildpack';
import { baseImage } from '../../../modules/rules/base-images';
import { folder, removeFolders } from '../folder';
import { dockerfileOf, made, paths, problemsOf } from './made';

type Files = { readonly [path: string]: string };

afterEach(removeFolders);

const MAIN = 'package main\n\nfunc main() {}\n';
const importing = (...packages: string[]) =>
  `package main\n\nimport (\n${packages.map((path) => `\t"${path}"`).join('\n')}\n)\n\nfunc main() {}\n`;
const entryfilePath = 'app/main.go';

/** The context of a config in a folder below that of the files. */
function below(files: Files, config: string, entry: string) {
  return imageBuildpackContext({ entryfilePath: entry }, 'x86_64', join(folder(files), config));
}

const reports = (files: Files, entry = entryfilePath, glibc = false) =>
  problemsOf(files, { entryfilePath: entry, requiresGlibcBinaries: glibc }).map(({ property, found }) => [
    property.join('.'),
    found,
  ]);

const WORKSPACE: Files = {
  'go.work': 'go 1.25\n\nuse (\n\t./app // the job\n\t"./lib"\n)\n',
  'go.work.sum': '',
  'app/go.mod': 'module example.com/app\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n',
  'app/go.sum': '',
  'app/main.go': importing('fmt', 'example.com/lib/texts'),
  'lib/go.mod': 'module example.com/lib\n\ngo 1.25\n',
  'lib/texts/texts.go': 'package texts\n',
  'web/package.json': '{}',
};

describe('siblings', () => {
  it('sends only the modules of a workspace, and starts in the module', () => {
    const image = made(WORKSPACE, { entryfilePath });
    expect(paths(image).filter((path) => path.startsWith('app/'))).toEqual([
      'app/app/go.mod',
      'app/app/go.sum',
      'app/app/main.go',
      'app/go.work',
      'app/go.work.sum',
      'app/lib/go.mod',
      'app/lib/texts/texts.go',
    ]);
    expect(dockerfileOf(image)).toContain('WORKDIR /src/app');
    expect(dockerfileOf(image).slice(-3)[0]).toBe('WORKDIR /app/app');
    expect(dockerfileOf(image)).toContain("RUN go build -trimpath -ldflags=-s -o /job '.'");
  });

  it("finds the workspace above the config's folder, and the same digest from either", () => {
    const files = { ...WORKSPACE, '.git/HEAD': '' };
    const [above, under] = [below(files, '.', 'app/main.go'), below(files, 'app', 'main.go')];
    if ('problems' in above || 'problems' in under) throw new Error(JSON.stringify([above, under]));
    expect(paths(under.context)).toContain('app/lib/texts/texts.go');
    expect(contextDigest(under.context)).toBe(contextDigest(above.context));
  });

  it('finds the module of an entry file next to the config', () => {
    const files = { '.git/HEAD': '', 'go.mod': 'module a\n', 'cmd/main.go': MAIN, 'deploy/jobs.yml': '' };
    const found = below(files, 'deploy', '../cmd/main.go');
    if ('problems' in found) throw new Error(JSON.stringify(found));
    expect(dockerfileOf(found.context)).toContain("RUN go build -trimpath -ldflags=-s -o /job './cmd'");
  });

  it('does without a workspace that the module is not part of', () => {
    const image = made(
      { 'go.work': 'use ./lib\n', 'app/go.mod': 'module a\n', 'app/main.go': MAIN },
      { entryfilePath },
    );
    expect(dockerfileOf(image)).toContain('ENV CGO_ENABLED=0 GOWORK=off');
    expect(paths(image)).not.toContain('app/go.work');
  });

  it('sends folders that replace modules', () => {
    const replace =
      'replace (\n\texample.com/lib v1.0.0 => ../lib\n\texample.com/other => example.com/fork v1.2.3\n)\n';
    const { 'go.work': _, ...files } = WORKSPACE;
    const image = made({ ...files, 'app/go.mod': `${files['app/go.mod']}${replace}` }, { entryfilePath });
    expect(paths(image)).toContain('app/lib/texts/texts.go');
    expect(paths(image)).toContain('manifests/lib/go.mod');
    expect(paths(image)).not.toContain('app/web/package.json');
  });

  it('needs no folder that is vendored', () => {
    const image = made(
      {
        'go.mod': 'module a\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../../lib\n',
        'main.go': importing('example.com/lib'),
        'vendor/modules.txt': '',
        'vendor/example.com/lib/lib.go': 'package lib\n\nimport "example.com/further"\n',
      },
      { entryfilePath: 'main.go' },
    );
    expect(dockerfileOf(image).join('\n')).not.toContain('go mod download');
    expect(paths(image)).toContain('app/vendor/example.com/lib/lib.go');
  });

  it.each<[string, string, string]>([
    [
      'outside of the repository',
      '../../lib',
      'go.mod: replace example.com/lib => ../../lib, outside of the repository',
    ],
    ['of this machine', '/opt/lib', 'go.mod: replace example.com/lib => /opt/lib, which is a path of this machine'],
    ['that is not there', '../lib', 'go.mod: replace example.com/lib => ../lib, and no go.mod there'],
  ])('refuses a folder %s', (_, target, found) => {
    const files = {
      '.git/HEAD': '',
      'app/go.mod': `module a\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ${target}\n`,
      'app/main.go': MAIN,
    };
    expect(reports(files)).toEqual([['entryfilePath', found]]);
  });

  it('refuses a workspace outside of what may be sent', () => {
    const found = below(WORKSPACE, 'app', 'main.go');
    expect(found).toMatchObject({
      problems: [{ property: ['entryfilePath'] }, { found: 'go.work: use ./lib, outside of the repository' }],
    });
  });

  it('refuses a module of a workspace that is not there', () => {
    const { 'lib/go.mod': _, ...files } = WORKSPACE;
    expect(reports(files)).toEqual([['entryfilePath', 'go.work: use ./lib, and no go.mod there']]);
  });
});

describe('the program', () => {
  it.each<[string, Files, string]>([
    ['a package of another name', { 'app/main.go': '// package main\npackage jobs\n' }, 'package jobs'],
    ['a file without a package', { 'app/main.go': '' }, 'no package clause'],
    [
      'a package without func main',
      { 'app/main.go': 'package main\n// func main()\nvar a = `\nfunc main() {}`\n' },
      'no func main in its package',
    ],
    [
      'a file for another system',
      { 'app/main.go': `//go:build !linux && (windows || darwin)\n\n${MAIN}` },
      'excluded on Linux by its //go:build !linux && (windows || darwin)',
    ],
  ])('refuses %s', (_, files, found) => {
    expect(reports({ 'app/go.mod': 'module a\n', ...files })).toEqual([['entryfilePath', `"app/main.go": ${found}`]]);
  });

  it.each([
    ['main_test.go', 'a test'],
    ['main_windows.go', 'excluded on Linux by its name'],
    ['main_linux_arm64.go', 'excluded on Linux by its name'],
  ])('refuses %s', (name, found) => {
    expect(reports({ 'go.mod': 'module a\n', [name]: MAIN }, name)).toEqual([['entryfilePath', `"${name}": ${found}`]]);
  });

  it('takes func main from another file of the package', () => {
    const files = { 'go.mod': 'module a\n', 'jobs/a.go': 'package main\n', 'jobs/b_linux.go': MAIN };
    expect(dockerfileOf(made(files, { entryfilePath: 'jobs/a.go' })).join('\n')).toContain("-o /job './jobs'");
  });

  it.each([
    ['one of several programs in a folder', MAIN, MAIN],
    ['a file that Go is told to ignore', `//go:build ignore\n\n${MAIN}`, 'package other\n'],
  ])('builds %s by its name', (_, own, other) => {
    const files = { 'go.mod': 'module a\n', 'jobs/a.go': own, 'jobs/b.go': other };
    expect(dockerfileOf(made(files, { entryfilePath: 'jobs/a.go' })).join('\n')).toContain("-o /job './jobs/a.go'");
  });

  it('builds the files of a folder without a module', () => {
    const files = { 'a.go': MAIN, 'b.go': 'package main\n', 'c.go': 'package other\n' };
    expect(dockerfileOf(made(files, { entryfilePath: 'a.go' })).join('\n')).toContain("-o /job './a.go' './b.go'");
  });

  it('refuses packages of others without a module', () => {
    expect(reports({ 'a.go': importing('example.com/lib') }, 'a.go')).toEqual([
      ['entryfilePath', '"a.go", which imports example.com/lib, and no go.mod at or above it'],
    ]);
  });
});

/** A `go.sum` with the hashes of a module. */
const sum = (path: string) => `${path} v1.0.0 h1:a=\n${path} v1.0.0/go.mod h1:b=\n`;

describe('imports', () => {
  const module = (text: string, more: Files = {}): Files => ({
    'go.mod': 'module example.com/a\n\ngo 1.25\n',
    'main.go': text,
    ...more,
  });

  it('refuses generated code that was not generated, wherever it is imported', () => {
    const files = module(importing('example.com/a/jobs'), {
      'jobs/jobs.go': 'package jobs\n\nimport pb "example.com/a/gen/pb"\n',
      'gen/pb/jobs.proto': '',
    });
    expect(reports(files, 'main.go')).toEqual([
      ['entryfilePath', '"example.com/a/gen/pb", which jobs/jobs.go imports, and no Go file in its folder'],
    ]);
  });

  it('refuses a package of a module that go.mod does not require', () => {
    expect(reports(module(importing('net/http', 'github.com/one/two/three')), 'main.go')).toEqual([
      ['entryfilePath', 'an import of "github.com/one/two/three", which go.mod does not require'],
    ]);
  });

  it('refuses an imported module that go.sum does not list, unless something else provides it', () => {
    const one = 'github.com/one/two';
    const files = {
      ...module(importing(`${one}/three`)),
      'go.mod': `module example.com/a\n\ngo 1.25\n\nrequire ${one} v1.0.0\n`,
    };
    const missing = [['entryfilePath', `an import of the module "${one}", which has no line in go.sum`]];
    expect(reports(files, 'main.go')).toEqual(missing);
    expect(reports({ ...files, 'go.sum': sum(`${one}x`) }, 'main.go')).toEqual(missing);
    expect(reports({ ...files, 'go.sum': sum(one) }, 'main.go')).toEqual([]);
    const replaced = { ...files, 'go.mod': `${files['go.mod']}\nreplace ${one} => github.com/fork/two v1.0.1\n` };
    expect(reports(replaced, 'main.go')).toEqual([]);
    const customDockerBuildCommands = ['go env -w GOFLAGS=-mod=mod'];
    expect(problemsOf(files, { entryfilePath: 'main.go', customDockerBuildCommands })).toEqual([]);
  });

  it('leaves that to Go where go.mod does not list all', () => {
    const files = { 'go.mod': 'module a\n\ngo 1.16\n', 'main.go': importing('github.com/one/two') };
    expect(reports(files, 'main.go')).toEqual([]);
  });

  it('takes a nested module for one of others', () => {
    const files = module(importing('example.com/a/nested'), { 'nested/go.mod': 'module example.com/a/nested\n' });
    const required = { ...files, 'go.mod': `${files['go.mod']}\nrequire example.com/a/nested v1.0.0\n` };
    expect(reports({ ...required, 'go.sum': sum('example.com/a/nested') }, 'main.go')).toEqual([]);
  });

  it.each<[string, Files]>([
    ['C in its own code', module(importing('example.com/a/c'), { 'c/c.go': 'package c\n\n// int x;\nimport "C"\n' })],
    ['C in the entry file', module('package main\n\nimport "C"\n\nfunc main() {}\n')],
    [
      'a package that is C underneath',
      {
        ...module(importing('database/sql', 'github.com/mattn/go-sqlite3')),
        'go.mod': 'module example.com/a\n\ngo 1.25\n\nrequire github.com/mattn/go-sqlite3 v1.14.24\n',
        'go.sum': sum('github.com/mattn/go-sqlite3'),
      },
    ],
  ])('refuses %s, unless the image has a C library', (_, files) => {
    const [problem] = problemsOf(files, { entryfilePath: 'main.go' });
    expect(String(problem?.found)).toContain('which needs C');
    expect(problem?.fix).toContain('requiresGlibcBinaries: true');
    expect(reports(files, 'main.go', true)).toEqual([]);
  });

  it.each<[string, string, Files, string[]]>([
    ['a file', 'a.txt', { 'a.txt': '' }, []],
    ['a folder', 'data', { 'data/a.txt': '', 'data/.hidden': '' }, []],
    ['a pattern', '"data/*.sql"', { 'data/a.sql': '' }, []],
    ['what is not there', 'dist', {}, ['//go:embed dist in main.go, and no such file']],
    [
      'what .dockerignore leaves out',
      'data a.txt',
      { 'a.txt': '', 'data/b': '', '.dockerignore': 'data' },
      ['//go:embed data in main.go, and "data/b" is not sent'],
    ],
  ])('looks whether %s that is embedded is sent', (_, pattern, more, found) => {
    const text = `package main\n\nimport _ "embed"\n\n//go:embed ${pattern}\nvar a string\n\nfunc main() {}\n`;
    expect(reports(module(text, more), 'main.go').map(([, text]) => text)).toEqual(found);
  });
});

describe('the version', () => {
  const built = (files: Files) => dockerfileOf(made({ 'main.go': MAIN, ...files }, { entryfilePath: 'main.go' }));
  const from = (version: string) => `FROM ${baseImage('Go', version, 'alpine', 'build')} AS build`;

  it.each<[string, Files, string]>([
    ['nothing', {}, '1.27'],
    ['an old version in go.mod', { 'go.mod': 'module a\n\ngo 1.13\n' }, '1.27'],
    ['no version in go.mod', { 'go.mod': 'module a\n' }, '1.27'],
    ['.go-version', { 'go.mod': 'module a\n\ngo 1.25\n', '.go-version': '1.26.1\n' }, '1.26'],
    ['.tool-versions', { '.tool-versions': 'nodejs 22.1.0\ngolang 1.25.3\n' }, '1.25'],
    ['.go-version that is older than go.mod', { 'go.mod': 'module a\n\ngo 1.26\n', '.go-version': '1.25' }, '1.27'],
    ['.go-version that is older than all', { '.go-version': '1.19.8' }, '1.27'],
  ])('is by %s', (_, files, version) => {
    expect(built(files)[0]).toBe(from(version));
    expect(built(files).join()).not.toContain('GOTOOLCHAIN');
  });

  it.each([
    ['go', 'go 1.27.99'],
    ['toolchain', 'go 1.21\n\ntoolchain go1.27.99'],
  ])('lets Go fetch a release that is newer than the base image: %s', (_, lines) => {
    const image = built({ 'go.mod': `module a\n\n${lines}\n` });
    expect(image[0]).toBe(from('1.27'));
    expect(image).toContain('ENV CGO_ENABLED=0 GOTOOLCHAIN=go1.27.99');
  });

  it.each(['go 1.99', 'go 1.21\n\ntoolchain go1.99.1', 'go 2.0'])(
    'refuses what there is no base image for: %s',
    (lines) => {
      const [problem] = problemsOf(
        { 'main.go': MAIN, 'go.mod': `module a\n\n${lines}\n` },
        { entryfilePath: 'main.go' },
      );
      expect(problem).toMatchObject({
        property: ['entryfilePath'],
        accepted: 'Go 1.25, 1.26, 1.27, or older in go.mod',
      });
    },
  );
});

describe('the layer of the modules', () => {
  it('is made of manifests alone, so that a change of a source does not change it', () => {
    const image = made(WORKSPACE, { entryfilePath });
    const lines = dockerfileOf(image);
    expect(lines.slice(lines.indexOf('COPY manifests/ /src/'), lines.indexOf('COPY app/ /src/'))).toEqual([
      'COPY manifests/ /src/',
      'WORKDIR /src/app',
      "RUN go mod download || echo 'Not all modules could be fetched before the sources.'",
    ]);
    const manifests = (files: Files) =>
      made(files, { entryfilePath }).files.filter(({ path }) => path.startsWith('manifests/'));
    expect(manifests(WORKSPACE).map(({ path }) => path)).toEqual([
      'manifests/app/go.mod',
      'manifests/app/go.sum',
      'manifests/go.work',
      'manifests/go.work.sum',
      'manifests/lib/go.mod',
    ]);
  });

  it('is not there where nothing is fetched', () => {
    const image = made({ 'go.mod': 'module a\n', 'main.go': MAIN }, { entryfilePath: 'main.go' });
    expect(dockerfileOf(image).join()).not.toContain('manifests');
  });
});

it('refuses excludeDependencies, which would be without effect', () => {
  const properties = { entryfilePath: 'main.go', excludeDependencies: ['a'] };
  expect(problemsOf({ 'main.go': MAIN }, properties)).toMatchObject([
    { property: ['excludeDependencies'], found: '"a"', accepted: 'nothing for Go' },
  ]);
});
