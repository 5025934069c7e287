import { readsOf } from '../../modules/access/object-reads';

const objects = (bucket: string) => [`arn:aws:s3:::${bucket}/*`];
const reads = ['s3:GetObject'];

it.each([
  [['s3:*'], reads],
  [['s3:Get*'], reads],
  [['s3:Get?bject'], reads],
  [['S3:getobject', 's3:PutObject'], reads],
  [['*'], ['s3:GetObject', 'kms:Decrypt']],
  [['kms:*'], ['kms:Decrypt']],
])('has of %j only the reads', (Action, expected) => {
  expect(readsOf([{ Action, Resource: objects('in') }])).toEqual([{ Action: expected, Resource: objects('in') }]);
});

it.each([
  ['s3:GetObjectVersion'],
  ['s3:GetObjectTagging'],
  ['s3:ListBucket'],
  ['kms:Encrypt'],
  ['s3-outposts:GetObject'],
])('has nothing of %s', (action) => {
  expect(readsOf([{ Action: [action], Resource: ['*'] }])).toEqual([]);
});

it('keeps what is denied and the conditions, and no name of a statement', () => {
  const Condition = { StringEquals: { 'aws:ResourceAccount': '111122223333' } };
  const statements = [
    { Sid: 'Read', Effect: 'Allow', Action: ['s3:*'], Resource: objects('in'), Condition } as const,
    { Sid: 'NoSecrets', Effect: 'Deny', Action: ['s3:*'], Resource: objects('in/secret') } as const,
  ];
  expect(readsOf(statements)).toEqual([
    { Effect: 'Allow', Action: reads, Resource: objects('in'), Condition },
    { Effect: 'Deny', Action: reads, Resource: objects('in/secret') },
  ]);
});
