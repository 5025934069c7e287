import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import { ServiceRole } from '../access/service-role';
import { createStartRole } from '../access/start-role';
import { WRITE_STATES_LOG } from '../logging/log-delivery';
import { DEFAULT_RETENTION_DAYS } from '../rules/log-retention';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';
import { jsonLiteral } from '../terraform/literal';
import { queueWatchDocument, WAITING_METRIC } from './queue-watch-document';

/** A part of names that no resource of a config has, because its names contain no hyphen. */
const PART = 'watch-queues';

export interface QueueWatchProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** The state machine that sends notifications. */
  readonly notifierArn: string;
}

/**
 * The state machine that waits with a job in its queue, one for all jobs of a platform. It is of type STANDARD, because an EXPRESS
 * execution ends after five minutes.
 */
export class QueueWatch extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly role: ServiceRole;
  readonly stateMachine: SfnStateMachine;
  /** Role with which rules start the state machine. */
  readonly ruleRole: ServiceRole;

  constructor(scope: Construct, id: string, { stackName, aws, notifierArn }: QueueWatchProps) {
    super(scope, id);
    const name = physicalName(NAME_LIMITS.stateMachine, stackName, PART);
    // By its name: the state machine's definition and its role refer to itself.
    const stateMachineArn = aws.arn('states', `stateMachine:${name}`);
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/vendedlogs/states/${name}`,
      retentionInDays: DEFAULT_RETENTION_DAYS,
      kmsKeyId: aws.kmsKeyArn,
    });
    this.role = new ServiceRole(this, 'Role', {
      nameParts: [stackName, PART, 'states'],
      aws,
      service: 'states.amazonaws.com',
      condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
      statements: [
        { Sid: 'Notify', Action: ['states:StartExecution'], Resource: [stateMachineArn, notifierArn] },
        // Doesn't support resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
        { Sid: 'LookAtJob', Action: ['batch:DescribeJobs'], Resource: ['*'] },
        // Metrics have no ARN, only a namespace: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
        {
          Sid: 'CountWaitingRuns',
          Action: ['cloudwatch:PutMetricData'],
          Resource: ['*'],
          Condition: { StringEquals: { 'cloudwatch:namespace': WAITING_METRIC.namespace } },
        },
        WRITE_STATES_LOG,
      ],
    });
    this.stateMachine = new SfnStateMachine(this, 'Resource', {
      name,
      type: 'STANDARD',
      roleArn: this.role.arn,
      definition: jsonLiteral(queueWatchDocument({ partition: aws.partition, stateMachineArn, notifierArn })),
      loggingConfiguration: { level: 'ERROR', includeExecutionData: false, logDestination: `${this.logGroup.arn}:*` },
      dependsOn: this.role.dependencies,
    });
    this.ruleRole = createStartRole(this, { stackName, aws, part: PART, stateMachineArn: this.stateMachine.arn });
  }
}
