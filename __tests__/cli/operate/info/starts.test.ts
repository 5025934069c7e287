import type { Addresses } from '../../../../cli/operate/info/addresses';
import { startsOf } from '../../../../cli/operate/info/starts';
import { Optional } from '../../../../cli/operate/optional';
import { answers, batchJob, deploymentOf, fault } from '../fake-aws';

const NOW = new Date('2026-11-27T12:00:00Z');
const NONE = { ListRuleNamesByTarget: {}, ListSchedules: {} };
const WITHOUT_ADDRESS = { api: async () => undefined, loadBalancer: async () => undefined };

async function startsWith(events: readonly object[], aws: object, addresses: object = WITHOUT_ADDRESS) {
  const answer = answers({ ...NONE, ...aws });
  const resources = {
    api: { type: 'http-api-gateway' },
    balancer: { type: 'application-load-balancer' },
    load: batchJob(),
  };
  const deployment = deploymentOf(answer, { properties: { events }, resources });
  const told: string[] = [];
  const optional = new Optional((line) => told.push(line));
  const given = { addresses: addresses as unknown as Addresses, optional, now: NOW };
  const starts = await startsOf(deployment, deployment.jobNamed('report'), given);
  return { starts, told, requests: answer.requests };
}

const schedule = (properties: object) => ({ type: 'schedule', properties });
const inputs = (requests: readonly { name: string; input: object }[], name: string) =>
  requests.flatMap((request) => (request.name === name ? [request.input] : []));

it('is nothing for a job without events, of which only the rules are asked for', async () => {
  const { starts, requests } = await startsWith([], {});
  expect(starts).toEqual([]);
  expect(requests).toEqual([
    {
      name: 'ListRuleNamesByTarget',
      input: { TargetArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop-report-trigger' },
    },
  ]);
});

describe('schedules of EventBridge rules', () => {
  it('are those that AWS has, of all pages, by name, with their next times while they are enabled', async () => {
    const expressions: { [rule: string]: object } = {
      a: { ScheduleExpression: 'cron(0 14 * * ? *)', State: 'ENABLED' },
      b: { ScheduleExpression: 'cron(0 15 * * ? *)', State: 'DISABLED' },
      c: { ScheduleExpression: 'rate(1 day)' },
      pattern: { State: 'ENABLED' },
    };
    const { starts, requests } = await startsWith([schedule({ scheduleRate: 'rate(9 days)' })], {
      ListRuleNamesByTarget: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined ? { RuleNames: ['c', 'b'], NextToken: 'more' } : { RuleNames: ['pattern', 'a'] },
      DescribeRule: ({ Name }: { Name: string }) => expressions[Name],
    });
    expect(starts).toEqual([
      {
        type: 'schedule',
        what: 'cron(0 14 * * ? *)',
        enabled: true,
        next: ['2026-11-27T14:00:00.000Z', '2026-11-28T14:00:00.000Z', '2026-11-29T14:00:00.000Z'],
      },
      { type: 'schedule', what: 'cron(0 15 * * ? *)', enabled: false, next: undefined },
      { type: 'schedule', what: 'rate(1 day)', enabled: true, next: undefined },
    ]);
    expect(inputs(requests, 'ListRuleNamesByTarget')[1]).toMatchObject({ NextToken: 'more' });
  });

  it('are those of the config if AWS does not tell', async () => {
    const { starts, told } = await startsWith([schedule({ scheduleRate: 'rate(9 days)' })], {
      ListRuleNamesByTarget: fault('AccessDenied'),
    });
    expect(starts).toEqual([{ type: 'schedule', what: 'rate(9 days)', next: undefined }]);
    expect(told).toEqual(['States of schedules left out: It failed (AccessDenied).']);
  });
});

describe('schedules of EventBridge Scheduler', () => {
  const events = [
    schedule({ scheduleRate: 'rate(9 days)' }),
    schedule({ scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Asia/Tokyo' }),
  ];
  const Target = { Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop-report-trigger' };
  const aws = (State: string) => ({
    ListSchedules: { Schedules: [{ Name: 'shop-report-1', Target }] },
    GetSchedule: { ScheduleExpression: 'cron(0 8 * * ? *)', ScheduleExpressionTimezone: 'Asia/Tokyo', State },
  });

  it('are those that AWS has, in their time zone', async () => {
    expect((await startsWith(events, aws('ENABLED'))).starts).toEqual([
      {
        type: 'schedule',
        what: 'cron(0 8 * * ? *)',
        timezone: 'Asia/Tokyo',
        enabled: true,
        next: ['2026-11-27T23:00:00.000Z', '2026-11-28T23:00:00.000Z', '2026-11-29T23:00:00.000Z'],
      },
    ]);
    expect((await startsWith(events, aws('DISABLED'))).starts).toMatchObject([{ enabled: false, next: undefined }]);
  });

  it('are in UTC without a time zone', async () => {
    const GetSchedule = { ScheduleExpression: 'at(2026-12-24T18:00:00)', State: 'ENABLED' };
    const { starts } = await startsWith(events, { ...aws('ENABLED'), GetSchedule });
    expect(starts).toMatchObject([{ timezone: 'UTC', next: ['2026-12-24T18:00:00.000Z'] }]);
  });

  it('are those of the config if AWS does not tell, next to the rules', async () => {
    const { starts, told } = await startsWith(events, {
      ListRuleNamesByTarget: fault('AccessDenied', 'events:ListRuleNamesByTarget'),
      ListSchedules: fault('AccessDenied', 'scheduler:ListSchedules'),
    });
    expect(starts).toMatchObject([
      { what: 'rate(9 days)' },
      { what: 'cron(0 9 * * ? *)', timezone: 'Asia/Tokyo', next: expect.arrayContaining(['2026-11-28T00:00:00.000Z']) },
    ]);
    expect(starts[0]).not.toHaveProperty('timezone');
    expect(starts[1]).not.toHaveProperty('enabled');
    const line = 'States of schedules left out: It failed (AccessDenied).';
    expect(told).toEqual([line, line]);
  });
});

describe('queues and streams', () => {
  const events = [{ type: 'sqs', properties: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders' } }];
  const mapping = (EventSourceArn: string, State: string) => ({ EventSourceArn, State });

  it('are those that Lambda has, of all pages, by their names', async () => {
    const { starts, requests } = await startsWith(events, {
      ListEventSourceMappings: ({ Marker }: { Marker?: string }) =>
        Marker === undefined
          ? {
              EventSourceMappings: [
                mapping('arn:aws:sqs:eu-west-1:123456789012:orders', 'Enabled'),
                mapping('arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', 'Disabling'),
              ],
              NextMarker: 'more',
            }
          : {
              EventSourceMappings: [
                mapping(
                  'arn:aws:dynamodb:eu-west-1:123456789012:table/users/stream/2026-11-27T00:00:00.000',
                  'Disabled',
                ),
                mapping('arn:aws:kafka:eu-west-1:123456789012:cluster/', 'Creating'),
                {},
              ],
              NextMarker: '',
            },
    });
    expect(starts).toEqual([
      { type: 'sqs', what: 'orders', enabled: true },
      { type: 'kinesis-stream', what: 'clicks', enabled: false },
      { type: 'dynamo-db-stream', what: 'users', enabled: false },
      { type: 'kafka', what: '', enabled: true },
      { type: '', what: '', enabled: true },
    ]);
    const request = { FunctionName: 'shop-report-trigger' };
    expect(inputs(requests, 'ListEventSourceMappings')).toEqual([request, { ...request, Marker: 'more' }]);
  });

  it('are none if Lambda has none, or no such function, and left out if it does not tell', async () => {
    expect(await startsWith(events, { ListEventSourceMappings: {} })).toMatchObject({ starts: [], told: [] });
    const missing = { ListEventSourceMappings: fault('ResourceNotFoundException') };
    expect(await startsWith(events, missing)).toMatchObject({ starts: [], told: [] });
    const denied = { ListEventSourceMappings: fault('AccessDenied') };
    expect((await startsWith(events, denied)).told).toEqual([
      'Event source mappings left out: It failed (AccessDenied).',
    ]);
  });
});

describe('other events, as the config has them,', () => {
  it('are told by the names and ARNs in their properties, without those for failures', async () => {
    const bucketArn = 'arn:aws:s3:::uploads';
    const topic = {
      snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
      onDeliveryFailure: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' },
    };
    const { starts } = await startsWith(
      [
        { type: 's3', properties: { bucketArn, s3EventType: 's3:ObjectCreated:*', useEventBridge: true } },
        { type: 'sns', properties: topic },
      ],
      {},
    );
    expect(starts).toEqual([
      { type: 's3', what: bucketArn },
      { type: 'sns', what: topic.snsTopicArn },
    ]);
  });

  it('can have a cause', async () => {
    const { starts } = await startsWith(
      [{ type: 'batch-job', properties: { jobName: 'load', on: ['succeeded'] } }],
      {},
    );
    expect(starts).toEqual([{ type: 'batch-job', what: 'after load succeeds' }]);
  });

  it('are requests, with the address if it is known', async () => {
    const events = [
      { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'POST', path: '/orders' } },
      {
        type: 'application-load-balancer',
        properties: { loadBalancerName: 'balancer', priority: 1, paths: ['/a', '/b'] },
      },
    ];
    const addresses = {
      api: async (name: string) => `https://${name}.example`,
      loadBalancer: async (name: string) => `${name}.example`,
    };
    expect((await startsWith(events, {}, addresses)).starts).toEqual([
      { type: 'http-api-gateway', method: 'POST', what: 'https://api.example/orders' },
      { type: 'application-load-balancer', what: 'balancer.example/a' },
      { type: 'application-load-balancer', what: 'balancer.example/b' },
    ]);
    expect((await startsWith(events, {})).starts.map(({ what }) => what)).toEqual([
      '(api)/orders',
      '(balancer)/a',
      '(balancer)/b',
    ]);
  });
});
