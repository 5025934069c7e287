import { fixesFor } from '../stack-config/with-resources';

const S3 = { type: 's3', bucket: 'states' };
const fixes = (options: object) => fixesFor({}, { backend: { ...S3, ...options } });
const role = 'arn:aws:iam::123456789012:role/teams/states';

/** Every option, each with a value. */
export const EVERY_OPTION = {
  key: 'reports/state.tfstate',
  region: 'eu-west-1',
  encrypt: true,
  kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  useLockfile: true,
  dynamodbTable: 'locks',
  acl: 'bucket-owner-full-control',
  workspaceKeyPrefix: 'stages',
  assumeRole: {
    roleArn: role,
    duration: '1h30m',
    policy: '{"Version":"2012-10-17","Statement":[]}',
    policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    sessionName: 'deploys',
    externalId: 'ab',
    sourceIdentity: 'ci',
    tags: { costCenter: 'x' },
    transitiveTagKeys: ['costCenter'],
  },
  profile: 'deploys',
  sharedConfigFiles: ['./config'],
  sharedCredentialsFiles: ['./credentials'],
  allowedAccountIds: ['123456789012'],
  endpoints: {
    s3: 'https://s3.example.com',
    dynamodb: 'https://dynamodb.example.com',
    iam: 'https://iam.example.com',
    sso: 'https://sso.example.com',
    sts: 'https://sts.example.com',
  },
  stsRegion: 'eu-west-1',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  usePathStyle: true,
  maxRetries: 3,
  retryMode: 'adaptive',
  customCaBundle: './ca.pem',
  httpProxy: 'http://proxy.example.com:3128',
  httpsProxy: 'http://proxy.example.com:3128',
  noProxy: 'localhost,169.254.169.254',
  insecure: false,
  ec2MetadataServiceEndpoint: 'http://localhost:1338',
  ec2MetadataServiceEndpointMode: 'IPv4',
  skipCredentialsValidation: true,
  skipRequestingAccountId: true,
  skipMetadataApiCheck: true,
  skipRegionValidation: true,
  skipS3Checksum: true,
} as const;

describe('the S3 backend', () => {
  it('takes every option', () => {
    expect(fixes(EVERY_OPTION)).toEqual([]);
    expect(fixes({ assumeRoleWithWebIdentity: { roleArn: role, webIdentityTokenFile: './token' } })).toEqual([]);
    expect(fixes({ forbiddenAccountIds: ['123456789012'] })).toEqual([]);
    expect(fixes({ useLockfile: false, dynamodbTable: 'locks' })).toEqual([]);
    expect(fixes({ kmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })).toEqual([]);
  });

  it.each<[object, string]>([
    [{ key: '/state' }, 'key: write state'],
    [{ key: 'a//b/' }, 'key: write a/b'],
    [{ key: '' }, 'key: write a key'],
    [{ workspaceKeyPrefix: 'a/' }, 'workspaceKeyPrefix: write a'],
    [
      { kmsKeyId: 'alias/states' },
      'kmsKeyId: write an ARN such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ],
    [{ acl: 'privat' }, 'acl: did you mean "private"?'],
    [{ retryMode: 'legacy' }, 'retryMode: use one of these'],
    [{ encrypt: 'yes' }, 'encrypt: write true without quotes'],
    [{ endpoints: { s3: 's3.example.com' } }, 'endpoints.s3: write a URL such as https://s3.example.com'],
    [{ endpoints: { ec2: 'https://ec2.example.com' } }, 'endpoints.ec2: remove it'],
    [
      { allowedAccountIds: ['123456789012'], forbiddenAccountIds: ['123456789012'] },
      'forbiddenAccountIds: remove forbiddenAccountIds',
    ],
    [{ allowedAccountIds: ['1234-5678-9012'] }, 'allowedAccountIds[0]: write "123456789012"'],
    [{ useLockfile: false }, 'useLockfile: remove useLockfile, or name a dynamodbTable'],
    [{ assumeRole: {} }, 'assumeRole.roleArn: add it: it is required'],
    [
      { assumeRole: { roleArn: 'states' } },
      'assumeRole.roleArn: write an ARN such as arn:aws:iam::123456789012:role/deploys',
    ],
    ...['90', '14m59s', '12h1s', '1d', 'h'].map(
      (duration) =>
        [{ assumeRole: { roleArn: role, duration } }, 'assumeRole.duration: write a duration such as 1h or 1h30m'] as [
          object,
          string,
        ],
    ),
    [
      { assumeRole: { roleArn: role, policyArns: ['states'] } },
      'assumeRole.policyArns[0]: write an ARN such as arn:aws:iam::123456789012:policy/states',
    ],
    [
      { assumeRole: { roleArn: role, sessionName: 'a b' } },
      'assumeRole.sessionName: shorten it, or remove other characters',
    ],
    [
      { assumeRole: { roleArn: role, externalId: 'a' } },
      'assumeRole.externalId: write the external id of the trust policy',
    ],
    [
      { assumeRoleWithWebIdentity: { roleArn: role } },
      'assumeRoleWithWebIdentity.webIdentityTokenFile: add it: it is required',
    ],
  ])('refuses %j', (options, fix) => {
    expect(fixes(options)).toEqual([`backend.${fix}`]);
  });

  it.each([
    [{ accessKey: 'AKIAEXAMPLE' }, 'accessKey: remove it, and set profile or assumeRole, or AWS_ACCESS_KEY_ID'],
    [{ secret_key: 'x' }, 'secret_key: remove it, and set profile or assumeRole, or AWS_ACCESS_KEY_ID'],
    [{ token: 'x' }, 'token: remove it, and set AWS_SESSION_TOKEN in the environment'],
    [{ sseCustomerKey: 'x' }, 'sseCustomerKey: remove it, and set AWS_SSE_CUSTOMER_KEY in the environment'],
    [
      { assumeRoleWithWebIdentity: { roleArn: role, webIdentityTokenFile: 'a', webIdentityToken: 'x' } },
      'assumeRoleWithWebIdentity.webIdentityToken: write the token to a file, and set webIdentityTokenFile',
    ],
    [{ endpoint: 'https://s3.example.com' }, 'endpoint: write endpoints.s3'],
    [{ force_path_style: true }, 'force_path_style: write usePathStyle'],
    [{ roleArn: role }, 'roleArn: write assumeRole.roleArn'],
    [{ sharedCredentialsFile: 'x' }, 'sharedCredentialsFile: write sharedCredentialsFiles'],
  ])('refuses secrets, and what Terraform has replaced: %j', (options, fix) => {
    expect(fixes(options)).toEqual([expect.stringContaining(`backend.${fix}`)]);
  });
});
