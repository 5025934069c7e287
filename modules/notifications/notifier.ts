import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct, type IConstruct } from 'constructs';
import { queuePolicy } from '../access/queue-policy';
import type { ServiceRole } from '../access/service-role';
import { keepUndelivered } from '../orchestration/node-function';
import { createSupportingStateMachine } from '../orchestration/supporting-state-machine';
import { MOST_MESSAGE_RETENTION_SECONDS } from '../rules/message-retention';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { queueEncryption } from '../storage/encryption';
import type { AwsContext } from '../terraform/aws-context';
import { forget } from '../terraform/forget';
import { notifierDocument } from './notifier-document';
import { QueueWatch } from './queue-watch';
import type { NotificationTarget } from './targets';

/** A part of names that no resource of a config has, because its names contain no hyphen. */
const PART = 'send-notifications';

/**
 * The state machine that tells people and programs about runs, one for all jobs of a platform. It is of type EXPRESS, so that it never
 * takes a start or a state transition from the runs: Step Functions limits both for STANDARD executions of an account and region.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export class Notifier extends Construct {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** Notifications that could not be sent: encrypted, TLS only, retention of 14 days. */
  readonly undelivered: SqsQueue;
  readonly logGroup: CloudwatchLogGroup;
  /** Role of the state machine. */
  readonly role: ServiceRole;
  readonly stateMachine: SfnStateMachine;
  /** Role with which rules start the state machine. */
  readonly ruleRole: ServiceRole;
  private watch?: QueueWatch;

  constructor(scope: Construct, id: string, { stackName, aws }: { stackName: string; aws: AwsContext }) {
    super(scope, id);
    this.stackName = stackName;
    this.aws = aws;
    const queueName = physicalName(NAME_LIMITS.sqsQueue, stackName, 'undelivered-notifications');
    forget(this, 'aws_sqs_queue_policy', 'Policy');
    this.undelivered = new SqsQueue(this, 'Queue', {
      name: queueName,
      messageRetentionSeconds: MOST_MESSAGE_RETENTION_SECONDS,
      ...queueEncryption(aws),
      policy: queuePolicy(aws.arn('sqs', queueName), [
        {
          Sid: 'DeadLettersOfRules',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': aws.arn('events', 'rule/*') } },
        },
      ]),
    });
    ({
      logGroup: this.logGroup,
      role: this.role,
      stateMachine: this.stateMachine,
      ruleRole: this.ruleRole,
    } = createSupportingStateMachine(this, {
      stackName,
      aws,
      part: PART,
      type: 'EXPRESS',
      statements: [keepUndelivered(this.undelivered)],
      document: notifierDocument({ partition: aws.partition, undeliveredUrl: this.undelivered.id }),
    }));
  }

  /** Waits with jobs in their queues. The first call creates it. */
  get queueWatch(): QueueWatch {
    const { stackName, aws, stateMachine } = this;
    this.watch ??= new QueueWatch(this, 'QueueWatch', { stackName, aws, notifierArn: stateMachine.arn });
    return this.watch;
  }

  /** Lets the state machine send to targets, on behalf of a construct. Returns the resources that an event must not arrive before. */
  grantSend(grantee: IConstruct, targets: readonly NotificationTarget[]) {
    const statements = [
      {
        Sid: 'Publish',
        Action: ['sns:Publish'],
        Resource: targets.flatMap((target) => ('topic' in target ? [target.topic.arn] : [])),
      },
      {
        Sid: 'PutEvents',
        Action: ['events:PutEvents'],
        Resource: targets.flatMap((target) => ('bus' in target ? [target.bus.arn] : [])),
      },
    ].filter(({ Resource }) => Resource.length > 0);
    return [this.role.grant(grantee, statements), ...this.ruleRole.dependencies];
  }
}
