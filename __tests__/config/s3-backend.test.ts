import { fixesFor } from '../stack-config/with-resources';
import { EVERY_OPTION } from './s3-options';

const S3 = { type: 's3', bucket: 'states' };
const fixes = (options: object) => fixesFor({}, { backend: { ...S3, ...options } });
const role = 'arn:aws:iam::123456789012:role/teams/states';

describe('the S3 backend', () => {
  it('takes every option', () => {
    expect(fixes(EVERY_OPTION)).toEqual([]);
    expect(fixes({ assumeRoleWithWebIdentity: { roleArn: role, webIdentityTokenFile: './token' } })).toEqual([]);
    expect(fixes({ forbiddenAccountIds: ['123456789012'] })).toEqual([]);
    expect(fixes({ useLockfile: false, dynamodbTable: 'locks' })).toEqual([]);
    expect(fixes({ kmsKeyId: '1234abcd-12ab-4cde-9f01-1234567890ab' })).toEqual([]);
  });

  it.each<[object, string]>([
    [{ key: '/state' }, 'key: write state'],
    [{ key: 'a//b/' }, 'key: write a/b'],
    [{ key: '' }, 'key: write a key'],
    [{ workspaceKeyPrefix: 'a/' }, 'workspaceKeyPrefix: write a'],
    [
      { kmsKeyId: 'states' },
      'kmsKeyId: write an ARN such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-4cde-9f01-1234567890ab',
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
