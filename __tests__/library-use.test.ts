// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { BatchJob } from '../modules/batch-job';
import { BatchPlatform } from '../modules/batch-platform';
import type { EventTarget } from '../modules/invocation/event-target';
import { PayloadBucket } from '../modules/orchestration/payload-bucket';
import { TriggerCode } from '../modules/orchestration/trigger-code';
import { TriggerFunction } from '../modules/orchestration/trigger-function';
import { ConfigError } from '../modules/problems/config-error';
import { AwsContext } from '../modules/terraform/aws-context';
import { ScheduleTrigger } from '../triggers/schedule/trigger';
import { document, permissions, Synthesis } from './synthesis';

/** A stack that uses two of our jobs and no config of this project. */
class SomebodysStack extends TerraformStack {
  readonly reports: S3Bucket;
  readonly done: SqsQueue;
  readonly size: TerraformVariable;

  constructor(id = 'somebodys') {
    super(Testing.app(), id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });
    new ArchiveProvider(this, 'archive');
    this.reports = new S3Bucket(this, 'reports', { bucketPrefix: 'reports-' });
    this.done = new SqsQueue(this, 'done', {});
    this.size = new TerraformVariable(this, 'size', { type: 'number', default: 2 });
  }

  addJob(id: string, scope: Construct = this, platform?: BatchPlatform): BatchJob {
    return new BatchJob(scope, id, {
      platform,
      container: {
        packaging: {
          type: 'prebuilt-image',
          properties: { image: 'busybox:1.37', command: ['sh', '-c', 'echo ${BUCKET}'] },
        },
        environment: { BUCKET: this.reports.bucket, DONE_URL: `${this.done.url}?\${x}`, SIZE: this.size.numberValue },
      },
      resources: { cpu: this.size.numberValue, memory: 1800 },
      iamRoleStatements: [
        { Sid: 'WriteReports', Action: ['s3:PutObject'], Resource: [`${this.reports.arn}/*`] },
        { Sid: 'SayDone', Action: ['sqs:SendMessage'], Resource: [this.done.arn] },
      ],
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: { bucket: this.reports.arn } } }],
    });
  }
}

describe('BatchJob in a stack of somebody else', () => {
  const stack = new SomebodysStack();
  const first = stack.addJob('first');
  const second = stack.addJob('second', new Construct(stack, 'team'));
  const synthesis = new Synthesis(stack);

  it('leaves what is there as it is', () => {
    expect(synthesis.one('aws_s3_bucket', 'reports')).toEqual({ bucket_prefix: 'reports-' });
    expect(synthesis.one('aws_sqs_queue', 'done')).toEqual({});
    expect(synthesis.section('provider')).toEqual({ archive: [{}], aws: [{ region: 'eu-west-1' }] });
  });

  it('makes no outputs and no backend', () => {
    expect(synthesis.outputs).toEqual({});
    expect(synthesis.section('terraform')).not.toHaveProperty('cloud');
  });

  it('names what it makes by that stack, wherever in it the job stands', () => {
    expect(synthesis.all('aws_batch_job_definition').map(({ name }) => name)).toEqual([
      'somebodys-first',
      'somebodys-second',
    ]);
  });

  it('takes tokens for permissions', () => {
    for (const id of ['first_JobRole_Policy', 'team_second_JobRole_Policy']) {
      expect(permissions(synthesis, id)).toEqual(
        expect.arrayContaining([
          {
            Sid: 'WriteReports',
            Effect: 'Allow',
            Action: ['s3:PutObject'],
            Resource: ['${aws_s3_bucket.reports.arn}/*'],
          },
          { Sid: 'SayDone', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['${aws_sqs_queue.done.arn}'] },
        ]),
      );
    }
  });

  it('takes tokens for variables, vCPUs and the input of an event', () => {
    const definition = synthesis.one('aws_batch_job_definition', 'first_JobDefinition');
    expect(document(definition.container_properties)).toMatchObject({
      command: ['sh', '-c', 'echo $${BUCKET}'],
      environment: [
        { name: 'AWS_DEFAULT_REGION', value: '${data.aws_region.batch-platform_aws_Region.id}' },
        { name: 'AWS_REGION', value: '${data.aws_region.batch-platform_aws_Region.id}' },
        { name: 'BUCKET', value: '${aws_s3_bucket.reports.bucket}' },
        { name: 'DONE_URL', value: '${aws_sqs_queue.done.url}?$${x}' },
        { name: 'SIZE', value: '${var.size}' },
      ],
      resourceRequirements: [
        { type: 'VCPU', value: '${var.size}' },
        { type: 'MEMORY', value: '1800' },
      ],
    });
    expect(synthesis.all('aws_cloudwatch_event_target').map(({ input }) => input)).toEqual([
      '{"bucket":"${aws_s3_bucket.reports.arn}"}',
      '{"bucket":"${aws_s3_bucket.reports.arn}"}',
    ]);
  });

  it('shares capacity, network, code and queue among the jobs', () => {
    expect(first.pool).toBe(second.pool);
    const counts = ['aws_batch_compute_environment', 'aws_batch_job_queue', 'aws_vpc', 'data.archive_file'];
    for (const type of counts) expect(synthesis.all(type)).toHaveLength(1);
    expect(synthesis.all('aws_sqs_queue')).toHaveLength(2);
  });

  it('has ids that do not depend on how many tokens were made before', () => {
    const later = new SomebodysStack();
    for (let made = 0; made < 50; made++) void later.reports.arn;
    later.addJob('first');
    const ids = (of: Synthesis, type: string) => Object.keys(of.byId(type)).filter((id) => id.startsWith('first'));
    const again = new Synthesis(later);
    for (const type of ['aws_cloudwatch_event_rule', 'aws_iam_role', 'aws_lambda_permission']) {
      expect(ids(again, type)).toEqual(ids(synthesis, type));
    }
  });
});

describe('BatchJob on a platform of its own', () => {
  it('uses the network that is there, and makes none', () => {
    const stack = new SomebodysStack();
    const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
    stack.addJob('first', stack, new BatchPlatform(stack, 'jobs', { stackName: 'reports', network, maxVcpus: 8 }));
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).not.toContain('aws_vpc');
    expect(synthesis.types).not.toContain('aws_security_group');
    expect(synthesis.one('aws_batch_compute_environment')).toMatchObject({
      name_prefix: 'reports-on-demand-cpu-x86-64-',
      compute_resources: { subnets: ['subnet-1'], security_group_ids: ['sg-1'], max_vcpus: 8 },
    });
    expect(synthesis.one('aws_batch_job_definition').name).toBe('reports-first');
  });
});

describe('what a library user gets wrong', () => {
  it('is told with the path of the construct, all at once', () => {
    const stack = new SomebodysStack();
    const wrong = {
      container: { packaging: { type: 'prebuilt-image' as const, properties: { image: '' } } },
      resources: { cpu: 1.5, memory: 512 },
      timeout: 1,
    };
    const make = () => new BatchJob(new Construct(stack, 'team'), 'broken', wrong);
    expect(make).toThrow(ConfigError);
    expect(() => new BatchJob(new Construct(stack, 'other'), 'broken', wrong)).toThrow(
      /^somebodys\/other\/broken: 3 problems[\s\S]*container\.packaging\.properties\.image[\s\S]*resources\.cpu[\s\S]*timeout/,
    );
  });

  it('is told that two jobs of one name would share their physical names', () => {
    const stack = new SomebodysStack();
    stack.addJob('nightly', new Construct(stack, 'a'));
    expect(() => stack.addJob('nightly', new Construct(stack, 'b'))).toThrow(
      /^somebodys\/b\/nightly: 1 problem[\s\S]*"nightly", taken by somebodys\/a\/nightly/,
    );
  });

  it('is told by CDKTF that a provider is missing', () => {
    const stack = new TerraformStack(Testing.app(), 'bare');
    new AwsProvider(stack, 'aws', {});
    expect(BatchPlatform.of(stack).triggerCode.archive).toBeDefined();
    expect(() => Testing.synth(stack, true)).toThrow(/archive/);
  });
});

describe('TriggerFunction by itself', () => {
  it('starts a state machine that is not ours', () => {
    const stack = new SomebodysStack();
    const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:theirs';
    const trigger = new TriggerFunction(stack, 'starter', {
      stackName: 'somebodys',
      jobName: 'theirs',
      aws: new AwsContext(stack, 'here'),
      code: new TriggerCode(stack, 'code'),
      stateMachineArn,
      undeliveredEvents: stack.done,
      payloads: new PayloadBucket(stack, 'large', { stackName: 'somebodys', aws: {} }),
      overridesBudget: 7000,
      retentionDays: 30,
    });
    new ScheduleTrigger(stack, 'daily', { target: trigger, scheduleRate: 'rate(1 day)' });
    const synthesis = new Synthesis(stack);
    expect(permissions(synthesis, 'starter_Role_Policy')[0]?.Resource).toEqual([stateMachineArn]);
    expect(synthesis.one('aws_cloudwatch_event_rule').name).toBe('somebodys-theirs-daily');
    expect(synthesis.one('aws_cloudwatch_event_target').arn).toBe('${aws_lambda_function.starter.arn}');
    expect(synthesis.types.join()).not.toMatch(/batch|sfn/);
  });
});

describe('ScheduleTrigger by itself', () => {
  it('invokes a function that is not ours', () => {
    const stack = new SomebodysStack();
    const role = 'arn:aws:iam::123456789012:role/mine';
    const target: EventTarget = {
      name: 'mine',
      function: new LambdaFunction(stack, 'mine', { functionName: 'mine', role }),
      undeliveredEvents: stack.done,
      grant: (scope) => new IamRolePolicy(scope, 'Access', { role: 'mine', policy: '{}' }),
    };
    new ScheduleTrigger(stack, 'hourly', { target, scheduleRate: 'rate(1 hour)' });
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).toEqual([
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_event_target',
      'aws_lambda_function', // theirs
      'aws_lambda_permission',
      'aws_s3_bucket', // theirs
      'aws_sqs_queue', // theirs
    ]);
    expect(synthesis.one('aws_cloudwatch_event_target')).toMatchObject({
      arn: '${aws_lambda_function.mine.arn}',
      dead_letter_config: { arn: '${aws_sqs_queue.done.arn}' },
    });
  });
});
