import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { ServiceRole } from '../access/service-role';
import { createSupportingStateMachine } from '../orchestration/supporting-state-machine';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';
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
    ({
      logGroup: this.logGroup,
      role: this.role,
      stateMachine: this.stateMachine,
      ruleRole: this.ruleRole,
    } = createSupportingStateMachine(this, {
      stackName,
      aws,
      part: PART,
      type: 'STANDARD',
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
      ],
      document: queueWatchDocument({ partition: aws.partition, stateMachineArn, notifierArn }),
    }));
  }
}
