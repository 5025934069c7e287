import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import type { AwsContext } from '../aws-context';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';
import type { RetryPlan } from './retry-plan';
import { stateMachineDocument } from './state-machine-document';
import type { StateMachineDocument } from './states-language';

export interface JobStateMachineProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly plan: RetryPlan;
  /** ARN of the job definition without revision: each run takes the newest one, and a deployment breaks none. */
  readonly jobDefinitionArn: string;
  readonly jobQueueArn: string;
  /** Queue of the fallback; needed if the plan falls back to on-demand capacity. */
  readonly onDemandJobQueueArn?: string;
  /** Days that the log of errors is kept. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** The state machine that runs a job through its attempts. One state transition if the first attempt succeeds. */
export class JobStateMachine extends Construct {
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  /** What the state machine does, before it is written as JSON. */
  readonly document: StateMachineDocument;
  readonly stateMachine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: JobStateMachineProps) {
    super(scope, id);
    const { stackName, jobName, aws, plan, jobDefinitionArn, jobQueueArn, onDemandJobQueueArn, retentionDays, tags } =
      props;
    const name = physicalName(NAME_LIMITS.stateMachine, stackName, jobName);
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      // The prefix keeps the account's log resource policy from growing over its limit:
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      name: `/aws/vendedlogs/states/${name}`,
      retentionInDays: retentionDays,
      tags,
    });
    this.role = new ServiceRole(this, 'Role', {
      nameParts: [stackName, jobName, 'states'],
      aws,
      service: 'states.amazonaws.com',
      condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
      statements: stateMachineStatements({ aws, jobDefinitionArn, queueArns: [jobQueueArn, onDemandJobQueueArn] }),
      tags,
    });
    this.document = stateMachineDocument({
      plan,
      jobDefinitionArn,
      jobQueueArn,
      onDemandJobQueueArn,
      partition: aws.partition,
    });
    this.stateMachine = new SfnStateMachine(this, 'Resource', {
      name,
      type: 'STANDARD',
      roleArn: this.role.arn,
      definition: jsonLiteral(this.document),
      // Errors without the event: events may hold what does not belong into a log.
      loggingConfiguration: { level: 'ERROR', includeExecutionData: false, logDestination: `${this.logGroup.arn}:*` },
      tags,
      dependsOn: this.role.dependencies,
    });
  }
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
function stateMachineStatements({ aws, jobDefinitionArn, queueArns }: StateMachineAccess): Statement[] {
  return [
    {
      Sid: 'SubmitJob',
      Action: ['batch:SubmitJob'],
      Resource: [jobDefinitionArn, `${jobDefinitionArn}:*`, ...queueArns.filter((arn) => arn !== undefined)],
    },
    // DescribeJobs takes no resource, and a job gets its id when it is submitted. Without these two an execution hangs, or leaves
    // its job running when it is stopped: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
    { Sid: 'FollowJob', Action: ['batch:DescribeJobs'], Resource: ['*'] },
    { Sid: 'StopJob', Action: ['batch:TerminateJob'], Resource: [aws.arn('batch', 'job/*')] },
    {
      Sid: 'WaitForJob',
      Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      Resource: [aws.arn('events', 'rule/StepFunctionsGetEventsForBatchJobsRule')],
    },
    {
      // Delivery of logs takes no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      Sid: 'WriteLog',
      Action: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      Resource: ['*'],
    },
  ];
}

interface StateMachineAccess {
  readonly aws: AwsContext;
  readonly jobDefinitionArn: string;
  readonly queueArns: readonly (string | undefined)[];
}
