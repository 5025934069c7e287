import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import type { AwsContext } from '../terraform/aws-context';

export interface DeliveryErrorsProps {
  /** Name of the Firehose stream. */
  readonly streamName: string;
  readonly aws: Pick<AwsContext, 'kmsKeyArn'>;
  /** Retention of the log, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * The log of a Firehose stream's failures, under the name that the AWS console looks for. Firehose writes to log streams that exist.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html
 */
export class DeliveryErrors extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  /** Of the endpoint, and of the bucket of failed records. */
  private readonly streams: { readonly endpoint: CloudwatchLogStream; readonly backup: CloudwatchLogStream };

  constructor(scope: Construct, id: string, { streamName, aws, retentionDays, tags }: DeliveryErrorsProps) {
    super(scope, id);
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/kinesisfirehose/${streamName}`,
      retentionInDays: retentionDays,
      kmsKeyId: aws.kmsKeyArn,
      tags,
    });
    const logGroupName = this.logGroup.name;
    this.streams = {
      endpoint: new CloudwatchLogStream(this, 'Endpoint', { name: 'DestinationDelivery', logGroupName }),
      backup: new CloudwatchLogStream(this, 'Backup', { name: 'BackupDelivery', logGroupName }),
    };
  }

  /** Lets Firehose write to the log. */
  get statement(): Statement {
    return { Sid: 'WriteErrors', Action: ['logs:PutLogEvents'], Resource: [`${this.logGroup.arn}:log-stream:*`] };
  }

  /** Where one of the two destinations writes its errors. */
  optionsOf(destination: 'endpoint' | 'backup') {
    const logStreamName = this.streams[destination].name;
    return { enabled: true, logGroupName: this.logGroup.name, logStreamName };
  }
}
