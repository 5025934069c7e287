import { join } from 'node:path';
import { contextDigest } from '../../modules/container/build-context';
import { externalBuildpackContext } from '../../modules/container/external-buildpack';
import { folder, removeFolders } from './folder';

type Properties = Parameters<typeof externalBuildpackContext>[0];

const SOURCE = { 'job/package.json': '{}', 'job/index.js*': '', 'job/docs/a': '', 'job/.dockerignore': 'docs' };

function context(root: string, properties: Partial<Properties> = {}) {
  const result = externalBuildpackContext({ sourceDirectoryPath: 'job', ...properties }, 'x86_64', root);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.context;
}

afterEach(removeFolders);

it('is the source folder, less what its .dockerignore leaves out', () => {
  const { files, ...made } = context(folder(SOURCE));
  expect(files.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '.dockerignore file',
    'index.js executable',
    'package.json file',
  ]);
  expect(made).toEqual({
    architecture: 'x86_64',
    method: { tool: 'pack', builder: 'paketobuildpacks/builder-jammy-base', buildpacks: [], variables: [] },
    command: undefined,
    init: true,
    logins: undefined,
    pulls: ['paketobuildpacks/builder-jammy-base'],
    notes: [],
  });
});

it('has no secrets, environments, caches and not the config, unless its .dockerignore names them', () => {
  const files = {
    'job/app.py': '',
    'job/.env': '',
    'job/id_rsa': '',
    'job/env/pyvenv.cfg': '',
    'job/.tox/x': '',
    'job/jobs.yml': '',
  };
  const made = (ignore: string) => {
    const root = folder({ ...files, 'job/.dockerignore': ignore });
    const own = [join(root, 'job/jobs.yml')];
    const result = externalBuildpackContext({ sourceDirectoryPath: 'job' }, 'x86_64', root, own);
    if ('problems' in result) throw new Error(JSON.stringify(result.problems));
    return result.context;
  };
  expect(made('').files.map(({ path }) => path)).toEqual(['.dockerignore', 'app.py']);
  expect(made('').notes).toEqual([
    {
      property: ['sourceDirectoryPath'],
      message:
        '2 files that might hold secrets are not in the image: .env, id_rsa. To include one, add the line "!.env" to .dockerignore',
    },
  ]);
  expect(made('!.env\n!jobs.yml\n!.tox').files.map(({ path }) => path)).toEqual([
    '.dockerignore',
    '.env',
    '.tox/x',
    'app.py',
    'jobs.yml',
  ]);
});

it('has the same digest in two folders', () => {
  expect(contextDigest(context(folder(SOURCE)))).toBe(contextDigest(context(folder(SOURCE))));
});

it('takes a builder, buildpacks and a command', () => {
  const made = context(folder(SOURCE), { builder: 'heroku/builder:24', buildpacks: ['a', 'b'], command: ['run'] });
  expect(made).toMatchObject({ method: { builder: 'heroku/builder:24', buildpacks: ['a', 'b'] } });
});

it('runs a command by the launcher, word by word, and is another image for it', () => {
  const made = context(folder(SOURCE), { command: ['run', 'a b'] });
  expect(made).toMatchObject({ method: { entrypoint: '/cnb/lifecycle/launcher' }, command: ['--', 'run', 'a b'] });
  expect(contextDigest(made)).not.toBe(contextDigest(context(folder(SOURCE))));
  expect(contextDigest(made)).toBe(contextDigest(context(folder(SOURCE), { command: ['other'] })));
});

it('says which images it pulls, and with which credentials', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
  const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
  const made = context(folder(SOURCE), {
    builder: `${ecr}/builder:1`,
    buildpacks: [`docker://${ecr}/pack:1`, 'paketo-buildpacks/nodejs'],
    registryCredentials: [{ registry: 'ghcr.io', secretArn }],
  });
  expect(made.pulls).toEqual([`${ecr}/builder:1`, `${ecr}/pack:1`, 'paketo-buildpacks/nodejs']);
  expect(made.logins).toEqual([{ registry: 'ghcr.io', secretArn }]);
});

it('names a missing folder and a builder that makes no image for arm64', () => {
  expect(externalBuildpackContext({ sourceDirectoryPath: 'jobs' }, 'arm64', folder(SOURCE))).toEqual({
    problems: [
      {
        property: ['sourceDirectoryPath'],
        found: '"jobs": no such folder',
        accepted: 'the path of a folder',
        fix: "correct the path. It is relative to the config's folder",
      },
      {
        property: ['builder'],
        found: 'nothing, and the default paketobuildpacks/builder-jammy-base builds images for x86_64 only',
        accepted: 'a builder for arm64',
        fix: 'set a builder for arm64, such as heroku/builder:24, or use x86_64',
      },
    ],
  });
});

it('is made for arm64 by a builder that is named', () => {
  const properties = { sourceDirectoryPath: 'job', builder: 'heroku/builder:24' };
  expect('context' in externalBuildpackContext(properties, 'arm64', folder(SOURCE))).toBe(true);
});
