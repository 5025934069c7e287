import { EVENT_BRIDGE, EVENT_BRIDGE_KEYS, type EventFacts, keys, RECORDS } from '../event-facts';

export const facts: EventFacts = {
  kinds: [
    {
      kind: 's3',
      noun: 'a change in an S3 bucket',
      names: { one: 'Its bucket, key, change and version name the run.' },
    },
    { ...EVENT_BRIDGE, sentBy: ['aws.s3'] },
  ],
  keys: keys(
    ...RECORDS,
    ['Records[].eventVersion', 'string', 'Version of the format'],
    ['Records[].eventSource', 'string', 'Says what the event is: "aws:s3"'],
    ['Records[].eventName', 'string', 'The change, such as "ObjectCreated:Put". It is part of what names the run'],
    ['Records[].eventTime', 'string', 'When it was made'],
    ['Records[].awsRegion', 'string', 'AWS Region of the bucket'],
    ['Records[].s3', 'object', 'Bucket and object'],
    ['Records[].s3.bucket', 'object', 'The bucket'],
    ['Records[].s3.bucket.name', 'string', 'Name of the bucket. It is part of what names the run'],
    ['Records[].s3.bucket.arn', 'string', 'ARN of the bucket'],
    ['Records[].s3.object', 'object', 'The object'],
    ['Records[].s3.object.key', 'string', 'Key of the object, URL-encoded. It is part of what names the run'],
    ['Records[].s3.object.size?', 'number', 'Size in bytes'],
    ['Records[].s3.object.eTag?', 'string', 'Hash of the object'],
    ['Records[].s3.object.versionId?', 'string', 'Version of the object. It is part of what names the run'],
    ['Records[].s3.object.sequencer?', 'string', 'Order of changes of a key. It is part of what names the run'],
  ),
  variants: [{ marks: ['detail-type'], keys: EVENT_BRIDGE_KEYS }],
};
