// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import { PayloadBucket } from '../../modules/orchestration/payload-bucket';
import { TriggerCode } from '../../modules/orchestration/trigger-code';
import { TriggerFunction, type TriggerFunctionProps } from '../../modules/orchestration/trigger-function';
import { AwsContext } from '../../modules/terraform/aws-context';
import { document, foreignStack, permissions, Synthesis } from '../synthesis';

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-nightly';
const QUEUE_ARN = '${aws_sqs_queue.undelivered.arn}';

function setUp(props: Partial<TriggerFunctionProps> = {}) {
  const stack = foreignStack();
  const trigger = new TriggerFunction(stack, 'Trigger', {
    stackName: 'reports',
    jobName: 'nightly',
    aws: new AwsContext(stack, 'here'),
    code: new TriggerCode(stack, 'code'),
    stateMachineArn: STATE_MACHINE,
    undeliveredEvents: new SqsQueue(stack, 'undelivered', {}),
    payloads: new PayloadBucket(stack, 'payloads', { stackName: 'reports', aws: {} }),
    overridesBudget: 7400,
    retentionDays: 90,
    ...props,
  });
  return { stack, trigger, synthesize: () => new Synthesis(stack) };
}

describe('TriggerFunction', () => {
  it('creates, in addition to the given queue and bucket', () => {
    const { types } = setUp().synthesize();
    expect(types.filter((type) => !type.startsWith('aws_s3_bucket'))).toEqual([
      'aws_cloudwatch_log_group', // with an end: one that Lambda makes keeps records for ever
      'aws_iam_role', // it works with
      'aws_iam_role_policy',
      'aws_lambda_function',
      'aws_lambda_function_event_invoke_config', // sends failed asynchronous events to the queue
      'aws_sqs_queue', // given
    ]);
  });

  it('is a function of Node.js 24 on arm64 that knows its state machine and where large events go', () => {
    expect(setUp().synthesize().one('aws_lambda_function')).toEqual({
      function_name: 'reports-nightly-trigger',
      description: 'Starts reports-nightly, once for each event',
      role: '${aws_iam_role.Trigger_Role.arn}',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: '${data.archive_file.code_Archive.output_path}',
      source_code_hash: '${data.archive_file.code_Archive.output_base64sha256}',
      memory_size: 256,
      timeout: 25,
      environment: {
        variables: {
          STATE_MACHINE_ARN: STATE_MACHINE,
          JOB_NAME: 'nightly',
          PAYLOAD_BUCKET: '${aws_s3_bucket.payloads.bucket}',
          OVERRIDES_BUDGET: '7400',
        },
      },
      // The group, or Lambda makes one first; the permissions, or the first event fails.
      depends_on: [
        'aws_cloudwatch_log_group.Trigger_LogGroup',
        'aws_iam_role.Trigger_Role',
        'aws_iam_role_policy.Trigger_Role_Policy',
      ],
    });
  });

  it('may start its state machine, keep what failed, and log', () => {
    const { synthesize } = setUp();
    expect(permissions(synthesize(), 'Role_Policy')).toEqual([
      { Sid: 'StartExecution', Effect: 'Allow', Action: ['states:StartExecution'], Resource: [STATE_MACHINE] },
      { Sid: 'KeepUndelivered', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [QUEUE_ARN] },
      {
        Sid: 'StoreLargeEvents',
        Effect: 'Allow',
        Action: ['s3:PutObject'],
        Resource: ['${aws_s3_bucket.payloads.arn}/nightly/*'],
      },
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.Trigger_LogGroup.arn}:*'],
      },
    ]);
    expect(document(synthesize().one('aws_iam_role').assume_role_policy).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  it('retries asynchronous events as long as Lambda does, then keeps them', () => {
    expect(setUp().synthesize().one('aws_lambda_function_event_invoke_config')).toEqual({
      function_name: '${aws_lambda_function.Trigger.function_name}',
      maximum_retry_attempts: 2,
      maximum_event_age_in_seconds: 21_600,
      destination_config: { on_failure: { destination: QUEUE_ARN } },
      depends_on: ['aws_iam_role.Trigger_Role', 'aws_iam_role_policy.Trigger_Role_Policy'],
    });
  });

  it('logs for a time', () => {
    expect(setUp({ retentionDays: 14 }).synthesize().one('aws_cloudwatch_log_group')).toEqual({
      name: '/aws/lambda/reports-nightly-trigger',
      retention_in_days: 14,
    });
  });

  it('tags everything that can be', () => {
    const synthesis = setUp({ tags: { team: 'x' } }).synthesize();
    for (const type of ['aws_lambda_function', 'aws_iam_role', 'aws_cloudwatch_log_group']) {
      expect(synthesis.one(type).tags).toEqual({ team: 'x' });
    }
  });

  it('is a target for triggers, which may extend its role, in one policy for all of them', () => {
    const { stack, trigger, synthesize } = setUp();
    expect(trigger.name).toBe('reports-nightly');
    const scope = new Construct(stack, 'Source');
    const statement = { Sid: 'Read', Action: ['sqs:ReceiveMessage'], Resource: ['arn:aws:sqs:r:a:q'] };
    trigger.grant(scope, [statement]);
    trigger.grant(new Construct(stack, 'Other'), [{ ...statement, Resource: ['arn:aws:sqs:r:a:other'] }]);
    expect(synthesize().one('aws_iam_role_policy', 'Role_Grants')).toMatchObject({
      role: '${aws_iam_role.Trigger_Role.id}',
      name: 'grants',
    });
    expect(permissions(synthesize(), 'Role_Grants')).toEqual([
      { ...statement, Resource: ['arn:aws:sqs:r:a:other', 'arn:aws:sqs:r:a:q'], Effect: 'Allow' },
    ]);
  });

  it('shortens long names, and gives the log group the name of the function', () => {
    const synthesis = setUp({ jobName: 'a'.repeat(100) }).synthesize();
    const { function_name: name } = synthesis.one('aws_lambda_function');
    expect(name).toHaveLength(64);
    expect(synthesis.one('aws_cloudwatch_log_group').name).toBe(`/aws/lambda/${name}`);
  });
});

describe('for schedules of EventBridge Scheduler', () => {
  it('has one role, with which schedules of the account invoke it and keep what they could not deliver', () => {
    const { trigger, synthesize } = setUp();
    expect(trigger.schedulerRole()).toBe(trigger.schedulerRole());
    const synthesis = synthesize();
    const role = synthesis.one('aws_iam_role', 'SchedulerRole');
    const field = (index: number) => `\${element(split(":", aws_lambda_function.Trigger.arn), ${index})}`;
    expect(role.name).toBe('reports-nightly-trigger-scheduler-${data.aws_region.here_Region.id}');
    expect(role.assume_role_policy).toContain('"Principal":{"Service":"scheduler.amazonaws.com"}');
    expect(role.assume_role_policy).toContain(`"aws:SourceAccount":"${field(4)}"`);
    expect(role.assume_role_policy).toContain(
      `"aws:SourceArn":"arn:${field(1)}:scheduler:${field(3)}:${field(4)}:schedule-group/default"`,
    );
    expect(permissions(synthesis, 'SchedulerRole_Policy')).toEqual([
      {
        Sid: 'Invoke',
        Effect: 'Allow',
        Action: ['lambda:InvokeFunction'],
        Resource: ['${aws_lambda_function.Trigger.arn}'],
      },
      { Sid: 'KeepUndelivered', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [QUEUE_ARN] },
    ]);
  });

  it('has the code that takes inputs out of scheduled events, only if it must', () => {
    const { trigger, synthesize } = setUp();
    trigger.takeScheduledInputs();
    trigger.takeScheduledInputs();
    expect(synthesize().one('aws_lambda_function')).toMatchObject({
      filename: '${data.archive_file.code_Firings_Archive.output_path}',
      source_code_hash: '${data.archive_file.code_Firings_Archive.output_base64sha256}',
    });
  });
});
