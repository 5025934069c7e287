import { readFileSync } from 'node:fs';
import { mutations } from '../../scripts/mutate-permissions';
import { currentPermissions, PERMISSIONS_PAGE } from '../../scripts/permissions';

it('every policy is the one that docs/reference/permissions.md lists: each action, resource and condition', () => {
  expect(currentPermissions()).toBe(readFileSync(PERMISSIONS_PAGE, 'utf8'));
});

it('each connectable type is on the page, by the name of its statement', () => {
  const page = readFileSync(PERMISSIONS_PAGE, 'utf8');
  const [, role = ''] = /### aws_iam_role_policy\.job_JobRole_Policy policy\n([\s\S]*?)\n###/.exec(page) ?? [];
  for (const action of [
    'sqs:DeleteMessage',
    's3:GetObjectVersion',
    'sns:Publish',
    'kinesis:PutRecord',
    'dynamodb:PutItem',
    'events:PutEvents',
    'lambda:InvokeFunction',
    'states:StartExecution',
    'batch:SubmitJob',
    'cognito-idp:AdminGetUser',
    'ses:SendEmail',
    'es:ESHttpGet',
  ]) {
    expect(role).toContain(`\`${action}\``);
  }
});

it('a mutation takes an action away or widens it, and touches nothing else', () => {
  const text = "const A = [\n  'sqs:SendMessage',\n  'sqs:*',\n];\n// 's3:ObjectCreated:*' is an event\n";
  expect(mutations('a.ts', text)).toEqual([
    {
      file: 'a.ts',
      line: 2,
      title: 'sqs:SendMessage taken away',
      text: text.replace('sqs:SendMessage', 'sqs:TakenAway'),
    },
    { file: 'a.ts', line: 2, title: 'sqs:SendMessage widened', text: text.replace('sqs:SendMessage', 'sqs:*') },
    { file: 'a.ts', line: 3, title: 'sqs:* taken away', text: text.replace('sqs:*', 'sqs:TakenAway') },
    { file: 'a.ts', line: 3, title: 'sqs:* widened', text: text.replace("'sqs:*'", "'*'") },
  ]);
});
