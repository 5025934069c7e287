import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, contextDigest } from '../../modules/container/build-context';
import type { BuildpackProperties } from '../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../modules/container/image-buildpack';
import { dockerfileOf, made, paths, problemsOf } from './buildpack/made';
import { folder, removeFolders } from './folder';

afterEach(removeFolders);

const PROJECTS: readonly (readonly [language: string, files: { readonly [path: string]: string }, entry: string])[] = [
  ['JavaScript', { 'job.js': 'console.log(1)' }, 'job.js'],
  ['Python', { 'job.py': '' }, 'job.py'],
  ['Go', { 'go.mod': 'module example.com/job\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {}\n' }, 'main.go'],
  [
    'Java',
    {
      'build.gradle': "plugins { id 'java' }\n",
      'settings.gradle': '',
      'src/main/java/Main.java': 'class Main { public static void main(String[] args) {} }',
    },
    'src/main/java/Main.java',
  ],
  ['Ruby', { 'job.rb': '' }, 'job.rb'],
  ['PHP', { 'job.php': '<?php' }, 'job.php'],
  [
    '.NET',
    {
      'job.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Worker"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
      'Program.cs': '',
    },
    'Program.cs',
  ],
];

const SECRETS = {
  '.env': 'TOKEN=x',
  'config/.env.production': '',
  'config/app.yml': 'a: 1',
  '.aws/credentials': '',
  'keys/id_rsa': '',
  'env/pyvenv.cfg': '',
  'env/lib/site.py': '',
  '.tox/x': '',
  '.DS_Store': '',
};

/** Paths of what is secret, or of this machine, in a context. */
const leaked = (context: BuildContext) =>
  paths(context).filter((path) => /\.env|\.aws|id_rsa|env\/|\.tox|DS_Store/.test(path));

/** Paths of the files below the job's folder. */
function inImage(context: BuildContext): string[] {
  const sources = dockerfileOf(context)
    .join('\n')
    .split('\nFROM ')
    .at(-1)
    ?.split('\n')
    .filter((line) => /^COPY /.test(line));
  const copies = (name: string) => sources?.some((line) => new RegExp(`( |=)${name}/ `).test(line));
  const built = sources?.some((line) => line.includes('--from=') && line.includes(' /app'));
  return paths(context).flatMap((path) => {
    const [, top = '', below] = /^(app|included)\/(.*)$/.exec(path) ?? [];
    return below !== undefined && (copies(top) || (top === 'app' && built)) ? [below] : [];
  });
}

describe.each(PROJECTS)('%s', (_, files, entryfilePath) => {
  const build = (more: { readonly [path: string]: string }, properties: Partial<BuildpackProperties> = {}) =>
    made({ ...files, ...more }, { entryfilePath, ...properties });

  it('gets no secrets, environments and caches', () => {
    const context = build(SECRETS, { includeFiles: ['**', 'config'] });
    expect(leaked(context)).toEqual([]);
    expect(paths(context).some((path) => path.endsWith('config/app.yml'))).toBe(true);
    expect(context.notes?.map(({ message }) => message)).toEqual([
      '4 files that might hold secrets are not in the image: .aws/credentials, .env, config/.env.production, keys/id_rsa. ' +
        'To include one, add ".aws/credentials" to includeFiles',
    ]);
  });

  it('gets a secret that is named', () => {
    const context = build(SECRETS, { includeFiles: ['.env', 'config/.env.*', '.aws/*'] });
    expect(inImage(context)).toEqual(expect.arrayContaining(['.env', 'config/.env.production', '.aws/credentials']));
    expect(inImage(context)).not.toContain('keys/id_rsa');
  });

  it("has what includeFiles adds at its path below the config's folder", () => {
    const root = { 'data/rules/one.csv': '1', 'data/two.csv': '2', 'other.txt': '' };
    const context = build(root, { includeFiles: ['data/rules/*.csv', 'other.txt'] });
    expect(inImage(context)).toEqual(expect.arrayContaining(['data/rules/one.csv', 'other.txt']));
  });

  it("does not change with the config's file, unless that is named", () => {
    const result = (text: string, properties: Partial<BuildpackProperties> = {}) => {
      const root = folder({ ...files, 'jobs.yml': text, 'out/stacks/cdk.tf.json': text });
      const own = [join(root, 'jobs.yml'), join(root, 'out/stacks')];
      const found = imageBuildpackContext({ entryfilePath, ...properties }, 'x86_64', root, own);
      if ('problems' in found) throw new Error(JSON.stringify(found.problems));
      return found.context;
    };
    expect(contextDigest(result('a'))).toBe(contextDigest(result('b')));
    expect(paths(result('a', { includeFiles: ['*.yml'] })).filter((path) => path.endsWith('.yml'))).toEqual([]);
    expect(inImage(result('a', { includeFiles: ['jobs.yml'] }))).toContain('jobs.yml');
  });

  it('is the same by any name of its folder, in any order of its files', () => {
    const roots = [files, Object.fromEntries(Object.entries(files).reverse())].map((some) =>
      folder({ ...some, 'a/é.txt': '', 'a/z.txt': '' }),
    );
    const [one = '', other = ''] = roots;
    const link = join(folder({}), 'link');
    symlinkSync(other, link);
    const digest = (root: string) => {
      const found = imageBuildpackContext({ entryfilePath, includeFiles: ['a'] }, 'x86_64', root);
      if ('problems' in found) throw new Error(JSON.stringify(found.problems));
      return contextDigest(found.context);
    };
    expect(digest(link)).toBe(digest(one));
    renameSync(one, `${one}-moved`);
    try {
      expect(digest(`${one}-moved`)).toBe(digest(other));
    } finally {
      renameSync(`${one}-moved`, one);
    }
  });
});

it('has no word for a project without secrets', () => {
  expect(made({ 'job.py': '' }, { entryfilePath: 'job.py' }).notes).toEqual([]);
});

it('sends what a link leads to in the same repository, and refuses one that leads further', () => {
  const files = {
    '.git/HEAD': '',
    'shared/a.py': '',
    'etl/job.py': '',
    'etl/requirements.txt': '',
    'etl/shared': '-> ../shared',
  };
  expect(paths(made(files, { entryfilePath: 'etl/job.py' }))).toContain('app/shared/a.py');
  const outward = { ...files, 'etl/data': '-> ../../../data' };
  expect(problemsOf(outward, { entryfilePath: 'etl/job.py' })).toEqual([
    {
      property: ['entryfilePath'],
      found: '"data": a link to "../../../data", which is outside the build context',
      accepted: 'links within the folder, or to files of the same repository',
      fix: 'replace the link by the file, or exclude it: add it to excludeFiles or .dockerignore',
    },
  ]);
  expect(problemsOf(outward, { entryfilePath: 'etl/job.py', excludeFiles: ['etl/data'] })).toEqual([]);
});

it('leaves out an environment that shares its folder with the project', () => {
  const files = {
    'job.py': '',
    'pyvenv.cfg': '',
    'bin/activate': '',
    'lib/python3.12/site-packages/a.py': '',
    'src/a.py': '',
  };
  expect(paths(made(files, { entryfilePath: 'job.py' }))).toEqual([
    'Dockerfile',
    'app/job.py',
    'app/src/a.py',
    'event.pth',
    'fetch_event.py',
    'start.py',
  ]);
});
