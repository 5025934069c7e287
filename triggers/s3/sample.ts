import type { EventBridgeEvent, S3Event, S3ObjectCreatedNotificationEventDetail } from 'aws-lambda';
import { partitionOf } from '../../modules/rules/partitions';
import { matchingEvent } from '../event-bus/sample';
import type { SourceEvent } from '../event-schema';
import type { SampleContext } from '../sample-context';
import { isOnEventBridge, s3EventPattern } from './event-pattern';
import type { S3EventType, s3 as schema } from './schema';

/** What Amazon S3 sends of each change through EventBridge. Without versioning, an object has no version. */
interface Change extends Pick<S3ObjectCreatedNotificationEventDetail, 'version' | 'bucket' | 'request-id'> {
  object: Omit<S3ObjectCreatedNotificationEventDetail['object'], 'version-id'>;
}

/** A change of an object whose key matches the trigger's filter. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function s3(
  { properties }: SourceEvent<typeof schema>,
  context: SampleContext,
): S3Event | EventBridgeEvent<string, Change> {
  const { bucketArn, s3EventType, filterRule: { prefix = '', suffix = '' } = {}, useEventBridge } = properties;
  const bucket = context.physicalName({ arn: bucketArn });
  const key = `${prefix}sample${suffix}`;
  if (useEventBridge) return throughEventBridge(bucket, key, s3EventType, context);
  const { region, account, now } = context;
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: now.toISOString(),
        eventName: changeName(s3EventType),
        userIdentity: { principalId: 'AWS:AIDAJDPLRKLG7UEXAMPLE' },
        requestParameters: { sourceIPAddress: '192.0.2.1' },
        responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810', 'x-amz-id-2': 'sample' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'sample',
          bucket: {
            name: bucket,
            ownerIdentity: { principalId: account },
            arn: `arn:${partitionOf(region)}:s3:::${bucket}`,
          },
          object: {
            // As in a form: https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
            key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
            size: 1024,
            eTag: 'd41d8cd98f00b204e9800998ecf8427e',
            sequencer: sequencer(now),
          },
        },
      },
    ],
  };
}

function throughEventBridge(
  bucket: string,
  key: string,
  type: S3EventType,
  context: SampleContext,
): EventBridgeEvent<string, Change> {
  if (!isOnEventBridge(type)) throw new Error(`S3 sends no ${type} to EventBridge`);
  const pattern = s3EventPattern(bucket, { s3EventType: type });
  const { detail, ...event } = matchingEvent({ ...pattern }, context);
  const object = { key, size: 1024, etag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: sequencer(context.now) };
  return {
    ...event,
    resources: [`arn:${partitionOf(context.region)}:s3:::${bucket}`],
    detail: { version: '0', ...detail, bucket: { name: bucket }, object, 'request-id': 'C3D13FE58DE4C810' },
  };
}

/** The event's name without `s3:`, and with one of the changes that a `*` matches. */
function changeName(type: S3EventType): string {
  const name = type.replace(/^s3:/, '');
  if (!name.endsWith(':*')) return name;
  const kind = name.slice(0, -2);
  return `${kind}:${FIRST_CHANGE[kind] ?? 'Put'}`;
}

const FIRST_CHANGE: { readonly [kind: string]: string } = {
  ObjectRemoved: 'Delete',
  ObjectRestore: 'Post',
  Replication: 'OperationFailedReplication',
  LifecycleExpiration: 'Delete',
  ObjectTagging: 'Put',
  ObjectAnnotation: 'Put',
};

/** New for each event, so that a second run is a different change of the object. */
function sequencer(now: Date): string {
  return now.getTime().toString(16).toUpperCase().padStart(18, '0');
}
