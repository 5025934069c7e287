// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Fn, Token } from 'cdktf';
import { prebuiltImage } from '../../modules/container/prebuilt-image';
import { foreignStack } from '../synthesis';

const image = (name: string, properties: object = {}, partition = 'aws') =>
  prebuiltImage({ type: 'prebuilt-image', properties: { image: name, ...properties } }, partition);

const pullFrom = (resource: string) => [
  { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
  {
    Sid: 'PullImage',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: [resource],
  },
];

describe('prebuiltImage', () => {
  it.each(['busybox', 'public.ecr.aws/docker/library/busybox:1.37', 'ghcr.io/me/job@sha256:abc', 'localhost:5000/a'])(
    'needs no permission for %s',
    (name) => {
      expect(image(name)).toMatchObject({ image: name, pullStatements: [] });
    },
  );

  it.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1', 'arn:aws:ecr:eu-west-1:123456789012:repository/job'],
    [
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/job@sha256:abc',
      'arn:aws:ecr:us-east-1:123456789012:repository/team/job',
    ],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/job', 'arn:aws:ecr:us-east-1:123456789012:repository/job'],
  ])('may pull %s from its repository alone', (name, repository) => {
    expect(image(name).pullStatements).toEqual(pullFrom(repository));
  });

  it('knows the registries in China', () => {
    expect(image('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/job:1', {}, 'aws-cn').pullStatements).toEqual(
      pullFrom('arn:aws-cn:ecr:cn-north-1:123456789012:repository/job'),
    );
  });

  it('may pull from any repository if only Terraform knows which one it is', () => {
    const { repositoryUrl } = new EcrRepository(foreignStack(), 'repository', { name: 'job' });
    expect(image(`${repositoryUrl}:1`).pullStatements).toEqual(pullFrom('arn:aws:ecr:*:*:repository/*'));
  });

  it.each([
    ['ghcr.io/me/job@sha256:abc', true],
    ['ghcr.io/me/job:1@sha512:abc', true],
    ['busybox:1.37', undefined],
    ['busybox', undefined],
    [Token.asString(Fn.upper('a')), undefined],
  ])('is fixed only by a digest: %s', (name, isFixed) => {
    expect(image(name).isFixed).toBe(isFixed);
  });

  it('may read the secret of a private registry', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf';
    expect(image('registry.example.com/job:1', { repositoryCredentialsSecretArn: secret })).toEqual({
      image: 'registry.example.com/job:1',
      repositoryCredentialsSecretArn: secret,
      pullStatements: [{ Sid: 'RegistryCredentials', Action: ['secretsmanager:GetSecretValue'], Resource: [secret] }],
    });
  });

  it('takes a command', () => {
    expect(image('busybox', { command: ['true'] })).toMatchObject({ command: ['true'] });
  });
});
