import { type Packaging, packaging } from '../../modules/config/packaging';
import { configProblems, problemsWith, tokens } from '../stack-config/samples';

const WORDS = 'a list of words such as ["sh", "-c", "echo hello"]';
const IMAGE = "an image's name, such as registry/path:tag or registry/path@sha256:..., of up to 255 characters";
const TYPES =
  'prebuilt-image, custom-dockerfile, dockerfile, external-buildpack, stacktape-image-buildpack, buildpack, js-bundle';

function problemsOf(type: Packaging['type'], properties: object) {
  return problemsWith(packaging, { type, properties });
}

it.each([
  [{ properties: {} }, 'nothing', 'add it: it is required'],
  [{ type: 'prebuild-image', properties: {} }, '"prebuild-image"', 'did you mean "prebuilt-image"?'],
  [{ type: 'nixpacks', properties: {} }, '"nixpacks"', 'use one of these'],
])('refuses %j', (value, found, fix) => {
  expect(problemsWith(packaging, value)).toEqual([{ path: 'type', found, accepted: TYPES, fix }]);
});

it.each([
  ['custom-dockerfile', ['custom-dockerfile', 'dockerfile'], { buildContextPath: '.' }],
  ['stacktape-image-buildpack', ['stacktape-image-buildpack', 'buildpack', 'js-bundle'], { entryfilePath: 'a.ts' }],
])('%s is what the checked config has for %j', (type, names, properties) => {
  for (const name of names) expect(packaging.parse({ type: name, properties }).type).toBe(type);
  expect(packaging.parse(packaging.parse({ type: names.at(-1), properties })).type).toBe(type);
});

describe('a prebuilt image', () => {
  it.each([
    [{}, 'image', 'nothing', IMAGE, 'add it: it is required'],
    [{ image: '' }, 'image', '""', IMAGE, 'write a name such as public.ecr.aws/docker/library/busybox:1.37'],
    [{ image: 5 }, 'image', '5', IMAGE, 'write "5", in quotes'],
    [{ image: 'my image' }, 'image', '"my image"', IMAGE, 'write my-image'],
    [{ image: 'https://ghcr.io/a/b:1' }, 'image', '"https://ghcr.io/a/b:1"', IMAGE, 'write ghcr.io/a/b:1'],
    [{ image: 'a', command: 'sh' }, 'command', '"sh"', WORDS, `write ${WORDS}`],
    [{ image: 'a', command: [] }, 'command', '[]', 'at least 1 entry', 'add an entry'],
    [{ image: 'a', command: ['a', 1] }, 'command[1]', '1', 'a string', 'write "1", in quotes'],
    ...['', 'registry', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry'].map(
      (secret): [object, string, string, string, string] => [
        { image: 'a', repositoryCredentialsSecretArn: secret },
        'repositoryCredentialsSecretArn',
        JSON.stringify(secret),
        'the full ARN of a secret',
        'copy the full ARN, which ends in a hyphen and six random characters',
      ],
    ),
    [
      { image: 'a', entryPoint: [] },
      'entryPoint',
      'the unknown property "entryPoint"',
      'image, command, repositoryCredentialsSecretArn',
      'remove it',
    ],
  ])('refuses %j', (properties, path, found, accepted, fix) => {
    const problem = { path: `properties.${path}`, found, accepted, fix };
    expect(problemsOf('prebuilt-image', properties)).toEqual([problem]);
  });

  it('takes values that only Terraform knows, and words of any content', () => {
    const { TEXT } = tokens();
    const command = ['sh', '-c', '', '$HOME %{if} "quotes" \\ \n', TEXT];
    expect(problemsOf('prebuilt-image', { image: TEXT, command, repositoryCredentialsSecretArn: TEXT })).toEqual([]);
  });
});

describe.each([
  ['custom-dockerfile', 'buildContextPath'],
  ['external-buildpack', 'sourceDirectoryPath'],
  ['stacktape-image-buildpack', 'entryfilePath'],
] as const)('%s', (type, required) => {
  it('needs one path', () => {
    expect(problemsOf(type, { [required]: './job' })).toEqual([]);
    const path = `properties.${required}`;
    expect(problemsOf(type, {})).toEqual([
      { path, found: 'nothing', accepted: 'a path', fix: 'add it: it is required' },
    ]);
    expect(problemsOf(type, { [required]: ' ' })).toEqual([
      { path, found: '" "', accepted: 'a path', fix: 'write a path' },
    ]);
  });

  it('takes its path from no other type', () => {
    const [other] = ['buildContextPath', 'sourceDirectoryPath'].filter((name) => name !== required);
    expect(problemsOf(type, { [required]: './job', [`${other}`]: './x' })).toEqual([
      expect.objectContaining({
        path: `properties.${other}`,
        fix: expect.stringMatching(/^remove it: it belongs to type (custom-dockerfile|external-buildpack)$/),
      }),
    ]);
  });
});

describe('build secrets', () => {
  const forms = "$Secret('<name>') or $Secret('<name>.<key>'), or $Parameter('<name>')";

  it.each(['custom-dockerfile', 'stacktape-image-buildpack'] as const)('of %s', (type) => {
    const path = type === 'custom-dockerfile' ? { buildContextPath: '.' } : { entryfilePath: './job.ts' };
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:npm-AbCdEf';
    const good = {
      A: "$Secret('npm')",
      _b1: "$Secret('npm.token')",
      C: "$Parameter('/a/b')",
      D: `$Secret('${arn}:key')`,
    };
    expect(problemsOf(type, { ...path, buildSecrets: good })).toEqual([]);
    expect(
      problemsOf(type, { ...path, buildSecrets: { A: 'npm_123', 'B-C': "$Secret('a')", PATH: "$Secret('a')" } }),
    ).toEqual([
      {
        path: 'properties.buildSecrets.A',
        found: 'a value in plain text',
        accepted: forms,
        fix: "store it in AWS Secrets Manager, and write $Secret('<name>') here",
      },
      ...['B-C', 'PATH'].map((name) => ({
        path: expect.stringContaining(name),
        found: JSON.stringify(name),
        accepted: 'letters, digits and underscores, not starting with a digit, and not PATH',
        fix: 'use a name such as NPM_TOKEN',
      })),
    ]);
  });

  it('is allowed where no other secret of an image is', () => {
    const config = (properties: object) => ({
      stackName: 'reports',
      resources: {
        job: {
          type: 'batch-job',
          properties: {
            container: {
              packaging: { type: 'custom-dockerfile', properties: { buildContextPath: '.', ...properties } },
            },
            resources: { cpu: 1, memory: 1024 },
          },
        },
      },
    });
    const place = 'resources.job.properties.container.packaging.properties';
    expect(configProblems(config({ buildSecrets: { A: "$Secret('a.b')", B: "$Parameter('/b')" } }))).toEqual([]);
    expect(configProblems(config({ buildSecrets: { A: "$Secret('a.b.c')" } }))).toEqual([
      expect.objectContaining({ path: `${place}.buildSecrets.A`, fix: expect.stringContaining("$Secret('a.b:c')") }),
    ]);
    expect(configProblems(config({ buildArgs: [{ argName: 'A', value: "$Secret('a.b')" }] }))).toEqual([
      {
        path: `${place}.buildArgs[0].value`,
        found: `"$Secret('a.b')"`,
        accepted: expect.stringContaining('buildSecrets'),
        fix: `use buildSecrets: { NAME: "$Secret('a.b')" } instead of buildArgs, and RUN --mount=type=secret,id=NAME in the Dockerfile`,
      },
    ]);
  });
});

describe('credentials of registries', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
  const host = 'the host of a registry, such as ghcr.io or registry.example.com:5000';

  it.each(['custom-dockerfile', 'external-buildpack'] as const)('of %s', (type) => {
    const path = type === 'custom-dockerfile' ? { buildContextPath: '.' } : { sourceDirectoryPath: '.' };
    const registries = ['ghcr.io', 'docker.io', 'registry.example.com:5000', 'localhost'];
    const registryCredentials = registries.map((registry) => ({ registry, secretArn }));
    expect(problemsOf(type, { ...path, registryCredentials })).toEqual([]);
  });

  it.each([
    [{ registry: '', secretArn }, 'registry', '""', host, 'write the host alone'],
    [{ registry: 'https://ghcr.io/v2', secretArn }, 'registry', '"https://ghcr.io/v2"', host, 'write ghcr.io'],
    [{ registry: 'ghcr.io/team', secretArn }, 'registry', '"ghcr.io/team"', host, 'write ghcr.io'],
    [
      { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', secretArn },
      'registry',
      '"123456789012.dkr.ecr.eu-west-1.amazonaws.com"',
      'a registry other than Amazon ECR',
      'remove the entry: builds can pull the private ECR images in the Dockerfile',
    ],
    [
      { registry: 'ghcr.io', secretArn: 'ghcr' },
      'secretArn',
      '"ghcr"',
      'the full ARN of a secret',
      'copy the full ARN, which ends in a hyphen and six random characters',
    ],
  ])('refuses %j', (given, property, found, accepted, fix) => {
    const path = `properties.registryCredentials[0].${property}`;
    expect(problemsOf('custom-dockerfile', { buildContextPath: '.', registryCredentials: [given] })).toEqual([
      { path, found, accepted, fix },
    ]);
  });

  it('refuses two for one registry', () => {
    const one = { registry: 'ghcr.io', secretArn };
    expect(problemsOf('custom-dockerfile', { buildContextPath: '.', registryCredentials: [one, one] })).toEqual([
      {
        path: 'properties.registryCredentials[1].registry',
        found: '"ghcr.io"',
        accepted: 'each registry once',
        fix: 'remove one of them: a build logs in to each registry once',
      },
    ]);
  });
});

describe('packages of the distribution', () => {
  const apt = 'the name of a Debian package, such as ffmpeg or ffmpeg=7:5.1.6-0+deb12u1';
  const apk = 'the name of an Alpine package, such as ffmpeg, ffmpeg=6.1.2-r2 or ffmpeg~6.1';

  it.each([
    [
      'aptPackages',
      ['g++', 'libc6', 'ffmpeg=7:5.1.6-0+deb12u1', 'libssl-dev:arm64', 'r-base-core', 'postgresql-client=15*'],
    ],
    ['apkPackages', ['g++', 'R', 'py3-pip', 'ffmpeg=6.1.2-r2', 'nodejs~20', 'nodejs=~20.1', 'nodejs~=20.1', 'font_x']],
  ])('%s', (property, packages) => {
    expect(problemsOf('stacktape-image-buildpack', { entryfilePath: './job.ts', [property]: packages })).toEqual([]);
  });

  it.each([
    ...[
      '',
      ' ',
      'ffmpeg git',
      '--yes',
      '-y',
      'ffmpeg-',
      'FFmpeg',
      'ffmpeg=',
      'ffmpeg; rm -rf /',
      "a'b",
      'a\nb',
      './x.deb',
      'f',
    ].map((name) => ['aptPackages', name, apt] as const),
    ...['', 'ffmpeg git', '--no-cache', 'ffmpeg=', 'ffmpeg==6', '!ffmpeg', 'a&&b', 'a\nb', './x.apk'].map(
      (name) => ['apkPackages', name, apk] as const,
    ),
  ])('%s refuses %j', (property, name, accepted) => {
    const fix =
      'write one package in each entry, without options and spaces; commands go into customDockerBuildCommands';
    const path = `properties.${property}[0]`;
    const given = { entryfilePath: './job.ts', [property]: [name] };
    expect(problemsOf('stacktape-image-buildpack', given)).toEqual([
      { path, found: JSON.stringify(name), accepted, fix },
    ]);
  });
});

it.each([
  ['custom-dockerfile', { buildArgs: [{ argName: 'A' }] }, 'buildArgs[0].value'],
  ['custom-dockerfile', { buildArgs: [{ argName: '', value: '1' }] }, 'buildArgs[0].argName'],
  ['custom-dockerfile', { buildArgs: { A: '1' } }, 'buildArgs'],
  ['custom-dockerfile', { target: '' }, 'target'],
  ['custom-dockerfile', { platform: 'linux/386' }, 'platform'],
  ['external-buildpack', { buildpacks: 'a' }, 'buildpacks'],
  ['external-buildpack', { builder: '' }, 'builder'],
  ['stacktape-image-buildpack', { includeFiles: [1] }, 'includeFiles[0]'],
  ['stacktape-image-buildpack', { requiresGlibcBinaries: 'true' }, 'requiresGlibcBinaries'],
  ['stacktape-image-buildpack', { command: ['node'] }, 'command'],
  ['stacktape-image-buildpack', { languageSpecificConfig: { nodeVersion: 15 } }, 'languageSpecificConfig.nodeVersion'],
  [
    'stacktape-image-buildpack',
    { languageSpecificConfig: { pythonVersion: '3' } },
    'languageSpecificConfig.pythonVersion',
  ],
  ['stacktape-image-buildpack', { languageSpecificConfig: { javaVersion: 12 } }, 'languageSpecificConfig.javaVersion'],
  [
    'stacktape-image-buildpack',
    { languageSpecificConfig: { outputModuleFormat: 'umd' } },
    'languageSpecificConfig.outputModuleFormat',
  ],
  ['stacktape-image-buildpack', { languageSpecificConfig: { nodeversion: 20 } }, 'languageSpecificConfig.nodeversion'],
] as const)('%s refuses %j', (type, properties, path) => {
  const required = { buildContextPath: '.', sourceDirectoryPath: '.', entryfilePath: './job.ts' };
  const [needed] = problemsOf(type, {}).map(
    (problem) => problem.path.replace('properties.', '') as keyof typeof required,
  );
  const given = { ...properties, ...(needed && { [needed]: required[needed] }) };
  expect(problemsOf(type, given).map((problem) => problem.path)).toEqual([`properties.${path}`]);
});

describe.each([
  ['pythonVersion', 3.1, '3.1', "write '3.10' in quotes"],
  ['pythonVersion', '3', '"3"', 'use 3.12'],
  ['rubyVersion', 3.1, '3.1', 'use 3.3'],
  ['phpVersion', 7.4, '7.4', 'use 8.3'],
  ['dotnetVersion', 7, '7', 'use 8'],
])('%s %j', (name, value, found, fix) => {
  it('is refused with what there is', () => {
    const [problem] = problemsOf('stacktape-image-buildpack', {
      entryfilePath: './job',
      languageSpecificConfig: { [name]: value },
    });
    expect(problem).toMatchObject({ path: `properties.languageSpecificConfig.${name}`, found, fix });
    expect(problem?.accepted).toMatch(/^a version of .+: \d/);
  });
});

it.each([
  { pythonVersion: '3.10' },
  { pythonVersion: 3.14 },
  { rubyVersion: 4 },
  { rubyVersion: '4.0' },
  { dotnetVersion: 10 },
  { phpVersion: '8.5' },
])('takes %j', (languageSpecificConfig) => {
  expect(problemsOf('stacktape-image-buildpack', { entryfilePath: './job', languageSpecificConfig })).toEqual([]);
});
