import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogSubscriptionFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { readStatements, type SecretReference, secretReference } from '../access/secret';
import { ServiceRole } from '../access/service-role';
import type { LogForwardingConfig } from '../config/log-forwarding';
import { parseSecret } from '../config/secret-directive';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { createPrivateBucket } from '../storage/private-bucket';
import type { AwsContext } from '../terraform/aws-context';
import { literal, literals } from '../terraform/literal';
import type { DeliveryErrors } from './delivery-errors';
import { forwardingEndpoint } from './forwarding-endpoint';

export interface LogForwardingProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  /** The log group to forward. CloudWatch Logs allows two subscriptions per group, and this is one of them. */
  readonly logGroup: CloudwatchLogGroup;
  readonly forwarding: LogForwardingConfig;
  /** Retention of the log of failures, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** Seconds after which buffered data is sent, regardless of its size. */
const BUFFERING_SECONDS = 60;

/** Buffer for records that could not be delivered, in MB and seconds: fewer, larger objects. */
const FAILED = { bufferingSize: 5, bufferingInterval: 300 } as const;

/** Explicit, because Firehose and the provider keep the log that a stream has if nothing is said of one. */
const NO_ERROR_LOG = { enabled: false } as const;

/**
 * Forwards a job's log records to another service: log group, subscription, Firehose, HTTPS. Records that the service doesn't accept are
 * stored in a separate bucket. Firehose reads the key from Secrets Manager.
 */
export class LogForwarding extends Construct {
  /** Records that could not be delivered. */
  readonly failedRecords: S3Bucket;
  readonly deliveryStream: KinesisFirehoseDeliveryStream;
  readonly subscription: CloudwatchLogSubscriptionFilter;
  /** Undefined if failures are not logged. */
  readonly errors?: DeliveryErrors;
  private readonly streamName: string;

  constructor(scope: Construct, id: string, props: LogForwardingProps) {
    super(scope, id);
    const { stackName, jobName, aws } = props;
    this.failedRecords = createPrivateBucket(new Construct(this, 'FailedRecords'), {
      aws,
      name: [stackName, jobName, 'failed-logs'],
      // These records help to find a problem, so the bucket is only deleted after a person empties it.
      forceDestroy: false,
    });
    this.streamName = physicalName(NAME_LIMITS.deliveryStream, stackName, jobName, 'logs');
    this.errors = this.createErrors(props);
    this.deliveryStream = this.createDeliveryStream(props);
    this.subscription = this.createSubscription(props);
  }

  private createErrors({ forwarding, aws, retentionDays, tags }: LogForwardingProps): DeliveryErrors | undefined {
    if (!forwarding.errorLog) return undefined;
    // Loaded only if needed.
    const { DeliveryErrors } = require('./delivery-errors') as typeof import('./delivery-errors');
    return new DeliveryErrors(this, 'Errors', { streamName: this.streamName, aws, retentionDays, tags });
  }

  private createDeliveryStream(props: LogForwardingProps): KinesisFirehoseDeliveryStream {
    const { stackName, jobName, aws, forwarding, tags } = props;
    const endpoint = forwardingEndpoint(forwarding);
    const directive = endpoint.secret === undefined ? undefined : parseSecret(endpoint.secret);
    // Firehose reads its key from the secret's JSON itself, so it gets the whole secret.
    const secret = directive && secretReference(aws, { id: directive.id });
    const role = new ServiceRole(this, 'DeliveryRole', {
      nameParts: [stackName, jobName, 'forwarding'],
      aws,
      service: 'firehose.amazonaws.com',
      // Firehose's external ID: the account that the stream belongs to.
      condition: { StringEquals: { 'sts:ExternalId': aws.accountId } },
      statements: [
        ...deliveryStatements(aws, this.failedRecords.arn, secret),
        ...(this.errors === undefined ? [] : [this.errors.statement]),
      ],
      tags,
    });
    return new KinesisFirehoseDeliveryStream(this, 'DeliveryStream', {
      name: this.streamName,
      destination: 'http_endpoint',
      serverSideEncryption: { enabled: true, keyType: 'AWS_OWNED_CMK' },
      httpEndpointConfiguration: {
        name: endpoint.name,
        url: literal(endpoint.url),
        roleArn: role.arn,
        bufferingSize: endpoint.bufferingSizeMb,
        bufferingInterval: BUFFERING_SECONDS,
        retryDuration: endpoint.retrySeconds,
        s3BackupMode: 'FailedDataOnly',
        cloudwatchLoggingOptions: this.errors?.optionsOf('endpoint') ?? NO_ERROR_LOG,
        s3Configuration: {
          roleArn: role.arn,
          bucketArn: this.failedRecords.arn,
          prefix: 'failed/',
          compressionFormat: 'GZIP',
          ...FAILED,
          cloudwatchLoggingOptions: this.errors?.optionsOf('backup') ?? NO_ERROR_LOG,
        },
        requestConfiguration: {
          contentEncoding: endpoint.gzip ? 'GZIP' : 'NONE',
          ...(endpoint.attributes.length > 0 && { commonAttributes: literals([...endpoint.attributes]) }),
        },
        ...(secret && {
          secretsManagerConfiguration: { enabled: true, secretArn: secret.arn, roleArn: role.arn },
        }),
      },
      tags,
      // Firehose tests the role when the stream is created.
      dependsOn: role.dependencies,
    });
  }

  private createSubscription(props: LogForwardingProps): CloudwatchLogSubscriptionFilter {
    const { stackName, jobName, aws, logGroup, tags } = props;
    const role = new ServiceRole(this, 'SubscriptionRole', {
      nameParts: [stackName, jobName, 'log-subscription'],
      aws,
      service: 'logs.amazonaws.com',
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
      condition: { StringLike: { 'aws:SourceArn': aws.arn('logs', '*') } },
      statements: [
        {
          Sid: 'SendRecords',
          Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          Resource: [this.deliveryStream.arn],
        },
      ],
      tags,
    });
    return new CloudwatchLogSubscriptionFilter(this, 'Subscription', {
      name: physicalName(NAME_LIMITS.subscriptionFilter, stackName, jobName, 'forwarding'),
      logGroupName: logGroup.name,
      // Every record.
      filterPattern: '',
      destinationArn: this.deliveryStream.arn,
      roleArn: role.arn,
      // CloudWatch Logs sends a record to test the role when the subscription is created.
      dependsOn: role.dependencies,
    });
  }
}

/** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
function deliveryStatements(aws: AwsContext, bucketArn: string, secret: SecretReference | undefined): Statement[] {
  return [
    {
      Sid: 'KeepFailedRecords',
      Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
      // Firehose puts the type of failure before or after a prefix, by its own rules. The bucket has no other objects.
      Resource: [`${bucketArn}/*`],
    },
    {
      Sid: 'FindBucket',
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: [bucketArn],
    },
    ...readStatements(aws, secret === undefined ? [] : [secret]),
  ];
}
