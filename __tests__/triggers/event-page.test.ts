import { lastPart, listensTo, mappedBox, type PictureContext } from '../../triggers/event-page';
import type { JobEvent } from '../../triggers/events';
import { sourceOf } from '../../triggers/registry';

/** Answers as for a stack that has these arguments, and one name. */
function context(args: { readonly [argument: string]: unknown } = {}, name?: string): PictureContext {
  return {
    argument: (type, argument) => args[`${type}.${argument}`],
    text: (template) => `text of ${template}`,
    value: String,
    nameOf: () => name,
    batch: 'run',
  };
}

const DIRECTIVE = "$ResourceParam('inbox', 'arn')";
const FOREIGN = "$CfResourceParam('Inbox', 'Arn')";
const ARN = 'arn:aws:sqs:eu-west-1:123456789012:orders';

describe('lastPart', () => {
  it.each([
    [ARN, 'orders'],
    ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', 'clicks'],
    ['inbox', 'inbox'],
    [DIRECTIVE, 'inbox'],
    ['$ResourceParam( "inbox" , "arn")', 'inbox'],
    ['$ResourceParam(inbox, arn)', 'inbox'],
    [undefined, ''],
  ])('of %s is %s', (reference, expected) => {
    expect(lastPart(reference)).toBe(expected);
  });
});

describe('listensTo', () => {
  it.each<[string | undefined, object]>([
    ['inbox', { title: 'Queue inbox', companions: ['inbox'] }],
    [DIRECTIVE, { title: 'Queue inbox', companions: ['inbox'] }],
    [FOREIGN, { title: 'Queue Inbox of CloudFormation', companions: [] }],
    [ARN, { title: 'Queue orders', companions: [] }],
    [undefined, { title: 'Queue ', companions: [] }],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026', { title: 'Queue orders', companions: [] }],
    ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', { title: 'Queue clicks', companions: [] }],
    ['arn:aws:events:eu-west-1:123456789012:event-bus/shop', { title: 'Queue shop', companions: [] }],
    ['arn:aws:logs:eu-west-1:123456789012:log-group:/app:*', { title: 'Queue /app', companions: [] }],
    ['arn:aws:s3:::photos', { title: 'Queue photos', companions: [] }],
  ])('%s', (given, box) => {
    expect(listensTo('Queue', given, context())).toEqual(box);
  });

  it('is called as the resource in the Terraform document, if the ARN is one', () => {
    const named = context({}, 'queue of CloudFormation');
    expect(listensTo('Queue', ARN, named, 'made')).toEqual({ title: 'Queue of CloudFormation', companions: [] });
    expect(listensTo('Queue', ARN, named)).toEqual({ title: 'Queue orders', companions: [] });
  });
});

describe('mappedBox', () => {
  it.each<[unknown, string | undefined]>([
    [10, 'up to 10 messages a run'],
    [1, 'up to 1 message a run'],
    [10_000, 'up to 10,000 messages a run'],
    [0, undefined],
    ['10', undefined],
    [undefined, undefined],
  ])('with a batch size of %s: %s', (size, text) => {
    const { detail } = mappedBox(
      'Queue',
      'inbox',
      'message',
      context({ 'aws_lambda_event_source_mapping.batch_size': size }),
    );
    expect(detail).toEqual(text === undefined ? [] : [{ text }]);
  });

  it.each<[object, string]>([
    [{ filter_criteria: { filter: [] } }, 'up to 10 messages a run, filtered'],
    [{ scaling_config: { maximum_concurrency: 1000 } }, 'up to 10 messages a run, 1,000 batches at once'],
    [{ scaling_config: { maximum_concurrency: '${x}' }, filter_criteria: {} }, 'up to 10 messages a run, filtered'],
  ])('with %j: %s', (more, text) => {
    const given = Object.entries({ batch_size: 10, ...more });
    const args = Object.fromEntries(
      given.map(([argument, value]) => [`aws_lambda_event_source_mapping.${argument}`, value]),
    );
    expect(mappedBox('Queue', 'inbox', 'message', context(args)).detail).toEqual([{ text }]);
  });

  it('a function has invocations', () => {
    const of = { ...context({ 'aws_lambda_event_source_mapping.batch_size': 2 }), batch: 'invocation' } as const;
    expect(mappedBox('Queue', 'inbox', 'message', of).detail).toEqual([{ text: 'up to 2 messages an invocation' }]);
  });
});

type Shown = readonly [type: JobEvent['type'], properties: object, label: string, title: string, detail: string];

it.each([
  [{ jobName: 'load', on: ['succeeded'] }, 'after load succeeds'],
  [{ jobName: 'load', on: ['failed', 'stopped'] }, 'after load fails or is stopped'],
  [
    { stateMachineArn: "$ResourceParam('load', 'stateMachineArn')", on: ['succeeded', 'failed', 'stopped'] },
    'after load succeeds, fails or is stopped',
  ],
  [
    { stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load', on: ['failed'] },
    'after shop-load fails',
  ],
])('says after what the end of a run starts a job: %j', (properties, cause) => {
  expect(sourceOf('batch-job').page().cause?.(properties)).toBe(cause);
});

describe('what is shown of an event', () => {
  it.each<Shown>([
    ['sqs', { sqsQueueName: 'inbox' }, 'inbox', 'Queue inbox', ''],
    ['sqs', { sqsQueueArn: ARN }, 'orders', 'Queue orders', ''],
    ['sns', { snsTopicName: 'news' }, 'news', 'Topic news', 'every message'],
    ['batch-job', { jobName: 'load', on: ['succeeded'] }, 'load succeeded', 'Job load', 'succeeded'],
    [
      'batch-job',
      { stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load', on: ['failed', 'stopped'] },
      'shop-load failed or stopped',
      'Job shop-load',
      'failed or stopped',
    ],
    ['sns', { snsTopicName: 'news', filterPolicy: {} }, 'news', 'Topic news', 'messages that match its filter'],
    [
      'kinesis-stream',
      { streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks' },
      'clicks',
      'Stream clicks',
      '',
    ],
    [
      'dynamo-db-stream',
      { streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026' },
      'orders',
      'Table orders',
      '',
    ],
    [
      's3',
      { bucketArn: "$ResourceParam('photos', 'arn')", s3EventType: 's3:ObjectCreated:*' },
      'ObjectCreated:* in photos',
      'Bucket photos',
      'created',
    ],
    [
      's3',
      {
        bucketArn: 'arn:aws:s3:::p',
        s3EventType: 's3:ObjectRemoved:Delete',
        filterRule: { prefix: 'in/', suffix: '.x' },
      },
      'ObjectRemoved:Delete in p',
      'Bucket p',
      'deleted in/*.x',
    ],
    ['s3', { bucketArn: 'arn:aws:s3:::p', s3EventType: 's3:New:*' }, 'New:* in p', 'Bucket p', 's3:New:*'],
    [
      'cloudwatch-log',
      { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:app', filter: '' },
      'app',
      'Log group app',
      'every line',
    ],
    [
      'cloudwatch-log',
      { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:app', filter: 'ERROR' },
      'app',
      'Log group app',
      'lines with ERROR',
    ],
    ['schedule', { scheduleRate: 'rate(1 hour)' }, 'rate(1 hour)', 'Schedule', 'text of rate(1 hour)'],
    [
      'event-bus',
      { eventPattern: { source: ['shop', 'till'], 'detail-type': [{ prefix: 'Order' }] } },
      'shop, till',
      'Default event bus',
      'shop or till, {"prefix":"Order"}',
    ],
    ['event-bus', { eventBusName: 'own', eventPattern: { detail: {} } }, 'pattern', 'Event bus own', 'detail'],
    [
      'http-api-gateway',
      { httpApiGatewayName: 'api', method: '*', path: '/run' },
      '* /run of api',
      'Any method /run',
      'HTTP API api, without an authorizer',
    ],
    [
      'http-api-gateway',
      {
        httpApiGatewayName: 'api',
        method: 'POST',
        path: '/run',
        authorizer: { type: 'cognito', properties: { userPoolName: 'users' } },
      },
      'POST /run of api',
      'POST /run',
      'HTTP API api, users of users',
    ],
    [
      'http-api-gateway',
      {
        httpApiGatewayName: 'api',
        method: 'POST',
        path: '/run',
        authorizer: { type: 'jwt', properties: { issuer: 'https://example.eu.auth0.com/', audience: ['a'] } },
      },
      'POST /run of api',
      'POST /run',
      'HTTP API api, callers with a token of example.eu.auth0.com',
    ],
    [
      'http-api-gateway',
      {
        httpApiGatewayName: 'api',
        method: 'GET',
        path: '/run',
        authorizer: { type: 'lambda', properties: { functionName: 'guard' } },
      },
      'GET /run of api',
      'GET /run',
      'HTTP API api, who guard lets in',
    ],
    [
      'application-load-balancer',
      { loadBalancerName: 'web', priority: 7 },
      'priority 7 of web',
      'Requests',
      'load balancer web',
    ],
    [
      'application-load-balancer',
      {
        loadBalancerName: 'web',
        priority: 7,
        listenerPort: 443,
        methods: ['GET', 'PUT'],
        paths: ['/a'],
        hosts: ['b.c'],
      },
      '/a of web',
      'GET or PUT /a or b.c',
      'load balancer web, port 443',
    ],
  ])('%s %j: %s', (type, properties, label, title, detail) => {
    const page = sourceOf(type).page();
    const box = page.box(properties, context());
    expect([page.label(properties), box.title, box.detail.map(({ text }) => text).join('')]).toEqual([
      label,
      title,
      detail,
    ]);
  });

  it.each([
    ['ObjectRestore', 'restored'],
    ['ObjectTagging', 'tagged'],
    ['ObjectAcl', 'access list changed'],
    ['LifecycleExpiration', 'expired'],
    ['LifecycleTransition', 'moved to another storage class'],
    ['ReducedRedundancyLostObject', 'lost'],
    ['IntelligentTiering', 'archived'],
    ['Replication', 'replication'],
  ])('s3 %s: %s', (kind, text) => {
    const properties = { bucketArn: 'arn:aws:s3:::p', s3EventType: `s3:${kind}:*` };
    expect(sourceOf('s3').page().box(properties, context()).detail).toEqual([{ text }]);
  });

  it.each<[JobEvent['type'], object]>([
    ['sqs', { sqsQueueName: 'own' }],
    ['http-api-gateway', { httpApiGatewayName: 'own', method: 'GET', path: '/' }],
    ['application-load-balancer', { loadBalancerName: 'own', priority: 1 }],
    ['event-bus', { eventBusName: 'own', eventPattern: {} }],
    ['batch-job', { stateMachineArn: "$ResourceParam('own', 'arn')", on: ['succeeded'] }],
  ])('%s is next to the resource of the config that it listens to', (type, properties) => {
    expect(sourceOf(type).page().box(properties, context()).companions).toEqual(['own']);
  });

  it.each([{ jobName: 'own' }, { stateMachineArn: "$ResourceParam('own', 'stateMachineArn')" }])(
    'batch-job with %j says which job of the config it is',
    (other) => {
      const box = sourceOf('batch-job')
        .page()
        .box({ ...other, on: ['succeeded', 'failed'] }, context());
      const detail = [{ text: 'succeeded or failed' }];
      expect(box).toEqual({ title: 'Job own', detail, companions: [], job: 'own' });
    },
  );

  it('is the schedule that Terraform got', () => {
    const made = context({ 'aws_cloudwatch_event_rule.schedule_expression': 'rate(2 hours)' });
    const { schedule, box } = sourceOf('schedule').page();
    expect(schedule?.({ scheduleRate: 'rate(1 hour)' })).toBe('rate(1 hour)');
    expect(box({ scheduleRate: 'rate(1 hour)' }, made).schedule).toBe('text of rate(2 hours)');
  });
});

describe('the box of a schedule of EventBridge Scheduler', () => {
  it('has its time zone and dates, for its next times', () => {
    const made = context({ 'aws_scheduler_schedule.schedule_expression': 'cron(0 9 * * ? *)' });
    const { box, label, timing } = sourceOf('schedule').page();
    const given = { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Europe/Berlin', flexibleMinutes: 5 };
    expect(box(given, made)).toMatchObject({
      detail: [{ text: 'text of cron(0 9 * * ? *) Europe/Berlin within 5 min', isCode: true }],
      schedule: 'text of cron(0 9 * * ? *)',
      limits: { timezone: 'Europe/Berlin' },
    });
    expect(label({ ...given, endDate: '2027-01-01T00:00:00Z' })).toBe(
      'cron(0 9 * * ? *) Europe/Berlin until 2027-01-01T00:00:00Z within 5 min',
    );
    expect(timing?.(given)).toBe(given);
  });
});

it('says that Lambda refuses to read a stream from a time to come', () => {
  const { advice } = sourceOf('kinesis-stream').page();
  const startingPositionTimestamp = '2026-03-01T00:00:00Z';
  expect(advice?.({ startingPositionTimestamp }, new Date('2026-03-01T00:00:00Z'))).toBeUndefined();
  expect(advice?.({}, new Date(0))).toBeUndefined();
  expect(advice?.({ startingPositionTimestamp: '${token}' }, new Date(0))).toBeUndefined();
  expect(advice?.({ startingPositionTimestamp }, new Date('2026-02-28T23:59:59Z'))).toEqual({
    property: 'startingPositionTimestamp',
    message: 'this time is in the future. Lambda refuses it until then',
  });
  const filters = Array.from({ length: 6 }, () => ({ pattern: { data: ['a'] } }));
  expect(advice?.({ filterCriteria: { filters } })).toMatchObject({ property: 'filterCriteria' });
});

describe('advice', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  const over = { property: 'scheduleRate', message: expect.stringContaining('never fires again') };
  const started = { property: 'startDate', message: expect.stringContaining('the start has passed') };

  it.each<[object, unknown]>([
    [{ scheduleRate: 'at(2026-11-26T11:00:00)' }, over],
    [{ scheduleRate: 'at(2026-11-26T13:00:00)', timezone: 'Europe/Berlin' }, over],
    [{ scheduleRate: 'at(2026-11-26T13:30:00)', timezone: 'Europe/Berlin' }, undefined],
    [{ scheduleRate: 'rate(1 hour)', endDate: '2026-11-26T11:59:59Z' }, over],
    [{ scheduleRate: 'rate(1 hour)', startDate: '2026-11-26T11:00:00Z' }, started],
    [{ scheduleRate: 'rate(1 hour)', startDate: '2026-11-26T11:56:00Z' }, undefined],
    // A rule: its year was always accepted without a hint.
    [{ scheduleRate: 'cron(0 9 * * ? 2020)' }, undefined],
  ])('about %j: %j', (properties, expected) => {
    expect(sourceOf('schedule').page().advice?.(properties, now)).toEqual(expected);
  });

  it('is about a pattern that is longer than an account takes at first', () => {
    const { advice } = sourceOf('event-bus').page();
    expect(advice?.({ eventPattern: { source: ['shop'] } })).toBeUndefined();
    expect(advice?.({ eventPattern: { source: ['x'.repeat(5_000)] } })).toEqual({
      property: 'eventPattern',
      message: expect.stringContaining('characters of JSON'),
    });
  });
});

describe('requests', () => {
  const api = (method: string, path: string) =>
    sourceOf('http-api-gateway').page().requests?.({ httpApiGatewayName: 'api', method, path });

  it('to an HTTP API', () => {
    expect(api('POST', '/run')).toEqual({ to: 'http-api', name: 'api', method: 'POST', paths: ['/run'] });
    expect(api('*', '*')).toEqual({ to: 'http-api', name: 'api', method: 'ANY', paths: ['/*'] });
    expect(api('*', '$default')).toMatchObject({ paths: ['/*'] });
  });

  it('to a load balancer', () => {
    const { requests } = sourceOf('application-load-balancer').page();
    expect(requests?.({ loadBalancerName: 'web', paths: ['/a'] })).toEqual({
      to: 'load-balancer',
      name: 'web',
      paths: ['/a'],
    });
    expect(requests?.({ loadBalancerName: 'web' })).toMatchObject({ paths: [''] });
  });
});
