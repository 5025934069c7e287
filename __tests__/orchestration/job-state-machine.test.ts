// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { JobStateMachine, type JobStateMachineProps } from '../../modules/orchestration/job-state-machine';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import type { StateMachineDocument } from '../../modules/orchestration/states-language';
import { AwsContext } from '../../modules/terraform/aws-context';
import { document, foreignStack, permissions, Synthesis } from '../synthesis';

const DEFINITION = 'arn:aws:batch:eu-west-1:123456789012:job-definition/nightly';
const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
const ON_DEMAND = 'arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand';
const PARTITION = '${data.aws_partition.aws_Partition.partition}';
const REGION = '${data.aws_region.aws_Region.id}';
const ACCOUNT = '${data.aws_caller_identity.aws_Account.account_id}';

function synthesize(props: Partial<JobStateMachineProps> = {}): Synthesis {
  const stack = foreignStack();
  new JobStateMachine(stack, 'StateMachine', {
    stackName: 'reports',
    jobName: 'nightly',
    aws: new AwsContext(stack, 'aws'),
    plan: retryPlan({}),
    jobDefinitionArn: DEFINITION,
    jobQueueArn: QUEUE,
    retentionDays: 90,
    ...props,
  });
  return new Synthesis(stack);
}

const definitionOf = (synthesis: Synthesis) =>
  document<StateMachineDocument>(synthesis.one('aws_sfn_state_machine').definition);

describe('JobStateMachine', () => {
  it('makes', () => {
    expect(synthesize().types).toEqual([
      'aws_cloudwatch_log_group', // of its errors
      'aws_iam_role', // it works with
      'aws_iam_role_policy',
      'aws_sfn_state_machine',
    ]);
  });

  it('is a standard one, which may run for a year, and logs errors without events', () => {
    const { definition, ...block } = synthesize().one('aws_sfn_state_machine');
    expect(definition).toBeDefined();
    expect(block).toEqual({
      name: 'reports-nightly',
      type: 'STANDARD',
      role_arn: '${aws_iam_role.StateMachine_Role.arn}',
      logging_configuration: {
        level: 'ERROR',
        include_execution_data: false,
        log_destination: '${aws_cloudwatch_log_group.StateMachine_LogGroup.arn}:*',
      },
      depends_on: ['aws_iam_role.StateMachine_Role', 'aws_iam_role_policy.StateMachine_Role_Policy'],
    });
  });

  it('runs the document of its plan, in the partition of its account', () => {
    const plan = retryPlan({ attempts: 3, retryIntervalSeconds: 5, retryIntervalMultiplier: 2, timeout: 1200 });
    const expected = stateMachineDocument({
      plan,
      jobDefinitionArn: DEFINITION,
      jobQueueArn: QUEUE,
      partition: PARTITION,
    });
    expect(definitionOf(synthesize({ plan }))).toEqual(expected);
  });

  it('submits the definition without a revision', () => {
    expect(definitionOf(synthesize()).States['Attempt 1']).toMatchObject({
      Resource: `arn:${PARTITION}:states:::batch:submitJob.sync`,
      Parameters: { JobDefinition: DEFINITION, JobQueue: QUEUE },
    });
  });

  it('may submit its job to its queue and follow it, and log', () => {
    expect(permissions(synthesize(), 'Role_Policy')).toEqual([
      {
        Sid: 'SubmitJob',
        Effect: 'Allow',
        Action: ['batch:SubmitJob'],
        Resource: [DEFINITION, `${DEFINITION}:*`, QUEUE],
      },
      { Sid: 'FollowJob', Effect: 'Allow', Action: ['batch:DescribeJobs'], Resource: ['*'] },
      {
        Sid: 'StopJob',
        Effect: 'Allow',
        Action: ['batch:TerminateJob'],
        Resource: [`arn:${PARTITION}:batch:${REGION}:${ACCOUNT}:job/*`],
      },
      {
        Sid: 'WaitForJob',
        Effect: 'Allow',
        Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        Resource: [`arn:${PARTITION}:events:${REGION}:${ACCOUNT}:rule/StepFunctionsGetEventsForBatchJobsRule`],
      },
      expect.objectContaining({ Sid: 'WriteLog', Resource: ['*'] }),
    ]);
  });

  it('may submit to the queue of its fallback too', () => {
    const plan = retryPlan({ useSpotInstances: true, spotInterruption: { thenOnDemand: true } });
    const synthesis = synthesize({ plan, onDemandJobQueueArn: ON_DEMAND });
    expect(permissions(synthesis, 'Role_Policy')[0]?.Resource).toEqual([
      DEFINITION,
      `${DEFINITION}:*`,
      QUEUE,
      ON_DEMAND,
    ]);
    expect(JSON.stringify(definitionOf(synthesis))).toContain(ON_DEMAND);
  });

  it('fails for a fallback without a queue', () => {
    const plan = retryPlan({ useSpotInstances: true, spotInterruption: { thenOnDemand: true } });
    expect(() => synthesize({ plan })).toThrow('onDemandJobQueueArn is missing');
  });

  it('works for Step Functions of this account only', () => {
    expect(document(synthesize().one('aws_iam_role').assume_role_policy).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    ]);
  });

  // Under this prefix the account's log resource policy does not grow with each state machine until it is full.
  it('logs to a group under /aws/vendedlogs/states/', () => {
    expect(synthesize({ retentionDays: 7 }).one('aws_cloudwatch_log_group')).toEqual({
      name: '/aws/vendedlogs/states/reports-nightly',
      retention_in_days: 7,
    });
  });

  it('tags everything that can be', () => {
    const synthesis = synthesize({ tags: { team: 'x' } });
    for (const type of ['aws_sfn_state_machine', 'aws_iam_role', 'aws_cloudwatch_log_group']) {
      expect(synthesis.one(type).tags).toEqual({ team: 'x' });
    }
  });

  it('cuts long names', () => {
    const synthesis = synthesize({ jobName: 'a'.repeat(100) });
    expect(synthesis.one('aws_sfn_state_machine').name).toHaveLength(80);
    const role = synthesis.one('aws_iam_role').name as string;
    // Room for the longest region's name and more.
    expect(role.replace(/\$\{.*\}$/, 'x'.repeat(16))).toHaveLength(64);
  });
});
