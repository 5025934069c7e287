import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { NotifiedTopic } from '../access/notified-topic';
import { queuePolicy } from '../access/queue-policy';
import { undeliveredEventsName } from '../rules/job-names';
import { MOST_MESSAGE_RETENTION_SECONDS } from '../rules/message-retention';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { queueEncryption } from '../storage/encryption';
import type { AwsContext } from '../terraform/aws-context';
import { forget } from '../terraform/forget';

/** SQS reports its metrics once per minute. A queue that was idle for six hours becomes active again within fifteen. */
const ALARM_PERIOD_SECONDS = 60;

/** The queue of undelivered events: encrypted, TLS only, retention of 14 days. */
export class UndeliveredEvents extends Construct {
  private created?: SqsQueue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: { readonly stackName: string; readonly aws: AwsContext },
  ) {
    super(scope, id);
  }

  /** The queue. Created for the first function whose events it keeps. */
  get queue(): SqsQueue {
    this.created ??= this.create(this.props);
    return this.created;
  }

  private create({ stackName, aws }: { readonly stackName: string; readonly aws: AwsContext }): SqsQueue {
    const name = undeliveredEventsName(stackName);
    forget(this, 'aws_sqs_queue_policy', 'Policy');
    return new SqsQueue(this, 'Queue', {
      name,
      // Time to notice the problem, fix it and start the jobs again.
      messageRetentionSeconds: MOST_MESSAGE_RETENTION_SECONDS,
      ...queueEncryption(aws),
      policy: queuePolicy(aws.arn('sqs', name), [
        {
          Sid: 'DeadLettersOfRules',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': aws.arn('events', 'rule/*') } },
        },
        {
          Sid: 'DeadLettersOfTopics',
          Principal: { Service: 'sns.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': aws.arn('sns', '*') } },
        },
      ]),
    });
  }

  /** Notifies a topic when the queue receives an event, and again when the queue is empty. Call it only once. */
  notify(topic: NotifiedTopic): CloudwatchMetricAlarm {
    const { stackName } = this.props;
    // Loaded only if needed.
    const { CloudwatchMetricAlarm } =
      require('@cdktf/provider-aws/lib/cloudwatch-metric-alarm') as typeof import('@cdktf/provider-aws/lib/cloudwatch-metric-alarm');
    const alarm = new CloudwatchMetricAlarm(this, 'Alarm', {
      alarmName: physicalName(NAME_LIMITS.alarm, stackName, 'undelivered-events'),
      alarmDescription: `Events of ${stackName} could start no job; they wait in ${stackName}'s undelivered-events queue`,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: this.queue.name },
      statistic: 'Maximum',
      period: ALARM_PERIOD_SECONDS,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      // An inactive queue reports no metrics, and is empty.
      treatMissingData: 'notBreaching',
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
    topic.allowPublish?.({
      Sid: 'AlarmOfUndeliveredEvents',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': alarm.arn } },
    });
    return alarm;
  }
}
