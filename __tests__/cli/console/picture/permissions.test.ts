import { ArnText } from '../../../../cli/console/picture/arn-text';
import { Names } from '../../../../cli/console/picture/names';
import { PermissionTexts } from '../../../../cli/console/picture/permissions';
import { Readable } from '../../../../cli/console/picture/readable';
import { type Block, StackResources } from '../../../../cli/console/picture/stack-resources';
import { type PolicyStatement, StatementText } from '../../../../cli/console/picture/statement-text';

const at = (path: string, block: Block): Block => ({ ...block, '//': { metadata: { path: `stack/${path}` } } });
const policy = (...statements: readonly PolicyStatement[]) => JSON.stringify({ Statement: statements });

const document = {
  data: { aws_caller_identity: { me: {} }, aws_region: { here: {} } },
  resource: {
    aws_sqs_queue: { inbox: at('inbox/Resource', { name: 'stack-inbox' }) },
    aws_sfn_state_machine: { report: at('report/StateMachine/Resource', { name: 'stack-report' }) },
    aws_iam_policy: {
      shared: at('report/JobRole/More', { policy: policy({ Action: 'sqs:PurgeQueue', Resource: '*' }) }),
    },
    aws_iam_role_policy_attachment: {
      own: at('report/JobRole/Own', { role: '${aws_iam_role.job.id}', policy_arn: '${aws_iam_policy.shared.arn}' }),
      aws: at('report/JobRole/Aws', {
        role: '${aws_iam_role.job.id}',
        policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
    },
    aws_iam_role: {
      job: at('report/JobRole/Resource', {
        inline_policy: [{ policy: policy({ Action: 'foo:Bar', Resource: '*' }) }],
        assume_role_policy: policy({ Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      }),
    },
    aws_iam_role_policy: {
      later: at('report/JobRole/Later', { role: '${aws_iam_role.job.id}', policy: '${jsonencode({})}' }),
    },
  },
};
const config = {
  stackName: 'stack',
  resources: { inbox: { type: 'sqs-queue' }, report: { type: 'batch-job' } },
} as unknown as ConstructorParameters<typeof Names>[0];

const resources = new StackResources(document);
const names = new Names(config, resources);
const readable = new Readable(names, 'eu-west-1', 'aws', (value) => value);
const statements = new StatementText(new ArnText(names, readable), readable);
const sentence = (statement: PolicyStatement) => statements.sentences(statement).map(({ text }) => text);

const QUEUE = '${aws_sqs_queue.inbox.arn}';
const HERE = '${data.aws_region.here.id}:${data.aws_caller_identity.me.account_id}';

it.each<[PolicyStatement, string[]]>([
  [{ Action: 'sqs:SendMessage', Resource: QUEUE }, ['May send messages to queue inbox.']],
  [{ Effect: 'Deny', Action: ['*'], Resource: '*' }, ['May not do everything on any resource.']],
  [{ NotAction: ['sqs:*'], Resource: '*' }, ['May do everything except call sqs:* on any resource.']],
  [
    { Action: 's3:GetObject', NotResource: ['arn:aws:s3:::a/*'] },
    ['May read objects in any resource except bucket a.'],
  ],
  [
    { Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/b/*', 'arn:aws:s3:::a/c'] },
    ['May read objects in bucket a below b/ and bucket a (only c).'],
  ],
  [
    { Action: ['sqs:SendMessage', 'sqs:Unknown'], Resource: QUEUE },
    ['May send messages to queue inbox.', 'May call sqs:Unknown on queue inbox.'],
  ],
  [{ Action: 'sqs:sendmessage', Resource: QUEUE }, ['May call sqs:sendmessage on queue inbox.']],
  [
    { Action: 'states:StartExecution', Resource: `arn:aws:states:${HERE}:stateMachine:stack-report` },
    ['May start executions of the state machine of job report.'],
  ],
  [
    { Action: 'states:StopExecution', Resource: `arn:aws:states:${HERE}:execution:stack-report:*` },
    ['May stop the executions of the state machine of job report.'],
  ],
  [
    { Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:${HERE}:function:others` },
    ['May invoke function others.'],
  ],
  [
    { Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:others' },
    ['May invoke arn:aws:lambda:us-east-1:123456789012:function:others.'],
  ],
  [
    { Action: 'ecr:BatchGetImage', Resource: 'arn:aws:ecr:*:*:repository/*' },
    ['May read images in every image repository in any region and account.'],
  ],
  [{ Action: 'sns:Publish', Resource: `arn:aws:sns:${HERE}:*` }, ['May publish messages to everything of sns.']],
  [
    { Principal: { AWS: ['arn:aws:iam::123456789012:root', '*'] }, Action: 'sns:Publish' },
    ['Everyone may publish messages.'],
  ],
  [
    { Principal: { AWS: 'arn:aws:iam::${data.aws_caller_identity.me.account_id}:root' }, Action: 'sns:Publish' },
    ['This account may publish messages.'],
  ],
  [
    { Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::123456789012:role/a' }, Action: 'sns:Publish' },
    ['Everyone except arn:aws:iam::123456789012:role/a may not publish messages.'],
  ],
  [
    { Effect: 'Deny', Principal: { Service: ['a.amazonaws.com', 'b.amazonaws.com'] }, Action: 'sns:Publish' },
    ['The AWS service a.amazonaws.com and the AWS service b.amazonaws.com may not publish messages.'],
  ],
  [
    {
      Action: 'sqs:SendMessage',
      Resource: QUEUE,
      Condition: { 'ForAllValues:Strange': { 'a:b': 'c' }, StringNotEquals: { 'd:e': ['f', 'g'] } },
    },
    ['May send messages to queue inbox if every value of a:b Strange c and d:e is not f and not g.'],
  ],
])('tells %j', (statement, told) => {
  expect(sentence(statement)).toEqual(told);
});

it('tells what is attached to a role or in it, and what only Terraform knows', () => {
  const texts = new PermissionTexts(names, resources, statements).of(resources.under('report'));
  expect(texts.map(({ who, sentences }) => [who, sentences.map(({ text }) => text)])).toEqual([
    [
      'The container',
      [
        'May delete all messages from any resource.',
        'May do what the managed policy ReadOnlyAccess allows.',
        'May call foo:Bar on any resource.',
        'May do what a policy allows that only Terraform knows.',
      ],
    ],
    ['Who may take the role: The container', ['The AWS service ecs-tasks.amazonaws.com may assume the role.']],
  ]);
});
