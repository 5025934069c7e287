import { ImageBuilds } from '../modules/container/builder/image-builds';
import { textEntry } from '../modules/container/source-files';
import { UndeliveredEvents } from '../modules/orchestration/undelivered-events';
import { QUOTAS } from '../modules/rules/quotas';
import type { BatchJobProps } from '../modules/stack-config/batch-job';
import type { BatchJobsConfig } from '../modules/stack-config/config';
import { AwsContext } from '../modules/terraform/aws-context';
import { foreignStack, job, jobsStack, Synthesis } from './synthesis';

type Events = NonNullable<BatchJobProps['events']>;
type Event = Events[number];
type Resources = BatchJobsConfig['resources'];

const COUNT = 200;

function many<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function numbered(name: string, resource: Resources[string]): Resources {
  return Object.fromEntries(many(COUNT, (index) => [`${name}${index}`, resource]));
}

const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table';

/** 200 events of each kind for one job. Synthesis itself refuses what adds up to too much. */
const KINDS: readonly (readonly [kind: string, event: (index: number) => Event, resources?: Resources])[] = [
  ['schedules', (i) => ({ type: 'schedule', properties: { scheduleRate: `rate(${i + 2} minutes)` } })],
  [
    'patterns',
    (i) => ({ type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: [`s${i}`] } } }),
  ],
  [
    'patterns of a bus of the stack, with a queue for what could not be delivered',
    (i) => ({
      type: 'event-bus',
      properties: {
        eventBusName: 'bus',
        eventPattern: { source: [`s${i}`] },
        onDeliveryFailure: { sqsQueueName: 'dead' },
      },
    }),
    { bus: { type: 'event-bus' }, dead: { type: 'sqs-queue' } },
  ],
  [
    'queues of the stack',
    (i) => ({ type: 'sqs', properties: { sqsQueueName: `inboxOfThings${i}` } }),
    numbered('inboxOfThings', { type: 'sqs-queue' }),
  ],
  [
    'queues of elsewhere',
    (i) => ({ type: 'sqs', properties: { sqsQueueArn: `arn:aws:sqs:eu-west-1:123456789012:inbox-of-things-${i}` } }),
  ],
  [
    'topics, with a queue for what could not be delivered',
    (i) => ({ type: 'sns', properties: { snsTopicName: `topic${i}`, onDeliveryFailure: { sqsQueueName: 'dead' } } }),
    { ...numbered('topic', { type: 'sns-topic' }), dead: { type: 'sqs-queue' } },
  ],
  [
    'streams',
    (i) => ({
      type: 'kinesis-stream',
      properties: { streamArn: `arn:aws:kinesis:eu-west-1:123456789012:stream/clicks-${i}` },
    }),
  ],
  [
    'table streams',
    (i) => ({ type: 'dynamo-db-stream', properties: { streamArn: `${table}/t${i}/stream/2026-01-01T00:00:00.000` } }),
  ],
  [
    'rules of two buckets',
    (i) => ({
      type: 's3',
      properties: {
        bucketArn: `$ResourceParam('bucket${i % 2}', 'arn')`,
        s3EventType: 's3:ObjectCreated:*',
        filterRule: { prefix: `${String(i).padStart(3, '0')}/` },
      },
    }),
    { bucket0: { type: 'bucket' }, bucket1: { type: 'bucket' } },
  ],
  [
    'changes of buckets of elsewhere',
    (i) => ({
      type: 's3',
      properties: { bucketArn: `arn:aws:s3:::bucket-${i}`, s3EventType: 's3:ObjectCreated:*', useEventBridge: true },
    }),
  ],
  [
    'log groups',
    (i) => ({
      type: 'cloudwatch-log',
      properties: { logGroupArn: `arn:aws:logs:eu-west-1:123456789012:log-group:/app/${i}` },
    }),
  ],
  [
    'routes',
    (i) => ({ type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: `/${i}` } }),
    { api: { type: 'http-api-gateway' } },
  ],
];

describe('200 events on one job', () => {
  it.each<[string, (index: number) => Event, Resources]>(KINDS.map(([kind, event, more = {}]) => [kind, event, more]))(
    '%s',
    (_, event, resources) => {
      const events = many(COUNT, event);
      const synthesis = new Synthesis(
        jobsStack(
          {},
          {
            region: 'eu-west-1',
            resources: { ...resources, nightly: { type: 'batch-job', properties: job({ events }) } },
          },
        ),
      );
      // One permission for all events, and policies that IAM takes: also by the length of Terraform's own expressions, as a rough check.
      expect(synthesis.all('aws_lambda_permission').length).toBeLessThanOrEqual(1);
      const managed = synthesis.all('aws_iam_policy');
      expect(managed.length).toBeLessThanOrEqual(QUOTAS.managedPoliciesOfRole);
      for (const { policy } of managed) expect(String(policy).length).toBeLessThanOrEqual(QUOTAS.managedPolicy);
      for (const { policy } of [...synthesis.all('aws_sqs_queue_policy'), ...synthesis.all('aws_sqs_queue')]) {
        if (policy === undefined) continue;
        expect(JSON.parse(String(policy)).Statement.length).toBeLessThanOrEqual(QUOTAS.queuePolicyStatements);
      }
    },
  );

  it('of a hundred load balancer rules and fifty foreign topics fit beside each other', () => {
    const events: Events = [
      ...many(
        50,
        (i): Event => ({ type: 'sns', properties: { snsTopicArn: `arn:aws:sns:eu-west-1:210987654321:topic-${i}` } }),
      ),
      ...many(
        100,
        (i): Event => ({
          type: 'application-load-balancer',
          properties: { loadBalancerName: 'web', priority: i + 1, paths: [`/${i}`] },
        }),
      ),
    ];
    const resources: Resources = {
      web: { type: 'application-load-balancer' },
      nightly: { type: 'batch-job', properties: job({ events }) },
    };
    const synthesis = new Synthesis(jobsStack({}, { region: 'eu-west-1', resources }));
    // Each topic outside of the stack has its own permission, so that no other topic of its account can invoke the function.
    expect(
      synthesis
        .all('aws_lambda_permission')
        .map(({ source_arn: arn }) => String(arn))
        .filter((arn) => arn.includes('*')),
    ).toEqual([]);
    expect(synthesis.all('aws_lambda_permission')).toHaveLength(51);
  });

  it('of foreign topics are refused with their count: a permission for all would let others in', () => {
    const events = many(
      COUNT,
      (i): Event => ({ type: 'sns', properties: { snsTopicArn: `arn:aws:sns:eu-west-1:210987654321:topic-${i}` } }),
    );
    const stack = jobsStack({ nightly: job({ events }) }, { region: 'eu-west-1' });
    expect(() => new Synthesis(stack)).toThrow(
      /Found \d\d,\d{3} characters in the policy that lets 200 kinds of sources invoke the function\. Expected at most 20,480\.\n.*\n +resources\.nightly\.properties\.events$/,
    );
  });
});

describe('connectTo', () => {
  it.each([
    ['bucket', 100],
    ['sqs-queue', 60],
    ['sns-topic', 110],
    ['kinesis-stream', 110],
    ['event-bus', 110],
  ] as const)('%s: %d of them', (type, count) => {
    const names = many(count, (index) => `r${index}`);
    const resources: Resources = {
      ...Object.fromEntries(names.map((name) => [name, { type }])),
      nightly: { type: 'batch-job', properties: job({ connectTo: names }) },
    };
    const synthesis = new Synthesis(jobsStack({}, { region: 'eu-west-1', resources }));
    const statements = [...synthesis.all('aws_iam_role_policy'), ...synthesis.all('aws_iam_policy')]
      .flatMap(({ policy }) => JSON.parse(String(policy)).Statement as { Sid?: string; Resource: string[] }[])
      .filter(({ Sid }) => Sid?.startsWith('ConnectTo'));
    const resourcesOf = statements.flatMap(({ Resource }) => Resource);
    expect(new Set(resourcesOf).size).toBe(resourcesOf.length);
    expect(resourcesOf).toHaveLength(type === 'bucket' ? 2 * count : count);
  });
});

it('refuses more images than a template has room for', () => {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
  const builds = new ImageBuilds(stack, 'images', {
    stackName: 'reports',
    aws,
    undeliveredEvents,
    imageBuilder: 'codebuild',
  });
  const method = { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] } as const;
  const build = (text: string) =>
    builds.image({ architecture: 'x86_64', method, files: [textEntry('Dockerfile', text)], init: true }, 'nightly');
  many(500, (index) => build(`FROM image${index}`));
  expect(() => build('FROM another')).toThrow('Found 501 images to build. Expected at most 500 in one stack.');
});
