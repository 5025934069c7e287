import { refusal } from '../../modules/config/refused-properties';

const S3 = { backend: { type: 's3' } };
const CREDENTIALS =
  'remove it, and set profile or assumeRole, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment';

it.each([
  ['accessKey', CREDENTIALS],
  ['secretKey', CREDENTIALS],
  ['token', 'remove it, and set AWS_SESSION_TOKEN in the environment'],
  ['sseCustomerKey', 'remove it, and set AWS_SSE_CUSTOMER_KEY in the environment, or set kmsKeyId'],
])('%s is a secret', (property, fix) => {
  expect(refusal(['backend', property], S3)).toEqual({
    code: 'plain-secret',
    accepted: 'no secret: the stack, its plans and the config file would contain it',
    fix,
  });
});

it('a token within a role is a secret', () => {
  const fix = 'write the token to a file, and set webIdentityTokenFile';
  expect(refusal(['backend', 'assumeRoleWithWebIdentity', 'webIdentityToken'], S3)).toMatchObject({
    code: 'plain-secret',
    fix,
  });
});

it.each([
  ['endpoint', 'endpoints.s3'],
  ['iamEndpoint', 'endpoints.iam'],
  ['stsEndpoint', 'endpoints.sts'],
  ['dynamodbEndpoint', 'endpoints.dynamodb'],
  ['sharedCredentialsFile', 'sharedCredentialsFiles'],
  ['forcePathStyle', 'usePathStyle'],
  ['roleArn', 'assumeRole.roleArn'],
  ['externalId', 'assumeRole.externalId'],
  ['sessionName', 'assumeRole.sessionName'],
  ['assumeRoleDurationSeconds', 'assumeRole.duration'],
  ['assumeRolePolicy', 'assumeRole.policy'],
  ['assumeRolePolicyArns', 'assumeRole.policyArns'],
  ['assumeRoleTags', 'assumeRole.tags'],
  ['assumeRoleTransitiveTagKeys', 'assumeRole.transitiveTagKeys'],
])('%s has a successor', (property, name) => {
  expect(refusal(['backend', property], S3)).toEqual({
    code: 'unknown-property',
    accepted: `${name}, its successor in Terraform`,
    fix: `write ${name}`,
  });
});

it('the spelling of Terraform is known too', () => {
  expect(refusal(['backend', 'secret_key'], S3)).toEqual(refusal(['backend', 'secretKey'], S3));
});

it.each<[PropertyKey[], unknown]>([
  [['backend', 'bucket'], S3],
  [['backend', 'token'], { backend: { type: 'cloud' } }],
  [['backend', 'token'], undefined],
  [['resources', 'token'], S3],
  [['token'], S3],
])('nothing is known of %j in %j', (path, root) => {
  expect(refusal(path, root)).toBeUndefined();
});

it.each(['scripts', 'hooks', 'variables', 'budgetControl', 'deploymentConfig', 'stackConfig', 'providerConfig'])(
  '%s of Stacktape is not part of this project, and only at the top',
  (property) => {
    expect(refusal([property], {})).toEqual({
      code: 'unknown-property',
      accepted: 'what batch jobs need: this is not part of this project',
      fix: expect.stringMatching(/^remove it, and (add|run|write|create|see) /),
    });
    expect(refusal(['resources', property], {})).toBeUndefined();
  },
);
