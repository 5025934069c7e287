import { z } from 'zod';
import { apkPackage, aptPackage, buildSecrets, registryCredentials } from '../../modules/config/build-needs';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub-AbCdEf';

function fixes(schema: z.ZodType, value: unknown): string[] {
  try {
    parse(z.object({ it: schema }), { it: value }, 'test');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, fix }) => `${path}: ${found}: ${fix}`);
  }
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

describe('credentials of a registry', () => {
  const of = (...registries: unknown[]) =>
    fixes(
      registryCredentials,
      registries.map((registry) => ({ registry, secretArn: SECRET })),
    );

  it.each(['ghcr.io', 'docker.io', 'registry.example.com:5000', 'localhost'])('for %s', (host) => {
    expect(of(host)).toEqual([]);
  });

  it.each([
    ['https://ghcr.io/v2/', 'write ghcr.io'],
    ['ghcr.io/owner', 'write ghcr.io'],
    ['-', 'write the host alone'],
    ['https://', 'write the host alone'],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      'remove the entry: builds can pull the private ECR images in the Dockerfile',
    ],
  ])('not for %s', (host, fix) => {
    expect(of(host)).toEqual([`it[0].registry: "${host}": ${fix}`]);
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
