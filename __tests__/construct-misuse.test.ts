import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { BatchJob } from '../modules/batch-job';
import { BatchPlatform } from '../modules/batch-platform';
import { BundledFunction } from '../modules/bundled-function';
import { ConfigError } from '../modules/problems/config-error';
import type { Problem } from '../modules/problems/problem';
import { companionOf } from '../modules/resources/registry';
import { resourceParam } from '../modules/resources/resource-param';
import { EventBusTrigger } from '../triggers/event-bus/trigger';
import { createTrigger, EVENT_TYPES } from '../triggers/trigger';
import { found } from './found';
import { SMALLEST_JOB } from './stack-config/samples';
import { foreignStack, Synthesis } from './synthesis';
import { functionTarget } from './triggers/function-target';

type AnyProps = never;

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:inbox';
const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';

function stack(): TerraformStack {
  return foreignStack('reports');
}

/** What is wrong with what JavaScript, or a cast, passes to a constructor. */
function problemsOf(make: (stack: TerraformStack) => unknown): readonly Problem[] {
  try {
    make(stack());
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
}

function jobProblems(props: object): readonly Problem[] {
  return problemsOf((scope) => new BatchJob(scope, 'job', { ...SMALLEST_JOB, ...props } as AnyProps));
}

describe('a job', () => {
  it.each([undefined, null, 'x', 5, [], () => 1])('takes no %p for its properties', (props) => {
    expect(problemsOf((scope) => new BatchJob(scope, 'job', props as AnyProps))).toMatchObject([
      { path: '', accepted: expect.stringContaining('an object'), fix: 'pass the properties as the third argument' },
    ]);
  });

  it('takes its properties, and not what a config writes around them', () => {
    const whole = { type: 'batch-job', properties: SMALLEST_JOB };
    expect(problemsOf((scope) => new BatchJob(scope, 'job', whole as unknown as AnyProps))).toEqual([
      {
        path: '',
        found: 'an object with type "batch-job" and properties, as in a config',
        accepted: 'the properties alone',
        fix: 'pass the value of properties, without type',
      },
    ]);
  });

  it.each<[object, string, string, string]>([
    [
      { connectTo: ['q'] },
      'connectTo[0]',
      '"q"',
      'give the construct itself: names are resolved only in a config file',
    ],
    [{ connectTo: 'q' }, 'connectTo', '"q"', expect.anything()],
    [{ connectTo: null }, 'connectTo', 'null', expect.anything()],
    [{ connectTo: [undefined] }, 'connectTo[0]', 'nothing', 'give a construct, or remove it'],
    [{ connectTo: [null] }, 'connectTo[0]', 'null', 'give a construct, or remove it'],
    [{ connectTo: [{}] }, 'connectTo[0]', 'an object that is no construct', 'write { name, resource }'],
    [
      { connectTo: [{ name: 'q', resource: 'q' }] },
      'connectTo[0]',
      'the resource "q"',
      'give the construct as resource',
    ],
    [{ connectTo: [{ resource: {} }] }, 'connectTo[0]', 'the name nothing', expect.stringContaining('add a name')],
    [{ events: {} }, 'events', '{}', 'write [ ] around it'],
    [{ events: [null] }, 'events[0]', 'null', 'write an event: { type, properties }'],
    [{ events: [{}] }, 'events[0].type', 'nothing', 'add it: it is required'],
    [{ events: [{ type: 'sqss', properties: {} }] }, 'events[0].type', '"sqss"', 'did you mean "sqs"?'],
    [{ events: [{ type: 'constructor', properties: {} }] }, 'events[0].type', '"constructor"', 'use one of these'],
    [{ events: [{ type: 'sqs' }] }, 'events[0].properties', 'nothing', 'add it: it is required'],
    [{ platform: {} }, 'platform', 'an object without capacity', 'give a BatchPlatform'],
    [{ platform: 'x' }, 'platform', '"x"', expect.anything()],
    [{ overrides: 5 }, 'overrides', '5', expect.anything()],
    [{ overrides: { JobDefinition: null } }, 'overrides.JobDefinition', 'null', 'write { attribute: value }'],
    [{ transform: { JobDefinition: 5 } }, 'transform.JobDefinition', '5', 'write { attribute: value }'],
    [{ platfrom: {} }, 'platfrom', 'the unknown property "platfrom"', 'did you mean "platform"?'],
    [{ tags: undefined, timeout: null }, 'timeout', 'null', expect.anything()],
  ])('refuses %j', (props, path, found, fix) => {
    expect(jobProblems(props)).toEqual([{ path, found, accepted: expect.stringMatching(/./), fix }]);
  });

  it.each<[string, object, string]>([
    [
      'environment',
      { container: { ...SMALLEST_JOB.container, environment: { B: resourceParam('a', 'arn') } } },
      'container.environment.B',
    ],
    [
      'environment, as a part',
      { container: { ...SMALLEST_JOB.container, environment: { B: `x ${resourceParam('a', 'arn')}` } } },
      'container.environment.B',
    ],
    ['tags', { tags: { owner: "$CfResourceParam('a', 'Ref')" } }, 'tags.owner'],
    ['tags, a secret', { tags: { owner: "$Secret('a')" } }, 'tags.owner'],
    [
      'statements',
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ["$Mine('x')"] }] },
      'iamRoleStatements[0].Resource[0]',
    ],
    [
      'an event',
      {
        events: [
          { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: { a: resourceParam('a', 'arn') } } },
        ],
      },
      'events[0].properties.input.a',
    ],
    [
      'an ARN of an event',
      { events: [{ type: 'sqs', properties: { sqsQueueArn: resourceParam('a', 'arn') } }] },
      'events[0].properties.sqsQueueArn',
    ],
  ])('refuses directives, which nobody replaces: %s', (_, props, path) => {
    expect(jobProblems(props).map((problem) => problem.path)).toEqual([path]);
  });

  it('says all at once, and what stands in its place for each word of a config', () => {
    const problems = jobProblems({
      events: [
        { type: 'sqs', properties: { sqsQueueName: 'inbox', batchSize: 0 } },
        { type: 'sqs', properties: {} },
        { type: 'sqs', properties: { queue: 'inbox' } },
        { type: 'sqs', properties: { queue: ARN } },
        { type: 'sqs', properties: { queue: { arn: BUS } } },
        { type: 'sqs', properties: { queue: { arn: ARN }, sqsQueueArn: ARN } },
        { type: 'sqs', properties: { sqsQueueArn: BUS } },
        { type: 'sqs', properties: { queu: {} } },
      ],
    });
    expect(problems.map(({ path, fix }) => `${path}: ${fix}`)).toEqual([
      'events[0].properties.batchSize: use 1',
      'events[0].properties.sqsQueueName: give queue, or sqsQueueArn: names are resolved only in a config file',
      'events[1].properties.queue: add queue or sqsQueueArn',
      'events[2].properties.queue: give the object itself: names are resolved only in a config file',
      `events[3].properties.queue: write sqsQueueArn: "${ARN}"`,
      'events[4].properties.queue: write an ARN of sqs, and not of events, as in arn:aws:sqs:eu-west-1:123456789012:inbox',
      'events[5].properties.sqsQueueArn: remove sqsQueueArn',
      'events[6].properties.sqsQueueArn: write an ARN of sqs, and not of events, as in arn:aws:sqs:eu-west-1:123456789012:inbox',
      'events[7].properties.queu: did you mean "queue"?',
    ]);
  });

  it('takes an ARN wherever a config takes one', () => {
    const scope = stack();
    const job = new BatchJob(scope, 'job', {
      ...SMALLEST_JOB,
      events: [
        { type: 'sqs', properties: { sqsQueueArn: ARN } },
        {
          type: 'sns',
          properties: {
            snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
            onDeliveryFailure: { sqsQueueArn: ARN },
          },
        },
        { type: 'kinesis-stream', properties: { streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks' } },
        { type: 'cloudwatch-log', properties: { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/a/b' } },
        {
          type: 's3',
          properties: { bucketArn: 'arn:aws:s3:::reports', s3EventType: 's3:ObjectCreated:*', useEventBridge: true },
        },
        { type: 'event-bus', properties: { eventBusArn: BUS, eventPattern: { source: ['orders'] } } },
        { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['other'] } } },
      ],
    });
    expect(job.triggers).toHaveLength(7);
    const synthesis = new Synthesis(scope);
    expect(synthesis.all('aws_lambda_event_source_mapping').map((block) => block.event_source_arn)).toEqual([
      'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
      ARN,
    ]);
    expect(synthesis.one('aws_sns_topic_subscription')).toMatchObject({
      topic_arn: 'arn:aws:sns:eu-west-1:123456789012:orders',
      redrive_policy: JSON.stringify({ deadLetterTargetArn: ARN }),
    });
    expect(new Set(synthesis.all('aws_cloudwatch_event_rule').map((rule) => rule.event_bus_name))).toEqual(
      new Set([undefined, BUS]),
    );
  });
});

describe.each(EVENT_TYPES)('a trigger of %s', (type) => {
  it.each([undefined, null, 'x', {}, { target: 'x' }, { target: {} }])('says what it needs, given %j', (props) => {
    const problems = problemsOf((scope) =>
      createTrigger(scope, 'trigger', { type, properties: props } as AnyProps, undefined as AnyProps),
    );
    expect(problems.map(({ path }) => path)).toContain('target');
  });
});

describe.each([
  'bucket',
  'event-bus',
  'application-load-balancer',
  'dynamo-db-table',
  'kinesis-stream',
  'sns-topic',
  'sqs-queue',
  'function',
  'http-api-gateway',
  'user-auth-pool',
  'relational-database',
  'redis-cluster',
  'state-machine',
  'existing',
  'efs-filesystem',
] as const)('a companion of type %s', (type) => {
  const Class = (companionOf(type).construct?.() ?? BundledFunction) as unknown as new (
    scope: Construct,
    id: string,
    props: unknown,
  ) => Construct;

  it.each([
    undefined,
    null,
    'x',
    [],
    {},
    { stackName: 5 },
    { stackName: 'x', propertis: {} },
    { existing: {} },
    { properties: null },
  ])('refuses %j with a report', (props) => {
    expect(problemsOf((scope) => new Class(scope, 'thing', props)).length).toBeGreaterThan(0);
  });

  it.each(['aws', 'network', 'undeliveredEvents'])('needs no %s, or says so', (missing) => {
    const { aws, network, undeliveredEvents } = new BatchPlatform(stack(), 'platform');
    const handed = { stackName: 'reports', aws, network, undeliveredEvents, [missing]: undefined };
    const paths = problemsOf((scope) => new Class(scope, 'thing', handed)).map(({ path }) => path);
    expect(paths.filter((path) => !/^(properties|existing|$)/.test(path))).toEqual(
      paths.includes(missing) ? [missing] : [],
    );
  });

  it('refuses directives', () => {
    const props = { stackName: 'reports', existing: { arn: resourceParam('a', 'arn') } };
    expect(problemsOf((scope) => new Class(scope, 'thing', props)).map(({ path }) => path)).toContain('existing.arn');
  });
});

describe('a platform', () => {
  it.each<[object | null, string]>([
    [null, ''],
    [{ network: 'vpc-1' }, 'network'],
    [{ network: {} }, 'network'],
    [{ maxVcpus: 'many' }, 'maxVcpus'],
    [{ rootVolumeGb: 5 }, 'rootVolumeGb'],
    [{ machineImageId: 'ami' }, 'machineImageId'],
    [{ machineImageId: 'ami-01234567', useLatestMachineImage: true }, 'useLatestMachineImage'],
    [{ userData: 'echo' }, 'userData'],
    [{ userData: `#!/bin/sh\n${'x'.repeat(16_000)}` }, 'userData'],
    [{ securityGroupIds: ['sg-01234567'] }, 'securityGroupIds'],
    [{ stackName: 5 }, 'stackName'],
    [{ imageBuilder: 'kaniko' }, 'imageBuilder'],
    [{ tags: { a: resourceParam('a', 'arn') } }, 'tags.a'],
    [{ networks: {} }, 'networks'],
  ])('refuses %j', (props, path) => {
    expect(
      problemsOf((scope) => new BatchPlatform(scope, 'platform', props as AnyProps)).map((problem) => problem.path),
    ).toEqual([path]);
  });
});

it.each([undefined, null])('a trigger by itself takes no %s', (props) => {
  const problems = problemsOf((scope) => new EventBusTrigger(scope, 'orders', props as AnyProps));
  expect(problems.map(({ path }) => path).sort()).toEqual(['eventPattern', 'target']);
});

it('a bus is one of two', () => {
  const problems = problemsOf((scope) => {
    const target = functionTarget(scope);
    new EventBusTrigger(scope, 'orders', {
      target,
      eventBusArn: BUS,
      useDefaultBus: true,
      eventPattern: { source: ['a'] },
    });
  });
  expect(problems).toMatchObject([{ path: 'useDefaultBus', fix: 'remove useDefaultBus' }]);
});

it('takes the constructs of the provider as before', () => {
  const scope = stack();
  const queue = new SqsQueue(scope, 'queue', {});
  expect(
    () => new BatchJob(scope, 'job', { ...SMALLEST_JOB, connectTo: [queue, { name: 'again', resource: queue }] }),
  ).not.toThrow();
});
