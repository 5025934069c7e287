/** Events as AWS documents them, reduced to what distinguishes them. Each call returns a new copy, so tests can change it. */

export const httpApiV2 = (change: { key?: string; requestId?: string; path?: string; method?: string } = {}) => ({
  version: '2.0',
  routeKey: 'POST /jobs',
  rawPath: change.path ?? '/jobs',
  rawQueryString: 'a=1',
  headers: { 'content-type': 'application/json', ...(change.key ? { 'idempotency-key': change.key } : {}) },
  requestContext: {
    accountId: '123456789012',
    apiId: 'api1',
    http: { method: change.method ?? 'POST', path: '/jobs', sourceIp: '192.0.2.1' },
    requestId: change.requestId ?? 'JKJaXmPLvHcESHA=',
    stage: '$default',
    timeEpoch: 1583348638390,
  },
  body: '{"size":3}',
  isBase64Encoded: false,
});

export const httpApiV1 = (change: { key?: string; requestId?: string; path?: string } = {}) => {
  const headers = { 'Content-Type': 'application/json', ...(change.key ? { 'Idempotency-Key': change.key } : {}) };
  return {
    version: '1.0',
    resource: '/jobs',
    path: change.path ?? '/jobs',
    httpMethod: 'POST',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { apiId: 'api1', requestId: change.requestId ?? 'JKJaXmPLvHcESHA=', httpMethod: 'POST' },
    body: '{"size":3}',
    isBase64Encoded: false,
  };
};

const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/jobs/6d0ecf831eec9f09';

export const alb = (headers: Record<string, string> = {}) => ({
  requestContext: { elb: { targetGroupArn: TARGET_GROUP } },
  httpMethod: 'GET',
  path: '/lambda',
  queryStringParameters: { query: '1234ABCD' },
  headers: { host: 'lb.example.com', 'x-amzn-trace-id': 'Root=1-5c536348-3d683b8b04734faae651f476', ...headers },
  body: '',
  isBase64Encoded: false,
});

export const albMultiValue = (headers: Record<string, string> = {}) => {
  const { headers: single, ...event } = alb(headers);
  const multiValueHeaders = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
  return { ...event, multiValueHeaders };
};

export const albHealthCheck = () => ({
  requestContext: { elb: { targetGroupArn: TARGET_GROUP } },
  httpMethod: 'GET',
  path: '/',
  queryStringParameters: {},
  headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
  body: '',
  isBase64Encoded: false,
});

export const sqs = (messageIds: readonly string[], receiveCount = 1, body = 'Test message.') => ({
  Records: messageIds.map((messageId) => ({
    messageId,
    receiptHandle: `handle-${messageId}-${receiveCount}`,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: '1545082649183' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:my-queue',
    awsRegion: 'eu-west-1',
  })),
});

export const sns = (messageId: string) => ({
  Records: [
    {
      EventVersion: '1.0',
      EventSource: 'aws:sns',
      EventSubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:topic:21be56ed-a058-49f5-8c98-aedd2564c486',
      Sns: { MessageId: messageId, TopicArn: 'arn:aws:sns:eu-west-1:123456789012:topic', Message: 'Hello!' },
    },
  ],
});

export const kinesis = (eventIds: readonly string[], stream = 'orders') => ({
  Records: eventIds.map((eventID) => ({
    kinesis: { partitionKey: '1', sequenceNumber: eventID.split(':')[1], data: 'SGVsbG8=' },
    eventSource: 'aws:kinesis',
    eventID,
    eventSourceARN: `arn:aws:kinesis:eu-west-1:123456789012:stream/${stream}`,
  })),
});

export const dynamoDb = (eventIds: readonly string[]) => ({
  Records: eventIds.map((eventID) => ({
    eventID,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: { Keys: { Id: { N: '101' } }, SequenceNumber: '111' },
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2024-06-10T19:26:16.525',
  })),
});

export interface S3Change {
  bucket?: string;
  key?: string;
  eventName?: string;
  versionId?: string;
  sequencer?: string;
  eventTime?: string;
}

export const s3 = (change: S3Change = {}) => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      eventTime: change.eventTime ?? '2024-09-03T19:37:27.192Z',
      eventName: change.eventName ?? 'ObjectCreated:Put',
      s3: {
        bucket: { name: change.bucket ?? 'uploads', arn: 'arn:aws:s3:::uploads' },
        object: {
          key: change.key ?? 'b21b84d653bb07b05b1e6b33684dc11b',
          size: 1305107,
          ...('versionId' in change ? { versionId: change.versionId } : {}),
          ...('sequencer' in change ? { sequencer: change.sequencer } : { sequencer: '0C0F6F405D6ED209E1' }),
        },
      },
    },
  ],
});

export const s3TestEvent = () => ({
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: '2024-10-13T15:57:02.089Z',
  Bucket: 'uploads',
  RequestId: '5582815E1AEA5ADF',
  HostId: '8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR',
});

export const eventBridge = (id: string) => ({
  version: '0',
  id,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2024-10-08T16:53:06Z',
  region: 'eu-west-1',
  resources: ['arn:aws:events:eu-west-1:123456789012:rule/my-schedule'],
  detail: {},
});

export const cloudWatchLogs = (data: string) => ({ awslogs: { data } });
