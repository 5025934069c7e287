import { iamRoleStatements } from '../../modules/config/iam-statement';
import { problemsWith, tokens } from '../stack-config/samples';

const STATEMENT = { Action: ['s3:GetObject'], Resource: ['*'] };
const withCondition = (Condition: unknown) => [{ ...STATEMENT, Condition }];

it.each([
  [[{ ...STATEMENT, Sid: 'One' }, { ...STATEMENT, Sid: 'Two' }, STATEMENT, STATEMENT]],
  [withCondition({ StringEquals: { 'aws:SourceAccount': '123456789012' }, Null: { 'aws:TokenIssueTime': 'true' } })],
  [withCondition({ 'ForAnyValue:StringLikeIfExists': { 's3:prefix': ['a/*', 'b/*'] } })],
  [withCondition({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })],
  [withCondition({ NumericLessThanEquals: { 's3:max-keys': 10, 'aws:MultiFactorAuthAge': '3600' } })],
  [withCondition({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-31T00:00:00Z', 'aws:EpochTime': 1700000000 } })],
  [withCondition({ BoolIfExists: { 'aws:SecureTransport': true } })],
  [withCondition({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::1'] } })],
  [withCondition({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:*' } })],
  [withCondition({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
  [
    withCondition({
      ArnEquals: { 'aws:SourceArn': "$ResourceParam('orders', 'arn')", 'aws:PrincipalArn': tokens().TEXT },
    }),
  ],
  [withCondition({ BinaryEquals: { 'service:key': 'QmluYXJ5VmFsdWU=' } })],
])('takes %j', (statements) => {
  expect(problemsWith(iamRoleStatements, statements)).toEqual([]);
});

it.each<[unknown, string, string]>([
  [withCondition({ StringEqual: { 'aws:x': 'a' } }), '[0].Condition.StringEqual', 'did you mean "StringEquals"?'],
  [withCondition({ stringequals: { 'aws:x': 'a' } }), '[0].Condition.stringequals', 'did you mean "StringEquals"?'],
  [
    withCondition({ 'ForAnyValue:StringLik': { 'aws:x': 'a' } }),
    '[0].Condition["ForAnyValue:StringLik"]',
    'did you mean "ForAnyValue:StringLike"?',
  ],
  [
    withCondition({ ForAnyValueStringLike: { 'aws:x': 'a' } }),
    '[0].Condition.ForAnyValueStringLike',
    'write ForAnyValue: with a colon',
  ],
  [withCondition({ Whatever: { 'aws:x': 'a' } }), '[0].Condition.Whatever', 'use one of these'],
  [withCondition({ constructor: { 'aws:x': 'a' } }), '[0].Condition.constructor', 'use one of these'],
  [
    withCondition({ NullIfExists: { 'aws:x': true } }),
    '[0].Condition.NullIfExists',
    'write Null alone: it asks whether the key is there',
  ],
  [
    withCondition({ StringEquals: 'a' }),
    '[0].Condition.StringEquals',
    'write an object of condition keys such as { "aws:SourceVpc": "vpc-1" }',
  ],
  [
    withCondition({ StringEquals: {} }),
    '[0].Condition.StringEquals',
    'write an object of condition keys such as { "aws:SourceVpc": "vpc-1" }',
  ],
  [
    withCondition({ StringEquals: { SourceVpc: 'a' } }),
    '[0].Condition.StringEquals.SourceVpc',
    'write the service, a colon and the name of the key',
  ],
  [
    withCondition({ StringEquals: { 'aws:x': [] } }),
    '[0].Condition.StringEquals["aws:x"]',
    'add a value, or remove the condition',
  ],
  [withCondition({ StringEquals: { 'aws:x': [null] } }), '[0].Condition.StringEquals["aws:x"][0]', 'write a string'],
  [withCondition({ Bool: { 'aws:x': 'yes' } }), '[0].Condition.Bool["aws:x"]', 'write true or false'],
  [withCondition({ NumericEquals: { 'aws:x': 'a' } }), '[0].Condition.NumericEquals["aws:x"]', 'write a number'],
  [
    withCondition({ DateEquals: { 'aws:x': '31.1.2026' } }),
    '[0].Condition.DateEquals["aws:x"]',
    'write a date such as 2026-01-31T00:00:00Z, or seconds since 1970',
  ],
  [
    withCondition({ IpAddress: { 'aws:x': '203.0.113.0/40' } }),
    '[0].Condition.IpAddress["aws:x"]',
    'write a range such as 203.0.113.0/24',
  ],
  [
    withCondition({ ArnLike: { 'aws:x': 'my-topic' } }),
    '[0].Condition.ArnLike["aws:x"]',
    'write an ARN, with * and ? for what may differ',
  ],
  [
    withCondition({ BinaryEquals: { 'aws:x': '%' } }),
    '[0].Condition.BinaryEquals["aws:x"]',
    'write a string in Base64',
  ],
  [
    [
      { ...STATEMENT, Sid: 'Read' },
      { ...STATEMENT, Sid: 'Read' },
    ],
    '[1].Sid',
    'rename one of them, or remove Sid',
  ],
  [[{ ...STATEMENT, Action: ['s3:Get_Object'] }], '[0].Action[0]', 'write <service>:<action>'],
  [
    [{ ...STATEMENT, Resource: ['arn:aws:s3:::reports/→'] }],
    '[0].Resource',
    'write ? instead of →: it matches any character',
  ],
])('refuses %j', (statements, path, fix) => {
  expect(problemsWith(iamRoleStatements, statements).map((problem) => [problem.path, problem.fix])).toEqual([
    [path, fix],
  ]);
});
