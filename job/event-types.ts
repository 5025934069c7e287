/** Names and values, as HTTP has them. */
interface Fields {
  [name: string]: string | undefined;
}

interface ListFields {
  [name: string]: string[] | undefined;
}

/**
 * What EventBridge sends: a trigger of type `event-bus` without `input`, `inputPath` and `inputTransformer`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-structure.html
 */
export interface EventBridgeEvent<Detail = unknown, DetailType extends string = string> {
  version: string;
  id: string;
  'detail-type': DetailType;
  source: string;
  account: string;
  /** ISO 8601, in whole seconds: `2026-01-01T14:00:00Z`. */
  time: string;
  region: string;
  resources: string[];
  detail: Detail;
  /** Of an archive's replay. */
  'replay-name'?: string;
}

/** What a `schedule` sends without `input`, `inputPath` and `inputTransformer`. Its `time` is the time of the firing. */
export type ScheduleEvent = EventBridgeEvent<Record<string, never>, 'Scheduled Event'>;

/**
 * The end of a run of another job: a trigger of type `batch-job`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export type RunEndEvent = EventBridgeEvent<
  {
    executionArn: string;
    stateMachineArn: string;
    /** Name of the run, such as `load-1a2b...`. */
    name: string;
    status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
    /** Milliseconds since 1970. */
    startDate: number;
    stopDate: number;
    /** JSON of the event that started the run, or of a reference to it: `earlierEvent(end)` reads both. Null if it is not included. */
    input: string | null;
    /** Whether Step Functions included the input. It leaves out more than 248 KB. */
    inputDetails: { included: boolean };
    /** JSON of the AWS Batch job of a run that succeeded. */
    output: string | null;
    outputDetails: { included: boolean } | null;
    /** Of a run that failed. The cause is often the AWS Batch job as JSON. */
    error?: string | null;
    cause?: string | null;
    /** Null: the state machines of jobs have no versions and no aliases. */
    stateMachineVersionArn: string | null;
    stateMachineAliasArn: string | null;
    /** How often somebody redrove the run in Step Functions. */
    redriveCount: number;
    redriveDate: number | null;
    redriveStatus: string;
    redriveStatusReason: string | null;
  },
  'Step Functions Execution Status Change'
>;

/**
 * What Amazon S3 sends: a trigger of type `s3`. One record.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export interface S3Event {
  Records: {
    eventVersion: string;
    eventSource: 'aws:s3';
    awsRegion: string;
    /** ISO 8601. */
    eventTime: string;
    /** Without `s3:`, such as `ObjectCreated:Put`. */
    eventName: string;
    userIdentity: { principalId: string };
    requestParameters: { sourceIPAddress: string };
    responseElements: { 'x-amz-request-id': string; 'x-amz-id-2': string };
    s3: {
      s3SchemaVersion: string;
      configurationId: string;
      bucket: { name: string; arn: string; ownerIdentity: { principalId: string } };
      object: {
        /** URL-encoded, with `+` for a space: `decodeURIComponent(key.replaceAll('+', ' '))`. */
        key: string;
        /** In bytes. Absent if the object was removed. */
        size?: number;
        eTag?: string;
        /** With versioning. */
        versionId?: string;
        sequencer?: string;
      };
    };
    glacierEventData?: {
      restoreEventData: { lifecycleRestorationExpiryTime: string; lifecycleRestoreStorageClass: string };
    };
  }[];
}

/** What an `s3` trigger with `useEventBridge` sends. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export type S3EventBridgeEvent = EventBridgeEvent<{
  version: string;
  bucket: { name: string };
  /** The key is not encoded. */
  object: { key: string; size?: number; etag?: string; 'version-id'?: string; sequencer?: string };
  'request-id'?: string;
  requester?: string;
  'source-ip-address'?: string;
  reason?: string;
  'deletion-type'?: string;
}>;

/** A batch of messages: a trigger of type `sqs`. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface SqsEvent {
  Records: {
    messageId: string;
    receiptHandle: string;
    /** As it was sent: often JSON, for `JSON.parse`. */
    body: string;
    attributes: {
      ApproximateReceiveCount: string;
      /** Milliseconds since 1970. */
      SentTimestamp: string;
      SenderId: string;
      ApproximateFirstReceiveTimestamp: string;
      AWSTraceHeader?: string;
      DeadLetterQueueSourceArn?: string;
      /** FIFO queues. */
      SequenceNumber?: string;
      MessageGroupId?: string;
      MessageDeduplicationId?: string;
    };
    messageAttributes: {
      [name: string]: {
        dataType: string;
        stringValue?: string;
        /** In base64. */
        binaryValue?: string;
        stringListValues?: string[];
        binaryListValues?: string[];
      };
    };
    md5OfBody: string;
    md5OfMessageAttributes?: string;
    eventSource: 'aws:sqs';
    eventSourceARN: string;
    awsRegion: string;
  }[];
}

/** One message: a trigger of type `sns`. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export interface SnsEvent {
  Records: {
    EventVersion: string;
    EventSource: 'aws:sns';
    EventSubscriptionArn: string;
    Sns: {
      Type: string;
      MessageId: string;
      TopicArn: string;
      Subject: string | null;
      /** As it was published: often JSON, for `JSON.parse`. */
      Message: string;
      /** ISO 8601. */
      Timestamp: string;
      MessageAttributes: { [name: string]: { Type: string; Value: string } };
      SignatureVersion: string;
      Signature: string;
      SigningCertUrl: string;
      UnsubscribeUrl: string;
    };
  }[];
}

/** A batch of records: a trigger of type `kinesis-stream`. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export interface KinesisEvent {
  Records: {
    kinesis: {
      kinesisSchemaVersion: string;
      partitionKey: string;
      sequenceNumber: string;
      /** In base64: `Buffer.from(data, 'base64')`. */
      data: string;
      /** Seconds since 1970, with a fraction. */
      approximateArrivalTimestamp: number;
    };
    eventSource: 'aws:kinesis';
    eventVersion: string;
    eventID: string;
    eventName: string;
    invokeIdentityArn: string;
    awsRegion: string;
    eventSourceARN: string;
  }[];
}

/** A value with its type, as DynamoDB writes it: `{ S: 'text' }`, `{ N: '7' }`. Binary values are in base64. */
export type DynamoDbValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { L: DynamoDbValue[] }
  | { M: { [name: string]: DynamoDbValue } }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

/** A batch of changes: a trigger of type `dynamo-db-stream`. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface DynamoDbStreamEvent {
  Records: {
    eventID: string;
    eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
    eventVersion: string;
    eventSource: 'aws:dynamodb';
    awsRegion: string;
    eventSourceARN: string;
    dynamodb: {
      /** Seconds since 1970. */
      ApproximateCreationDateTime: number;
      Keys: { [name: string]: DynamoDbValue };
      /** If the stream has it, and the item was not removed. */
      NewImage?: { [name: string]: DynamoDbValue };
      /** If the stream has it, and the item was there before. */
      OldImage?: { [name: string]: DynamoDbValue };
      SequenceNumber: string;
      SizeBytes: number;
      StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
    };
    /** Of an item that its time to live has removed. */
    userIdentity?: { type: string; principalId: string };
  }[];
}

/**
 * Records of a log group, compressed: a trigger of type `cloudwatch-log`. A {@link CloudWatchLogsData} is
 * `JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
 */
export interface CloudWatchLogsEvent {
  awslogs: {
    /** JSON, compressed with gzip, in base64. */
    data: string;
  };
}

/** What a {@link CloudWatchLogsEvent} holds. */
export interface CloudWatchLogsData {
  messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE';
  owner: string;
  logGroup: string;
  logStream: string;
  subscriptionFilters: string[];
  logEvents: {
    id: string;
    /** Milliseconds since 1970. */
    timestamp: number;
    message: string;
    extractedFields?: { [name: string]: string | undefined };
  }[];
}

/** A request: a trigger of type `http-api-gateway` with `payloadFormat: '2.0'`. */
export interface HttpApiEventV2 {
  version: '2.0';
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  /** Names are in lower case. Values of a header that was sent more than once are joined by commas. */
  headers: Fields;
  queryStringParameters?: Fields;
  pathParameters?: Fields;
  stageVariables?: Fields;
  requestContext: {
    accountId: string;
    apiId: string;
    /** With an authorizer: `jwt` from Amazon Cognito, `lambda` from a function. */
    authorizer?: {
      jwt?: { claims: { [name: string]: unknown }; scopes: string[] | null };
      lambda?: { [name: string]: unknown } | null;
    };
    domainName: string;
    domainPrefix: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    requestId: string;
    routeKey: string;
    stage: string;
    time: string;
    /** Milliseconds since 1970. */
    timeEpoch: number;
  };
  /** Absent if the request has none. */
  body?: string;
  isBase64Encoded: boolean;
}

/**
 * A request: a trigger of type `http-api-gateway` with `payloadFormat: '1.0'`, the default.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface HttpApiEvent {
  version: '1.0';
  resource: string;
  path: string;
  httpMethod: string;
  headers: Fields;
  multiValueHeaders: ListFields;
  queryStringParameters: Fields | null;
  multiValueQueryStringParameters: ListFields | null;
  pathParameters: Fields | null;
  stageVariables: Fields | null;
  requestContext: {
    accountId: string;
    apiId: string;
    authorizer?: { [name: string]: unknown };
    domainName: string;
    domainPrefix: string;
    httpMethod: string;
    identity: { sourceIp: string; userAgent: string };
    path: string;
    protocol: string;
    requestId: string;
    requestTime: string;
    /** Milliseconds since 1970. */
    requestTimeEpoch: number;
    resourceId: string;
    resourcePath: string;
    stage: string;
  };
  body: string | null;
  isBase64Encoded: boolean;
}

/**
 * A request: a trigger of type `application-load-balancer`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface AlbEvent {
  requestContext: { elb: { targetGroupArn: string } };
  httpMethod: string;
  path: string;
  /** URL-encoded, as the client sent them. */
  queryStringParameters: Fields;
  /** Names are in lower case. Of a header that was sent more than once, the last value. */
  headers: Fields;
  /** All values of each query parameter, instead of `queryStringParameters`, with `multiValueHeaders: true`. */
  multiValueQueryStringParameters?: ListFields;
  /** All values of each header, instead of `headers`, with `multiValueHeaders: true`. */
  multiValueHeaders?: ListFields;
  /** Empty if the request has none. */
  body: string;
  isBase64Encoded: boolean;
}
