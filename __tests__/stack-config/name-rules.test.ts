import { configProblems, tokens } from './samples';
import { jobOf } from './with-resources';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab';
const BOUNDARY = 'arn:aws:iam::123456789012:policy/teams/boundary';

/** What is wrong, each as `<path>: <fix>`. */
const fixes = (config: object): string[] =>
  configProblems({ stackName: 'reports', region: 'eu-west-1', resources: {}, ...config }).map(
    ({ path, fix }) => `${path}: ${fix}`,
  );

describe('what an account requires', () => {
  it.each([
    { iam: {} },
    { iam: { permissionsBoundaryArn: BOUNDARY, path: '/' } },
    { iam: { permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess', path: '/a/b.c+d=e,f@g-h_i/' } },
    { iam: { permissionsBoundaryArn: 'arn:aws-cn:iam::123456789012:policy/b' }, region: 'cn-north-1' },
    { iam: { permissionsBoundaryArn: 'arn:aws-us-gov:iam::123456789012:policy/b' }, region: 'us-gov-west-1' },
    { encryption: {} },
    { encryption: { kmsKeyArn: KEY } },
    { encryption: { kmsKeyArn: KEY.replace('123456789012', '999999999999') }, allowedAccountIds: ['123456789012'] },
    { encryption: { kmsKeyArn: 'arn:aws-cn:kms:cn-north-1:123456789012:key/k' }, region: 'cn-north-1' },
    { allowedAccountIds: ['123456789012', '000000000001'] },
    { namePrefix: 'acme-' },
    { namePrefix: 'a' },
  ])('takes %j', (config) => {
    expect(fixes(config)).toEqual([]);
  });

  it('takes what only Terraform knows', () => {
    const { TEXT } = tokens();
    const config = {
      iam: { permissionsBoundaryArn: TEXT, path: TEXT },
      encryption: { kmsKeyArn: TEXT },
      allowedAccountIds: [TEXT],
    };
    expect(fixes(config)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ iam: { permissionsBoundaryArn: 'boundary' } }, 'iam.permissionsBoundaryArn: write an ARN such as'],
    [
      { iam: { permissionsBoundaryArn: 'arn:aws:iam::123456789012:role/boundary' } },
      'iam.permissionsBoundaryArn: write an ARN with policy/ before the name, and not role/, as in',
    ],
    [{ iam: { path: 'teams/reports' } }, 'iam.path: write /teams/reports/'],
    [{ iam: { path: '//teams' } }, 'iam.path: write /teams/'],
    [{ iam: { path: '' } }, 'iam.path: write /'],
    [{ iam: { path: '/our team/' } }, 'iam.path: use letters, digits and'],
    [{ iam: { path: '/aws-service-role/x/' } }, 'iam.path: use another path: AWS reserves this one'],
    [{ iam: { path: `/${'x'.repeat(511)}/` } }, 'iam.path: shorten the path'],
    [{ iam: { boundary: BOUNDARY } }, 'iam.boundary: '],
    [{ encryption: { kmsKeyArn: 'alias/reports' } }, "encryption.kmsKeyArn: write the key's ARN: IAM policies and"],
    [
      { encryption: { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/reports' } },
      "encryption.kmsKeyArn: write the key's ARN: IAM policies and",
    ],
    [{ encryption: { kmsKeyArn: '1234abcd-12ab' } }, 'encryption.kmsKeyArn: write an ARN such as'],
    [
      { encryption: { kmsKeyArn: KEY.replace('eu-west-1', 'us-east-1') } },
      'encryption.kmsKeyArn: use a resource in eu-west-1, or set region to us-east-1',
    ],
    [
      { encryption: { kmsKeyArn: KEY.replace('arn:aws:', 'arn:aws-cn:') } },
      'encryption.kmsKeyArn: write arn:aws: for a resource in eu-west-1',
    ],
    [
      { iam: { permissionsBoundaryArn: BOUNDARY.replace('arn:aws:', 'arn:aws-cn:') } },
      'iam.permissionsBoundaryArn: use a resource of the partition aws',
    ],
    [{ allowedAccountIds: [] }, 'allowedAccountIds: add an entry'],
    [{ allowedAccountIds: '123456789012' }, 'allowedAccountIds: write ["123456789012"]'],
    [{ allowedAccountIds: [123456789012] }, 'allowedAccountIds[0]: '],
    [{ allowedAccountIds: ['12345'] }, 'allowedAccountIds[0]: write all 12 digits in quotes'],
    [{ allowedAccountIds: ['123456789012', '123456789012'] }, 'allowedAccountIds[1]: remove it'],
    [
      { allowedAccountIds: ['999999999999'], iam: { permissionsBoundaryArn: BOUNDARY } },
      'iam.permissionsBoundaryArn: use a resource of the stack\'s account, or add "123456789012" to allowedAccountIds',
    ],
    [{ namePrefix: '' }, 'namePrefix: use a prefix such as acme-'],
    [{ namePrefix: '-acme' }, 'namePrefix: use a prefix such as acme-'],
    [{ namePrefix: 'acme_' }, 'namePrefix: use a prefix such as acme-'],
    [{ namePrefix: `a${'b'.repeat(121)}`, stackName: 'reports' }, 'namePrefix: shorten namePrefix or stackName'],
    [{ namePrefix: 'sthree-' }, 'namePrefix: use another prefix: AWS reserves this start of bucket names'],
    [{ namePrefix: 'amzn-s3-', stackName: 'demo-x' }, 'namePrefix: use another prefix: AWS reserves this start'],
  ])('refuses %j', (config, fix) => {
    expect(fixes(config)).toEqual([expect.stringContaining(fix)]);
  });

  it("compares the accounts of ARNs that must be in the stack's account", () => {
    const inbox = { type: 'sqs-queue', existing: { arn: 'arn:aws:sqs:eu-west-1:999999999999:inbox' } };
    expect(fixes({ iam: { permissionsBoundaryArn: BOUNDARY }, resources: { inbox } })).toEqual([
      'resources.inbox.existing.arn: use resources of the account that the stack is deployed to',
    ]);
    expect(fixes({ allowedAccountIds: ['123456789012'], resources: { inbox } })).toEqual([
      expect.stringContaining('add "999999999999" to allowedAccountIds'),
    ]);
  });

  it('accepts a resource of another account where AWS does', () => {
    const reader = jobOf('sqs', { sqsQueueArn: 'arn:aws:sqs:eu-west-1:999999999999:inbox' });
    expect(fixes({ allowedAccountIds: ['123456789012'], resources: { reader } })).toEqual([]);
  });
});
