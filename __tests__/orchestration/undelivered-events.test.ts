// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import type { TopicPublisher } from '../../modules/access/notified-topic';
import { UndeliveredEvents } from '../../modules/orchestration/undelivered-events';
import { AwsContext } from '../../modules/terraform/aws-context';
import { resolved } from '../resources/context';
import { document, foreignStack, job, jobsStack, Synthesis } from '../synthesis';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

function synthesize(use: (undelivered: UndeliveredEvents) => unknown = ({ queue }) => queue) {
  const stack = foreignStack();
  const undelivered = new UndeliveredEvents(stack, 'undelivered', {
    stackName: 'reports',
    aws: new AwsContext(stack, 'aws'),
  });
  use(undelivered);
  return new Synthesis(stack);
}

describe('UndeliveredEvents', () => {
  it('is nothing before it is used', () => {
    expect(synthesize(() => undefined).types).toEqual([]);
  });

  it('is a queue with its policy: encrypted, kept for 14 days', () => {
    expect(synthesize().types).toEqual(['aws_sqs_queue']);
    const { policy: _, ...queue } = synthesize().one('aws_sqs_queue');
    expect(queue).toEqual({
      name: 'reports-undelivered-events',
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
  });

  it('accepts undelivered events from rules and topics of this account and region, over TLS', () => {
    const { Statement } = document(synthesize().one('aws_sqs_queue').policy);
    const here = '${data.aws_region.aws_Region.id}:${data.aws_caller_identity.aws_Account.account_id}';
    const arn = (service: string, resource: string) =>
      `arn:\${data.aws_partition.aws_Partition.partition}:${service}:${here}:${resource}`;
    // A resource cannot refer to itself.
    const Resource = arn('sqs', 'reports-undelivered-events');
    expect(Statement).toEqual([
      {
        Sid: 'DeadLettersOfRules',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource,
        Condition: { ArnLike: { 'aws:SourceArn': arn('events', 'rule/*') } },
      },
      {
        Sid: 'DeadLettersOfTopics',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource,
        Condition: { ArnLike: { 'aws:SourceArn': arn('sns', '*') } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('notifies a topic of the first event, and of the empty queue', () => {
    const synthesis = synthesize((undelivered) => undelivered.notify({ arn: TOPIC }));
    expect(synthesis.one('aws_cloudwatch_metric_alarm')).toEqual({
      alarm_name: 'reports-undelivered-events',
      alarm_description: expect.stringContaining('reports'),
      namespace: 'AWS/SQS',
      metric_name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: '${aws_sqs_queue.undelivered_Queue.name}' },
      statistic: 'Maximum',
      period: 60,
      evaluation_periods: 1,
      threshold: 0,
      comparison_operator: 'GreaterThanThreshold',
      treat_missing_data: 'notBreaching',
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
  });

  it('asks the topic to let this alarm publish', () => {
    const asked: TopicPublisher[] = [];
    const stack = foreignStack();
    const aws = new AwsContext(stack, 'aws');
    const undelivered = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
    undelivered.notify({ arn: TOPIC, allowPublish: (publisher) => asked.push(publisher) });
    expect(resolved(stack, asked)).toEqual([
      {
        Sid: 'AlarmOfUndeliveredEvents',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': '${aws_cloudwatch_metric_alarm.undelivered_Alarm.arn}' } },
      },
    ]);
  });
});

describe('undeliveredEvents of a config', () => {
  it('makes no alarm unless it is there', () => {
    expect(new Synthesis(jobsStack({ nightly: job() })).byId('aws_cloudwatch_metric_alarm')).toEqual({});
  });

  it('notifies a topic of the config, which lets the alarm publish', () => {
    const stack = jobsStack(
      {},
      { undeliveredEvents: { alarmTopicName: 'alarms' }, resources: { alarms: { type: 'sns-topic' } } },
    );
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_cloudwatch_metric_alarm').alarm_actions).toEqual(['${aws_sns_topic.alarms.arn}']);
    const sids = document(synthesis.one('aws_sns_topic_policy').policy).Statement.map(({ Sid }) => Sid);
    expect(sids).toEqual(['Owner', 'AlarmOfUndeliveredEvents', 'TlsOnly']);
  });

  it('notifies a topic of elsewhere', () => {
    const stack = jobsStack({ nightly: job() }, { undeliveredEvents: { alarmTopicArn: TOPIC } });
    expect(new Synthesis(stack).one('aws_cloudwatch_metric_alarm').alarm_actions).toEqual([TOPIC]);
  });
});
