import { z } from 'zod';
import {
  apkPackage,
  aptPackage,
  buildSecrets,
  credentialsSecret,
  registryCredentials,
} from '../../modules/config/build-needs';
import { problemsWith } from '../stack-config/samples';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub-AbCdEf';

const problems = (schema: z.ZodType, value: unknown) => problemsWith(z.object({ it: schema }), { it: value });

function fixes(schema: z.ZodType, value: unknown): string[] {
  return problems(schema, value).map(({ path, found, fix }) => `${path}: ${found}: ${fix}`);
}

describe('packages', () => {
  it.each(['ffmpeg', 'g++', 'libc6:arm64', 'ffmpeg=7:5.1.6-0+deb12u1', 'a1'])('of Debian: %s', (name) => {
    expect(fixes(aptPackage, name)).toEqual([]);
  });

  it.each(['ffmpeg-', '-y', 'ffmpeg curl', 'FFmpeg', '', 'a; rm'])('not of Debian: "%s"', (name) => {
    expect(fixes(aptPackage, name)).toHaveLength(1);
  });

  it.each(['ffmpeg', 'ffmpeg=6.1.2-r2', 'ffmpeg~6.1', 'ffmpeg=~6', 'ffmpeg~=6', 'so.1'])('of Alpine: %s', (name) => {
    expect(fixes(apkPackage, name)).toEqual([]);
  });

  it.each(['--update', 'ffmpeg>6', 'a b', '', 'ffmpeg=='])('not of Alpine: "%s"', (name) => {
    expect(fixes(apkPackage, name)).toHaveLength(1);
  });
});

it.each([
  ['of Debian', aptPackage, 'the name of a Debian package, such as ffmpeg or ffmpeg=7:5.1.6-0+deb12u1'],
  ['of Alpine', apkPackage, 'the name of an Alpine package, such as ffmpeg, ffmpeg=6.1.2-r2 or ffmpeg~6.1'],
])('a problem with a package %s says what is one', (_, schema, accepted) => {
  expect(problems(schema, '-y')).toEqual([
    {
      path: 'it',
      found: '"-y"',
      accepted,
      fix: 'write one package in each entry, without options and spaces; commands go into customDockerBuildCommands',
    },
  ]);
});

describe('the secret of a registry', () => {
  it.each([SECRET, "$ResourceParam('database', 'secretArn')"])('can be %s', (value) => {
    expect(problems(credentialsSecret, value)).toEqual([]);
  });

  it('is a whole ARN', () => {
    expect(problems(credentialsSecret, SECRET.slice(0, -7))).toEqual([
      {
        path: 'it',
        found: `"${SECRET.slice(0, -7)}"`,
        accepted: 'the full ARN of a secret',
        fix: 'copy the full ARN, which ends in a hyphen and six random characters',
      },
    ]);
  });
});

describe('secrets of a build', () => {
  it.each(['NPM_TOKEN', '_a', 'PATHS', 'path'])('can have the name %s', (name) => {
    expect(fixes(buildSecrets, { [name]: "$Secret('token')" })).toEqual([]);
  });

  it.each(['PATH', '1A', 'NPM-TOKEN', 'a b'])('cannot have the name %s', (name) => {
    expect(fixes(buildSecrets, { [name]: "$Secret('token')" })).toEqual([
      expect.stringContaining('use a name such as NPM_TOKEN'),
    ]);
  });
});

describe('a problem with a secret of a build', () => {
  it('with its name says what a name is', () => {
    expect(problems(buildSecrets, { PATH: "$Secret('token')" })).toMatchObject([
      { accepted: 'letters, digits and underscores, not starting with a digit, and not PATH' },
    ]);
  });

  it('with its value says that it is a secret', () => {
    expect(problems(buildSecrets, { TOKEN: 'plain' })).toEqual([
      expect.objectContaining({ path: 'it.TOKEN', found: 'a value in plain text' }),
    ]);
  });
});

describe('credentials of a registry', () => {
  const of = (...registries: unknown[]) =>
    fixes(
      registryCredentials,
      registries.map((registry) => ({ registry, secretArn: SECRET })),
    );

  it.each(['ghcr.io', 'docker.io', 'registry.example.com:5000', 'localhost', 'GHCR.io'])('for %s', (host) => {
    expect(of(host)).toEqual([]);
  });

  it.each([
    ['https://ghcr.io/v2/', 'write ghcr.io'],
    ['ghcr.io/owner', 'write ghcr.io'],
    ['-', 'write the host alone'],
    ['xhttps://ghcr.io', 'write the host alone'],
    ['https://', 'write the host alone'],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      'remove the entry: builds can pull the private ECR images in the Dockerfile',
    ],
  ])('not for %s', (host, fix) => {
    expect(of(host)).toEqual([`it[0].registry: "${host}": ${fix}`]);
  });

  it('says what a host is', () => {
    const accepted = 'the host of a registry, such as ghcr.io or registry.example.com:5000';
    for (const registry of ['-', 5]) {
      expect(problems(registryCredentials, [{ registry, secretArn: SECRET }])).toMatchObject([{ accepted }]);
    }
    const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
    expect(problems(registryCredentials, [{ registry: ecr, secretArn: SECRET }])).toMatchObject([
      { accepted: 'a registry other than Amazon ECR' },
    ]);
    const twice = { registry: 'ghcr.io', secretArn: SECRET };
    expect(problems(registryCredentials, [twice, twice])).toMatchObject([{ accepted: 'each registry once' }]);
  });

  it('has the form of a host in the schema, for editors', () => {
    const { items } = z.toJSONSchema(registryCredentials, { unrepresentable: 'any' }) as {
      items?: { properties?: object };
    };
    expect(items?.properties).toMatchObject({ registry: { pattern: expect.stringContaining('[a-z0-9]') } });
  });

  it('once for each registry, also if something else is wrong', () => {
    expect(of('ghcr.io', 'docker.io', 'ghcr.io')).toEqual([
      'it[2].registry: "ghcr.io": remove one of them: a build logs in to each registry once',
    ]);
    expect(fixes(registryCredentials, [{ registry: 'a' }, { registry: 'a' }])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^it\[1\]\.registry: "a": remove one of them/)]),
    );
    expect(fixes(registryCredentials, [null, null])).not.toEqual(
      expect.arrayContaining([expect.stringContaining('remove one of them')]),
    );
  });
});
