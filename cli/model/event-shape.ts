/** A key that a source's events have. */
export interface KnownKey {
  /** `Records[].body`: from the event's root, `[]` for each item of a list, `*` for any key. */
  readonly path: string;
  /** `string`, `string or null`, `list`, `any` */
  readonly type: string;
  /** One sentence without its period. */
  readonly meaning: string;
  /** Whether each event of the source has it. */
  readonly isRequired: boolean;
}

type Row = readonly [path: string, type: string, meaning: string];

/** Keys that each event has are without "?". */
function shape(...rows: readonly Row[]): readonly KnownKey[] {
  return rows.map(([path, type, meaning]) => ({
    path: path.replace(/\?$/, ''),
    type,
    meaning,
    isRequired: !path.endsWith('?'),
  }));
}

const EVENT_BRIDGE: readonly Row[] = [
  ['version', 'string', 'Version of the envelope: "0"'],
  ['id', 'string', 'ID of the event. It names the run'],
  ['detail-type', 'string', 'What the event is, such as "Scheduled Event"'],
  ['source', 'string', 'Service or application that sent it, such as "aws.events"'],
  ['account', 'string', 'AWS account of the sender'],
  ['time', 'string', 'Time of the event in UTC, such as "2026-11-25T14:00:00Z"'],
  ['region', 'string', 'AWS Region of the sender'],
  ['resources', 'list', 'ARNs of what the event is about'],
  ['resources[]', 'string', 'ARN of what the event is about'],
  ['detail', 'object', 'What the sender says'],
  ['replay-name?', 'string', 'Name of the replay, if an archive sends the event again. It names the run with the ID'],
];

const REQUEST: readonly Row[] = [
  ['headers', 'object', 'Headers of the request, by name in lower case'],
  ['headers.content-type?', 'string', 'Media type of the body'],
  [
    'headers.idempotency-key?',
    'string',
    'Names the run if the client sends it, so that a repeated request starts nothing',
  ],
  ['headers.user-agent?', 'string', 'Program of the client. Health checkers start no job'],
  ['headers.*?', 'string', 'Value of the header'],
  ['isBase64Encoded', 'boolean', 'Whether the body is binary, in Base64'],
];

const BODY = 'Body of the request, as a string';

const HTTP_1 = shape(
  ['version', 'string', 'Payload format: "1.0"'],
  ['resource', 'string', 'Path of the route'],
  ['path', 'string', 'Path of the request'],
  ['httpMethod', 'string', 'Method of the request. OPTIONS starts no job'],
  ...REQUEST,
  ['multiValueHeaders', 'object', 'All values of each header, by name'],
  ['multiValueHeaders.*?', 'list', 'All values of the header'],
  ['queryStringParameters', 'object or null', 'Last value of each query parameter, by name'],
  ['queryStringParameters.*?', 'string', 'Value of the query parameter'],
  ['multiValueQueryStringParameters', 'object or null', 'All values of each query parameter, by name'],
  ['pathParameters', 'object or null', "Values of the route's variables, by name"],
  ['stageVariables', 'object or null', 'Variables of the stage, by name'],
  ['body', 'string or null', BODY],
  ['requestContext', 'object', 'What API Gateway knows of the request'],
  ['requestContext.requestId', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
  ['requestContext.apiId', 'string', 'ID of the API'],
  ['requestContext.authorizer?', 'object', 'What the authorizer says of the caller'],
  ['requestContext.httpMethod', 'string', 'Method of the request'],
  ['requestContext.path', 'string', 'Path of the request, with the stage'],
  ['requestContext.stage', 'string', 'Stage of the API'],
  ['requestContext.identity', 'object', 'Address and program of the client'],
);

const HTTP_2 = shape(
  ['version', 'string', 'Payload format: "2.0"'],
  ['routeKey', 'string', 'Method and path of the route'],
  ['rawPath', 'string', 'Path of the request'],
  ['rawQueryString', 'string', 'Query of the request, without "?"'],
  ['cookies?', 'list', 'Cookies of the request'],
  ...REQUEST,
  ['queryStringParameters?', 'object', 'Values of each query parameter, joined by commas'],
  ['queryStringParameters.*?', 'string', 'Values of the query parameter, joined by commas'],
  ['pathParameters?', 'object', "Values of the route's variables, by name"],
  ['stageVariables?', 'object', 'Variables of the stage, by name'],
  ['body?', 'string', BODY],
  ['requestContext', 'object', 'What API Gateway knows of the request'],
  ['requestContext.accountId', 'string', 'AWS account of the API'],
  ['requestContext.apiId', 'string', 'ID of the API'],
  ['requestContext.authorizer?', 'object', 'What the authorizer says of the caller'],
  ['requestContext.http', 'object', 'Method, path and client of the request'],
  ['requestContext.http.method', 'string', 'Method of the request. OPTIONS starts no job'],
  ['requestContext.http.path', 'string', 'Path of the request, with the stage'],
  ['requestContext.http.sourceIp', 'string', 'Address of the client'],
  ['requestContext.requestId', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
  ['requestContext.routeKey', 'string', 'Method and path of the route'],
  ['requestContext.stage', 'string', 'Stage of the API'],
  ['requestContext.time', 'string', 'Time of the request, such as "25/Nov/2026:14:00:00 +0000"'],
  ['requestContext.timeEpoch', 'number', 'Time of the request, in milliseconds since 1970'],
);

const LOAD_BALANCER = shape(
  ['requestContext', 'object', 'The load balancer that got the request'],
  ['requestContext.elb', 'object', 'The load balancer that got the request'],
  ['requestContext.elb.targetGroupArn', 'string', 'ARN of its target group'],
  ['httpMethod', 'string', 'Method of the request. OPTIONS starts no job'],
  ['path', 'string', 'Path of the request'],
  ['queryStringParameters?', 'object', 'Query parameters, by name'],
  ['queryStringParameters.*?', 'string', 'Value of the query parameter'],
  ...REQUEST.map(([path, type, meaning]): Row => [path === 'headers' ? 'headers?' : path, type, meaning]),
  ['headers.x-amzn-trace-id?', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
  ['multiValueHeaders?', 'object', 'All values of each header, if the target group has multi-value headers on'],
  ['body', 'string', BODY],
);

const RECORDS: Row = ['Records', 'list', 'The batch: what Lambda delivers at once'];
const RECORD: Row = ['Records[]', 'object', 'One of the batch'];

const SQS = shape(
  RECORDS,
  RECORD,
  ['Records[].messageId', 'string', 'ID of the message. The IDs of the batch name the run'],
  ['Records[].receiptHandle', 'string', 'With it the message is deleted'],
  ['Records[].body', 'string', 'The message, as a string. JSON in it has escaped quotes'],
  ['Records[].attributes', 'object', 'What Amazon SQS knows of the message'],
  ['Records[].attributes.ApproximateReceiveCount?', 'string', 'How often the message was delivered'],
  ['Records[].attributes.SentTimestamp?', 'string', 'When it was sent, in milliseconds since 1970'],
  ['Records[].attributes.SenderId?', 'string', 'Who sent it'],
  ['Records[].attributes.MessageGroupId?', 'string', 'Group of the message in a FIFO queue'],
  ['Records[].attributes.MessageDeduplicationId?', 'string', 'Deduplication ID of the message in a FIFO queue'],
  ['Records[].attributes.SequenceNumber?', 'string', 'Position of the message in a FIFO queue'],
  ['Records[].messageAttributes', 'object', 'Attributes that the sender gave the message'],
  ['Records[].md5OfBody', 'string', 'MD5 of the body. Nothing checks it here'],
  ['Records[].eventSource', 'string', 'Says what the event is: "aws:sqs"'],
  ['Records[].eventSourceARN', 'string', 'ARN of the queue'],
  ['Records[].awsRegion', 'string', 'AWS Region of the queue'],
);

const SNS = shape(
  RECORDS,
  RECORD,
  ['Records[].EventSource', 'string', 'Says what the event is: "aws:sns"'],
  ['Records[].EventVersion', 'string', 'Version of the format'],
  ['Records[].EventSubscriptionArn', 'string', 'ARN of the subscription'],
  ['Records[].Sns', 'object', 'The message'],
  ['Records[].Sns.Type', 'string', '"Notification"'],
  ['Records[].Sns.MessageId', 'string', 'ID of the message. It names the run'],
  ['Records[].Sns.TopicArn', 'string', 'ARN of the topic'],
  ['Records[].Sns.Subject', 'string or null', 'Subject that the sender gave the message'],
  ['Records[].Sns.Message', 'string', 'The message, as a string. JSON in it has escaped quotes'],
  ['Records[].Sns.Timestamp', 'string', 'When it was sent'],
  ['Records[].Sns.MessageAttributes', 'object', 'Attributes that the sender gave the message'],
);

const KINESIS = shape(
  RECORDS,
  RECORD,
  ['Records[].kinesis', 'object', 'The record'],
  ['Records[].kinesis.partitionKey', 'string', 'Key that selects the shard'],
  ['Records[].kinesis.sequenceNumber', 'string', 'Position of the record in its shard'],
  ['Records[].kinesis.data', 'string', 'The record in Base64'],
  ['Records[].kinesis.approximateArrivalTimestamp', 'number', 'When it arrived, in seconds since 1970'],
  ['Records[].kinesis.kinesisSchemaVersion?', 'string', 'Version of the format'],
  ['Records[].eventID', 'string', 'Shard and position. With the ARN of the stream it names the run'],
  ['Records[].eventSource', 'string', 'Says what the event is: "aws:kinesis"'],
  ['Records[].eventName', 'string', '"aws:kinesis:record"'],
  ['Records[].eventSourceARN', 'string', 'ARN of the stream'],
  ['Records[].awsRegion', 'string', 'AWS Region of the stream'],
);

const DYNAMO_DB = shape(
  RECORDS,
  RECORD,
  ['Records[].eventID', 'string', 'ID of the change. With the ARN of the stream it names the run'],
  ['Records[].eventName', 'string', 'INSERT, MODIFY or REMOVE'],
  ['Records[].eventSource', 'string', 'Says what the event is: "aws:dynamodb"'],
  ['Records[].eventSourceARN', 'string', 'ARN of the stream'],
  ['Records[].awsRegion', 'string', 'AWS Region of the table'],
  ['Records[].dynamodb', 'object', 'The change'],
  ['Records[].dynamodb.Keys', 'object', 'Key of the item, such as {"id": {"S": "1001"}}'],
  ['Records[].dynamodb.NewImage?', 'object', 'The item after the change'],
  ['Records[].dynamodb.OldImage?', 'object', 'The item before the change'],
  ['Records[].dynamodb.SequenceNumber', 'string', 'Position of the change in the stream'],
  ['Records[].dynamodb.SizeBytes?', 'number', 'Size of the change in bytes'],
  ['Records[].dynamodb.StreamViewType?', 'string', 'What the stream has of each change'],
  ['Records[].dynamodb.ApproximateCreationDateTime?', 'number', 'When it was made, in seconds since 1970'],
);

const S3 = shape(
  RECORDS,
  RECORD,
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
);

const LOGS = shape(
  ['awslogs', 'object', 'Log records'],
  ['awslogs.data', 'string', 'The log records: JSON, compressed by gzip, in Base64. It names the run'],
);

const BY_TYPE: { readonly [type: string]: readonly KnownKey[] } = {
  schedule: shape(...EVENT_BRIDGE),
  'event-bus': shape(...EVENT_BRIDGE),
  'http-api-gateway': HTTP_1,
  'application-load-balancer': LOAD_BALANCER,
  sqs: SQS,
  sns: SNS,
  'kinesis-stream': KINESIS,
  'dynamo-db-stream': DYNAMO_DB,
  s3: S3,
  'cloudwatch-log': LOGS,
};

/**
 * Keys that the events of a type of trigger have. Empty for an unknown type.
 *
 * @param keys of the event's root: some types have two shapes
 */
export function knownKeys(type: string, keys: readonly string[]): readonly KnownKey[] {
  if (type === 's3' && keys.includes('detail-type')) return shape(...EVENT_BRIDGE);
  if (type === 'http-api-gateway' && (keys.includes('routeKey') || keys.includes('rawPath'))) return HTTP_2;
  return Object.hasOwn(BY_TYPE, type) ? (BY_TYPE[type] ?? []) : [];
}
