import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformVariable } from 'cdktf';
import { contextDigest } from '../../modules/container/build-context';
import { customDockerfileContext } from '../../modules/container/custom-dockerfile';
import { tar } from '../../modules/container/tar';
import { foreignStack } from '../synthesis';
import { folder, removeFolders } from './folder';

type Properties = Parameters<typeof customDockerfileContext>[0];

const BASE = { 'job/Dockerfile': 'FROM scratch\nCOPY . .\n', 'job/main.sh*': 'true', 'job/data/one.csv': '1' };

function context(root: string, properties: Partial<Properties> = {}) {
  const result = customDockerfileContext({ buildContextPath: 'job', ...properties }, 'x86_64', root);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.context;
}

function problems(root: string, properties: Partial<Properties>) {
  const result = customDockerfileContext({ buildContextPath: 'job', ...properties }, 'x86_64', root);
  return 'problems' in result ? result.problems : [];
}

const listed = (root: string, properties: Partial<Properties> = {}) =>
  context(root, properties).files.map(({ path, kind }) => (kind === 'file' ? path : `${path} ${kind}`));

afterEach(removeFolders);

describe('the context', () => {
  it('is every file of the folder, with its mode, and links as links', () => {
    expect(listed(folder({ ...BASE, 'job/latest': '-> data/one.csv' }))).toEqual([
      'Dockerfile',
      'data/one.csv',
      'latest link',
      'main.sh executable',
    ]);
  });

  it('has the same digest and bytes in two folders', () => {
    const [one, other] = [context(folder(BASE)), context(folder(BASE))];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(Buffer.concat([...tar(one.files)]).equals(Buffer.concat([...tar(other.files)]))).toBe(true);
  });

  it('takes command, arguments and another Dockerfile, and leaves the first process to the image', () => {
    const made = context(folder({ ...BASE, 'job/docker/Nightly': 'FROM scratch' }), {
      dockerfilePath: './docker/Nightly',
      buildArgs: [{ argName: 'VERSION', value: '1 2' }],
      command: ['sh'],
    });
    expect(made).toMatchObject({
      architecture: 'x86_64',
      method: { tool: 'docker', dockerfile: 'docker/Nightly', buildArgs: [['VERSION', '1 2']] },
      command: ['sh'],
      init: false,
    });
  });

  it.each<[string, string, string[]]>([
    ['comments and blank lines', '# data\n\n', ['.dockerignore', 'Dockerfile', 'data/one.csv', 'main.sh executable']],
    ['a folder', 'data', ['.dockerignore', 'Dockerfile', 'main.sh executable']],
    ['a name at any depth', '**/*.csv', ['.dockerignore', 'Dockerfile', 'main.sh executable']],
    ['a name at the top only', '*.csv', ['.dockerignore', 'Dockerfile', 'data/one.csv', 'main.sh executable']],
    ['all but', '*\n!data/one.csv', ['.dockerignore', 'Dockerfile', 'data/one.csv']],
    ['Windows line ends', 'data\r\nmain.sh\r\n', ['.dockerignore', 'Dockerfile']],
    [
      'not the Dockerfile',
      'Dockerfile\n.dockerignore',
      ['.dockerignore', 'Dockerfile', 'data/one.csv', 'main.sh executable'],
    ],
  ])('honours .dockerignore: %s', (_, ignore, expected) => {
    expect(listed(folder({ ...BASE, 'job/.dockerignore': ignore }))).toEqual(expected);
  });

  it('prefers the ignore file of the Dockerfile', () => {
    const root = folder({ ...BASE, 'job/.dockerignore': '', 'job/Dockerfile.dockerignore': 'data\n.dockerignore' });
    expect(listed(root)).toEqual(['Dockerfile', 'Dockerfile.dockerignore', 'main.sh executable']);
  });

  it('never has what changes with each deployment or holds secrets, at any depth', () => {
    const never = {
      'job/cdktf.out/stacks/a/assets/context.tar.gz': 'the last one',
      'job/.git/HEAD': 'x',
      'job/.batch-jobs/shop/runs/20261126-150632811-20ee7c/log.tsv': 'x',
      'job/sub/.terraform/x': 'x',
      'job/sub/terraform.a.tfstate': '{}',
      'job/terraform.a.tfstate.backup': '{}',
    };
    expect(listed(folder({ ...BASE, ...never }))).toEqual(listed(folder(BASE)));
  });
});

it('takes a target and the platform of its architecture, and names both if they are wrong', () => {
  const root = folder({ ...BASE, 'job/Dockerfile': 'FROM scratch AS base\nFROM base AS job\n' });
  const [one, other] = [{ target: 'job', platform: 'linux/amd64' as const }, { target: 'base' }].map((more) =>
    context(root, more),
  );
  expect(one?.method).toEqual({ tool: 'docker', dockerfile: 'Dockerfile', target: 'job', buildArgs: [] });
  expect(one && contextDigest(one)).not.toBe(other && contextDigest(other));
  const wrong = { target: 'tests', platform: 'linux/arm64' as const };
  expect(problems(root, wrong).map(({ property }) => property.join('.'))).toEqual(['platform', 'target']);
});

describe("the config's file", () => {
  const config = (root: string) => [join(root, 'job/jobs.yml')];
  const sent = (files: { readonly [path: string]: string }) => {
    const root = folder({ ...BASE, 'job/jobs.yml': '', ...files });
    const result = customDockerfileContext({ buildContextPath: 'job' }, 'x86_64', root, config(root));
    return 'context' in result && result.context.files.some(({ path }) => path === 'jobs.yml');
  };

  it.each<[string, boolean, { readonly [path: string]: string }]>([
    ['stays out', false, {}],
    ['is sent if the Dockerfile names it', true, { 'job/Dockerfile': 'FROM scratch\nCOPY jobs.yml ./\n' }],
    ['is sent if an exception names it', true, { 'job/.dockerignore': '*\n!jobs.yml\n' }],
    ['stays out if an exception only catches it', false, { 'job/.dockerignore': '*\n!*.yml\n' }],
  ])('%s', (_, isSent, files) => {
    expect(sent(files)).toBe(isSent);
  });
});

describe('a note', () => {
  const notes = (files: { readonly [path: string]: string }) =>
    context(folder({ ...BASE, 'job/Dockerfile': 'FROM scratch\nCMD ["/a"]', ...files })).notes;

  it('names the secrets that are sent', () => {
    expect(notes({ 'job/.env': '', 'job/keys/id_rsa': '' })).toEqual([
      {
        property: ['buildContextPath'],
        message:
          'the build context includes 2 files that might hold secrets: .env, keys/id_rsa. ' +
          'Add what the image does not need to .dockerignore, or "!" and its path if it does',
      },
    ]);
  });

  it('names the links that lead out of the context', () => {
    expect(notes({ 'job/shared': '-> ../shared', 'job/app': '-> /opt/app' })?.map(({ message }) => message)).toEqual([
      'the build context includes links to files outside it: shared. In the image they are broken, unless the file exists there',
    ]);
  });

  it.each<[string, { readonly [path: string]: string }]>([
    ['there is nothing to tell', {}],
    ['.dockerignore leaves them out', { 'job/.env': '', 'job/.dockerignore': '.env' }],
    ['.dockerignore says that they are meant', { 'job/.env': '', 'job/.dockerignore': '!.env' }],
  ])('is not made if %s', (_, files) => {
    expect(notes(files)).toEqual([]);
  });
});

describe('what a build needs', () => {
  const NAMED = { TOKEN: "$Secret('npm.token')", ANOTHER: "$Parameter('/a')" };

  it('is secrets by name and reference, which count for the digest, in any order', () => {
    const made = context(folder(BASE), { buildSecrets: NAMED });
    expect(made.secrets).toEqual([
      { name: 'ANOTHER', reference: "$Parameter('/a')" },
      { name: 'TOKEN', reference: "$Secret('npm.token')" },
    ]);
    const digest = (buildSecrets?: Properties['buildSecrets']) =>
      contextDigest(context(folder(BASE), { buildSecrets }));
    expect(digest({ ANOTHER: NAMED.ANOTHER, TOKEN: NAMED.TOKEN })).toBe(contextDigest(made));
    expect(digest({ ...NAMED, TOKEN: "$Secret('npm.other')" })).not.toBe(contextDigest(made));
    expect(digest({})).toBe(digest());
  });

  it('is the images that its Dockerfile names, and logins, which change nothing in the image', () => {
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1';
    const root = folder({ ...BASE, 'job/Dockerfile': 'ARG BASE\nFROM $BASE\n' });
    const buildArgs = [{ argName: 'BASE', value: image }];
    const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
    const registryCredentials = [{ registry: 'ghcr.io', secretArn }];
    const made = context(root, { buildArgs, registryCredentials });
    expect(made).toMatchObject({ pulls: [image], logins: registryCredentials });
    expect(contextDigest(made)).toBe(contextDigest(context(root, { buildArgs })));
  });
});

describe('a problem', () => {
  const fix = "correct the path. It is relative to the config's folder";
  const accepted = 'the path of a folder';

  it.each<[string, Partial<Properties>, object]>([
    [
      'a missing folder',
      { buildContextPath: 'jobs' },
      { property: ['buildContextPath'], found: '"jobs": no such folder', accepted, fix },
    ],
    [
      'a file as folder',
      { buildContextPath: 'job/main.sh' },
      { property: ['buildContextPath'], found: '"job/main.sh": a file', accepted, fix },
    ],
    [
      'a missing Dockerfile',
      { buildContextPath: 'job/data' },
      {
        property: ['dockerfilePath'],
        found: '"Dockerfile": no such file',
        accepted: 'the path of a file',
        fix: 'correct the path: it is relative to "job/data"',
      },
    ],
    [
      'a folder as Dockerfile',
      { dockerfilePath: 'data' },
      {
        property: ['dockerfilePath'],
        found: '"data": a folder',
        accepted: 'the path of a file',
        fix: 'correct the path: it is relative to "job"',
      },
    ],
    [
      'a Dockerfile outside of the context',
      { buildContextPath: 'job/data', dockerfilePath: '../Dockerfile' },
      {
        property: ['dockerfilePath'],
        found: '"../Dockerfile", which is outside "job/data"',
        accepted: 'a path inside the context, relative to it',
        fix: 'move the Dockerfile into the context, or set buildContextPath to a folder that contains it',
      },
    ],
    [
      'an argument that is no name',
      { buildArgs: [{ argName: 'A B', value: '' }] },
      {
        property: ['buildArgs', 0, 'argName'],
        found: '"A B"',
        accepted: 'letters, digits and underscores, no digit first',
        acceptedAs: 'content',
        fix: 'use the name in the ARG instruction of the Dockerfile',
      },
    ],
    [
      'a directive as an argument',
      { buildArgs: [{ argName: 'A', value: "$ResourceParam('bucket', 'name')" }] },
      {
        property: ['buildArgs', 0, 'value'],
        found: `"$ResourceParam('bucket', 'name')"`,
        accepted: "a string, because it is part of the image's digest",
        fix: 'write the value, or set it in container.environment instead',
      },
    ],
    [
      'a secret as an argument',
      { buildArgs: [{ argName: 'A', value: "$Secret('npm.token')" }] },
      {
        property: ['buildArgs', 0, 'value'],
        found: `"$Secret('npm.token')"`,
        accepted: "a string, because it is part of the image's digest",
        fix: `use buildSecrets: { NAME: "$Secret('npm.token')" } instead of buildArgs, and RUN --mount=type=secret,id=NAME in the Dockerfile`,
      },
    ],
  ])('is %s', (_, properties, problem) => {
    expect(problems(folder(BASE), properties)).toEqual([problem]);
  });

  it('is a build secret that only Terraform knows', () => {
    const arn = new TerraformVariable(foreignStack(), 'v', {}).stringValue;
    expect(problems(folder(BASE), { buildSecrets: { TOKEN: `$Secret('${arn}')` } })).toEqual([
      {
        property: ['buildSecrets', 'TOKEN'],
        found: 'a secret that only Terraform knows',
        accepted: "the name or the whole ARN of a secret or parameter: it is part of the image's digest",
        fix: "write the name: $Secret('<name>.<key>') or $Parameter('<name>')",
      },
    ]);
  });

  it('is an argument that only Terraform knows', () => {
    const value = new TerraformVariable(foreignStack(), 'v', {}).stringValue;
    const [problem] = problems(folder(BASE), { buildArgs: [{ argName: 'A', value }] });
    expect(String(problem?.found)).toBe('a value that only Terraform knows');
  });

  it('is named together with all others', () => {
    const given = { buildContextPath: 'x', buildArgs: [{ argName: '1', value: '$Secret(a)' }] };
    expect(problems(folder(BASE), given).map(({ property }) => property.join('.'))).toEqual([
      'buildContextPath',
      'buildArgs.0.argName',
      'buildArgs.0.value',
    ]);
  });

  it('is a folder of more than 1 GiB, which is not read', () => {
    const root = folder(BASE);
    mkdirSync(join(root, 'job/big'));
    writeFileSync(join(root, 'job/big/file'), '');
    // Sparse: it takes no place on the disk.
    truncateSync(join(root, 'job/big/file'), 1024 ** 3 + 1);
    expect(problems(root, {})).toEqual([
      {
        property: ['buildContextPath'],
        found: '"job", with more than 1 GiB of files',
        accepted: 'a folder with at most 1 GiB of files, not counting those that .dockerignore excludes',
        fix: 'set a smaller folder, or exclude files with a .dockerignore in it',
      },
    ]);
  });
});
