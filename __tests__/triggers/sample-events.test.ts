import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { localJob } from '../../cli/local/local-job';
import { shapeDifferences } from '../../cli/model/event-check';
import { type JsonNode, parsedJson } from '../../cli/model/json-text';
import { parse } from '../../modules/config/parse';
import { identity } from '../../modules/orchestration/trigger/identity';
import { ignoredEvent } from '../../modules/orchestration/trigger/ignored-event';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { type JobEvent, event as schema } from '../../triggers/events';
import { matches } from '../../triggers/patterns/matches';
import { sourceOf } from '../../triggers/registry';
import { isOnEventBridge, s3EventPattern } from '../../triggers/s3/event-pattern';
import { S3_EVENT_TYPES } from '../../triggers/s3/schema';
import type { SampleContext } from '../../triggers/sample-context';
import { sampleEvent } from '../../triggers/sample-events';
import { tenTriggers } from '../e2e/ten-triggers';

const E2E = join(__dirname, '..', 'e2e');
const NOW = new Date('2026-03-12T19:03:58.500Z');

function uuids() {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

const loaded = { file: join(E2E, 'ten-triggers.ts'), config: parse(batchJobsConfig, tenTriggers, 'test') };
const job = localJob(loaded, 'job', { now: () => NOW, uuid: uuids() });
const arn = (rest: string) => `arn:aws:${rest.replace(/^(\w+):/, '$1:eu-west-1:000000000000:')}`;

const EXPECTED: { readonly [Type in JobEvent['type']]: readonly [kind: string, event: object] } = {
  'http-api-gateway': [
    'http-api',
    { version: '1.0', httpMethod: 'POST', path: '/open/sample-id', pathParameters: { id: 'sample-id' } },
  ],
  'application-load-balancer': ['alb', { httpMethod: 'POST', path: '/start' }],
  schedule: ['eventbridge', { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-03-12T19:03:58Z' }],
  'event-bus': ['eventbridge', { source: 'shop' }],
  sns: ['sns', { Records: [{ Sns: { TopicArn: arn('sns:ten-triggers-topic') } }] }],
  sqs: ['sqs', { Records: [{ eventSourceARN: arn('sqs:ten-triggers-queue') }] }],
  'kinesis-stream': ['kinesis', { Records: [{ eventSourceARN: arn('kinesis:stream/ten-triggers-stream') }] }],
  'dynamo-db-stream': ['dynamodb', { Records: [{ dynamodb: { Keys: { id: { S: '1001' } } } }] }],
  s3: ['s3', { Records: [{ s3: { bucket: { name: 'ten-triggers-bucket' }, object: { key: 'orders/sample.json' } } }] }],
  'cloudwatch-log': ['logs', { awslogs: { data: expect.any(String) } }],
  'batch-job': [
    'eventbridge',
    {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      time: '2026-03-12T19:03:58Z',
      detail: {
        stateMachineArn: arn('states:stateMachine:ten-triggers-earlier'),
        status: 'SUCCEEDED',
        startDate: NOW.getTime() - 60_000,
        stopDate: NOW.getTime(),
        input: '{}',
        inputDetails: { included: true },
        error: null,
      },
    },
  ],
};

test.each(Object.entries(EXPECTED))(
  '%s: made of the settings, and told apart by the trigger function',
  (type, [kind, expected]) => {
    const event = job.events.find((item) => item.type === type) as JobEvent;
    const [first, second] = [
      sampleEvent(event, job.sampleContext),
      sampleEvent(event, { ...job.sampleContext, now: new Date() }),
    ];
    expect(first).toMatchObject(expected);
    expect(differencesOf(event.type, first)).toEqual([]);
    expect(ignoredEvent(first)).toBeUndefined();
    expect(identity(first, { awsRequestId: 'request' }).kind).toBe(kind);
    // A run of the same sample later is another event.
    expect(identity(second, { awsRequestId: 'request' })).not.toEqual(identity(first, { awsRequestId: 'request' }));
  },
);

/** How the console's editor says that an event differs from those of its type. */
function differencesOf(type: string, event: unknown) {
  return shapeDifferences(
    sourceOf(type as JobEvent['type']).facts(),
    parsedJson(JSON.stringify(event)).root as JsonNode,
  );
}

const CONTEXT: SampleContext = {
  guesses: [],
  stackName: 'shop',
  region: 'eu-west-1',
  account: '000000000000',
  jobName: 'report',
  now: NOW,
  uuid: uuids(),
  physicalName: (given) => ('name' in given ? `shop-${given.name}` : (given.arn.split(/[:/]/).at(-1) ?? '')),
  payloadFormat: () => '2.0',
  tableKeys: () => [
    { name: 'id', type: 'number' },
    { name: 'hash', type: 'binary' },
  ],
};

/** The sample of an event as a person writes it. */
const sample = (event: object) => sampleEvent(schema.parse(event), CONTEXT);

test.each<[string, object, unknown]>([
  [
    'a route of the gateway in its own format',
    { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: '/a/{proxy+}' } },
    {
      version: '2.0',
      routeKey: 'GET /a/{proxy+}',
      rawPath: '/a/sample/path',
      requestContext: { time: '12/Mar/2026:19:03:58 +0000' },
    },
  ],
  [
    'the route for all others',
    { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: '*', path: '*' } },
    { routeKey: '$default', rawPath: '/sample', body: '{"orderId":"1001"}' },
  ],
  [
    'a user of a pool',
    {
      type: 'http-api-gateway',
      properties: {
        httpApiGatewayName: 'api',
        method: 'POST',
        path: '/x',
        authorizer: { type: 'cognito', properties: { userPoolName: 'pool' } },
      },
    },
    {
      headers: { authorization: 'Bearer sample-token' },
      rawQueryString: '',
      requestContext: { authorizer: { jwt: { claims: { sub: 'sample-user' } } } },
    },
  ],
  [
    'a caller with a token of another issuer',
    {
      type: 'http-api-gateway',
      properties: {
        httpApiGatewayName: 'api',
        method: 'POST',
        path: '/x',
        authorizer: {
          type: 'jwt',
          properties: { issuer: 'https://example.com/', audience: ['reports'], authorizationScopes: ['start', 'x'] },
        },
      },
    },
    {
      headers: { authorization: 'Bearer sample-token' },
      requestContext: {
        authorizer: {
          jwt: { claims: { iss: 'https://example.com/', sub: 'sample-user', aud: 'reports', scope: 'start' } },
        },
      },
    },
  ],
  [
    "what a function's authorizer looks at",
    {
      type: 'http-api-gateway',
      properties: {
        httpApiGatewayName: 'api',
        method: 'POST',
        path: '/x',
        payloadFormat: '1.0',
        authorizer: {
          type: 'lambda',
          properties: { functionName: 'f', identitySources: ['$request.header.X-Key', '$request.querystring.key'] },
        },
      },
    },
    {
      headers: { 'x-key': 'sample-token' },
      queryStringParameters: { key: 'sample-token' },
      multiValueQueryStringParameters: { key: ['sample-token'] },
    },
  ],
  [
    "a load balancer's conditions",
    {
      type: 'application-load-balancer',
      properties: {
        loadBalancerName: 'balancer',
        priority: 1,
        paths: ['/jobs/*'],
        hosts: ['*.example.com'],
        headers: [{ headerName: 'X-Tenant', values: ['a?c'] }],
        queryParams: [{ paramName: 'v', values: ['1'] }],
      },
    },
    {
      path: '/jobs/sample',
      headers: { host: 'sample.example.com', 'x-tenant': 'aac' },
      queryStringParameters: { v: '1' },
    },
  ],
  [
    'all values of headers and query parameters',
    {
      type: 'application-load-balancer',
      properties: {
        loadBalancerName: 'balancer',
        priority: 1,
        headers: [{ headerName: 'X-Tenant', values: ['abc'] }],
        queryParams: [{ paramName: 'v', values: ['1'] }],
        multiValueHeaders: true,
      },
    },
    {
      multiValueHeaders: { 'x-tenant': ['abc'], 'x-amzn-trace-id': [expect.stringMatching(/^Root=1-/)] },
      multiValueQueryStringParameters: { v: ['1'] },
    },
  ],
  [
    'a schedule of EventBridge Scheduler',
    { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', flexibleMinutes: 5 } },
    {
      version: '0',
      id: `${arn('scheduler:schedule/default/shop-report')}/2026-03-12T19:03:58Z`,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '000000000000',
      time: '2026-03-12T19:03:58Z',
      region: 'eu-west-1',
      resources: [arn('scheduler:schedule/default/shop-report')],
      detail: {},
    },
  ],
  [
    'its input, without the event around it',
    { type: 'schedule', properties: { scheduleRate: 'at(2026-03-12T19:03:58)', input: { full: false } } },
    { full: false },
  ],
  ['a fixed input', { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: [1] } }, [1]],
  [
    'a part',
    { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', inputPath: '$.resources[0]' } },
    arn('events:rule/shop-report'),
  ],
  [
    'a template',
    {
      type: 'schedule',
      properties: {
        scheduleRate: 'rate(1 day)',
        inputTransformer: {
          inputPathsMap: { at: '$.time', where: '$.region' },
          inputTemplate:
            '{"at": <at>, "text": "in <where>", "by": <aws.events.rule-name>, "event": <aws.events.event>}',
        },
      },
    },
    {
      at: '2026-03-12T19:03:58Z',
      text: 'in eu-west-1',
      by: 'sample-rule',
      event: expect.not.objectContaining({ detail: expect.anything() }),
    },
  ],
  [
    'a pattern',
    {
      type: 'event-bus',
      properties: {
        useDefaultBus: true,
        eventPattern: {
          source: [{ prefix: 'shop.' }],
          'detail-type': ['Order placed'],
          detail: {
            total: [{ numeric: ['>', 10, '<=', 20] }],
            gift: [{ exists: false }],
            $or: [{ a: ['x'] }, { b: ['y'] }],
          },
        },
      },
    },
    { source: 'shop.sample', 'detail-type': 'Order placed', detail: { total: 15, a: 'x' } },
  ],
  [
    "a topic's filter",
    { type: 'sns', properties: { snsTopicArn: arn('sns:orders'), filterPolicy: { kind: ['gift'], count: [3] } } },
    {
      Records: [
        {
          Sns: {
            TopicArn: arn('sns:orders'),
            MessageAttributes: { kind: { Type: 'String', Value: 'gift' }, count: { Type: 'Number', Value: '3' } },
          },
        },
      ],
    },
  ],
  [
    'a FIFO queue',
    { type: 'sqs', properties: { sqsQueueArn: arn('sqs:orders.fifo') } },
    { Records: [{ eventSourceARN: arn('sqs:orders.fifo'), attributes: { MessageGroupId: 'orders' } }] },
  ],
  [
    'messages that match a filter',
    {
      type: 'sqs',
      properties: {
        sqsQueueArn: arn('sqs:orders'),
        filterCriteria: { filters: [{ pattern: { body: { kind: ['gift'] } } }, { pattern: { body: ['x'] } }] },
      },
    },
    {
      Records: [{ body: '{"orderId":"1001","kind":"gift"}', md5OfBody: '30005d947221883415f1be2b6d7ee6d1' }],
    },
  ],
  [
    'records that match a filter',
    {
      type: 'kinesis-stream',
      properties: {
        streamArn: arn('kinesis:stream/clicks'),
        filterCriteria: { filters: [{ pattern: { data: ['text'], partitionKey: ['eu'] } }] },
      },
    },
    { Records: [{ kinesis: { data: 'dGV4dA==', partitionKey: 'eu' } }] },
  ],
  [
    'changes that match a filter',
    {
      type: 'dynamo-db-stream',
      properties: {
        streamArn: arn('dynamodb:table/orders/stream/2026-01-01T00:00:00.000'),
        filterCriteria: { filters: [{ pattern: { dynamodb: { NewImage: { status: { S: ['paid'] } } } } }] },
      },
    },
    { Records: [{ eventName: 'INSERT', dynamodb: { NewImage: { status: { S: 'paid' } } } }] },
  ],
  [
    "a table's keys",
    {
      type: 'dynamo-db-stream',
      properties: { streamArn: arn('dynamodb:table/orders/stream/2026-01-01T00:00:00.000') },
    },
    { Records: [{ dynamodb: { Keys: { id: { N: '1001' }, hash: { B: 'MTAwMQ==' } } } }] },
  ],
  [
    'a key as S3 writes it',
    {
      type: 's3',
      properties: {
        bucketArn: 'arn:aws:s3:::photos',
        s3EventType: 's3:ObjectRemoved:*',
        filterRule: { prefix: 'a b/ü' },
      },
    },
    {
      Records: [
        { eventName: 'ObjectRemoved:Delete', s3: { bucket: { name: 'photos' }, object: { key: 'a+b/%C3%BCsample' } } },
      ],
    },
  ],
  [
    'a change that comes through EventBridge',
    {
      type: 's3',
      properties: {
        bucketArn: 'arn:aws:s3:::photos',
        s3EventType: 's3:ObjectCreated:Put',
        useEventBridge: true,
        filterRule: { suffix: '.png' },
      },
    },
    {
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: 'photos' }, object: { key: 'sample.png' }, reason: 'PutObject' },
    },
  ],
])('%s', (_, event, expected) => {
  const found = sample(event);
  const { type, properties } = event as { type: string; properties: object };
  if (!/"input/.test(JSON.stringify(properties))) expect(differencesOf(type, found)).toEqual([]);
  if (typeof expected === 'object' && expected !== null && !Array.isArray(expected))
    expect(found).toMatchObject(expected);
  else expect(found).toEqual(expected);
});

test('what is not in an event is not made up', () => {
  const properties = { useDefaultBus: true, eventPattern: { detail: { gift: [{ exists: false }] } } };
  expect(sample({ type: 'event-bus', properties })).toMatchObject({ detail: {} });
  expect(JSON.stringify(sample({ type: 'event-bus', properties }))).not.toContain('gift');
});

test.each([
  ['', 'sample record'],
  ['-timeout "FATAL ERROR" ?WARN', 'FATAL ERROR WARN sample record'],
  [
    '{ $.level = "ERR*" && $.http.status = 500 && $.http.ok != 1 }',
    '{"message":"sample record","level":"ERRsample","http":{"status":500}}',
  ],
])('a record of a log group that the filter %j takes', (filter, message) => {
  const properties = { logGroupArn: arn('logs:log-group:/aws/lambda/orders'), filter };
  const { awslogs } = sample({ type: 'cloudwatch-log', properties }) as { awslogs: { data: string } };
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()).logEvents[0].message).toBe(message);
});

test.each([
  ['{ $.constructor.name = "a" && $.toString = 1 }', { constructor: { name: 'a' }, toString: 1 }],
  ['{ $.message.text = "a" }', { message: { text: 'a' } }],
])('a record in JSON that the filter %s takes, whatever its names mean in JavaScript', (filter, record) => {
  const properties = { logGroupArn: arn('logs:log-group:/aws/lambda/orders'), filter };
  const { awslogs } = sample({ type: 'cloudwatch-log', properties }) as { awslogs: { data: string } };
  const [{ message }] = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()).logEvents;
  expect(Object.entries(JSON.parse(message))).toEqual(expect.arrayContaining(Object.entries(record)));
  expect(Object.name).toBe('Object');
});

test('a record of a log group, packed as CloudWatch packs it', () => {
  const properties = { logGroupArn: arn('logs:log-group:/aws/lambda/orders'), filter: '"ERROR" -timeout' };
  const { awslogs } = sample({ type: 'cloudwatch-log', properties }) as { awslogs: { data: string } };
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toMatchObject({
    messageType: 'DATA_MESSAGE',
    logGroup: '/aws/lambda/orders',
    logEvents: [{ message: 'ERROR sample record', timestamp: NOW.getTime() }],
  });
});

test('a request with all values of headers is told apart by its trace header, and has no single values', () => {
  const properties = { loadBalancerName: 'balancer', priority: 1, paths: ['/x'], multiValueHeaders: true };
  const request = sample({ type: 'application-load-balancer', properties });
  expect(request).not.toHaveProperty('headers');
  expect(request).not.toHaveProperty('queryStringParameters');
  expect(identity(request, { awsRequestId: 'request' })).toMatchObject({
    kind: 'alb',
    parts: ['request', expect.any(String)],
  });
});

test.each(S3_EVENT_TYPES.filter(isOnEventBridge))(
  'a change of the type %s matches its pattern in EventBridge',
  (s3EventType) => {
    const filterRule = { prefix: 'in/', suffix: '.csv' };
    const properties = { bucketArn: 'arn:aws:s3:::photos', s3EventType, filterRule, useEventBridge: true };
    const change = sample({ type: 's3', properties });
    expect(matches(s3EventPattern('photos', { s3EventType, filterRule }), change)).toBe(true);
    expect(matches(s3EventPattern('others', { s3EventType }), change)).toBe(false);
    expect(differencesOf('s3', change)).toEqual([]);
  },
);

test.each(S3_EVENT_TYPES)('a change of the type %s has a name of S3', (s3EventType) => {
  const change = sample({ type: 's3', properties: { bucketArn: 'arn:aws:s3:::photos', s3EventType } });
  const [{ eventName }] = (change as { Records: [{ eventName: string }] }).Records;
  expect(S3_EVENT_TYPES).toContain(`s3:${eventName}`);
  expect(eventName).not.toContain('*');
});
