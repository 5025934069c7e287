import { withKeyUse } from '../../modules/access/key-use';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const allow = (...Action: string[]) => [{ Sid: 'Own', Action, Resource: ['*'] }];
const added = (...actions: string[]) => withKeyUse(allow(...actions), KEY).slice(1);

describe('withKeyUse', () => {
  it('adds nothing without a key, or if no action needs it', () => {
    const statements = allow('s3:GetObject');
    expect(withKeyUse(statements, undefined)).toBe(statements);
    expect(added('batch:SubmitJob', 's3:ListBucket', 'logs:PutLogEvents', 'ecr:*')).toEqual([]);
    expect(withKeyUse([], KEY)).toEqual([]);
  });

  it('lets a role use the key only through the services that it calls', () => {
    expect(added('s3:GetObject', 'sqs:SendMessage')).toEqual([
      {
        Sid: 'UseStackKey',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: [KEY],
        Condition: { StringLike: { 'kms:ViaService': ['s3.*', 'sqs.*'] } },
      },
    ]);
  });

  it.each([
    ['s3:GetObject', ['kms:Decrypt']],
    ['s3:PutObject', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['sqs:ReceiveMessage', ['kms:Decrypt']],
    ['sns:Publish', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['kinesis:PutRecords', ['kms:GenerateDataKey']],
    ['kinesis:GetRecords', ['kms:Decrypt']],
    ['dynamodb:UpdateItem', ['kms:Decrypt']],
    ['S3:getobject', ['kms:Decrypt']],
    ['s3:Get*', ['kms:Decrypt']],
    ['s3:?etObject', ['kms:Decrypt']],
    ['*', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('gives for %s what it needs', (action, needed) => {
    expect(added(action)[0]?.Action).toEqual(needed);
  });

  it('takes no wildcard for more than it is', () => {
    expect(added('s3.GetObject*', 's3:List*', 's3:GetBucket?')).toEqual([]);
  });

  it('ignores what is denied, and keeps a Sid that is taken', () => {
    expect(withKeyUse([{ Effect: 'Deny', Action: ['s3:*'], Resource: ['*'] }], KEY)).toHaveLength(1);
    const [, use] = withKeyUse([{ Sid: 'UseStackKey', Action: ['s3:GetObject'], Resource: ['*'] }], KEY);
    expect(use).not.toHaveProperty('Sid');
  });
});
