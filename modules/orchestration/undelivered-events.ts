import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { AwsContext } from '../aws-context';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';

/** 14 days, the most that SQS keeps a message: time to notice, mend and start the jobs again. */
const RETENTION_SECONDS = 1_209_600;

/** The queue of events that could start no job: encrypted, TLS only, kept for 14 days. */
export class UndeliveredEvents extends Construct {
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: string, { stackName, aws }: { stackName: string; aws: AwsContext }) {
    super(scope, id);
    this.queue = new SqsQueue(this, 'Queue', {
      name: physicalName(NAME_LIMITS.sqsQueue, stackName, 'undelivered-events'),
      messageRetentionSeconds: RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    new SqsQueuePolicy(this, 'Policy', {
      queueUrl: this.queue.id,
      policy: jsonLiteral({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DeadLettersOfRules',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: this.queue.arn,
            Condition: { ArnLike: { 'aws:SourceArn': aws.arn('events', 'rule/*') } },
          },
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: this.queue.arn,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    });
  }
}
