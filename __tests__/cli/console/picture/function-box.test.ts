import { join } from 'node:path';
import { withNextTimes } from '../../../../cli/console/picture/next-times';
import { pictureOf } from '../../../../cli/console/picture/picture';
import { createStackInMemory } from '../../../../cli/local/stacks/stack-in-memory';
import type { BandPicture, PictureItem } from '../../../../cli/model/stack';
import { resourceParam } from '../../../../modules/resources/resource-param';
import { completedConfig } from '../../../../modules/stack-config/completed-config';
import type { BatchJobsConfig } from '../../../../modules/stack-config/config';
import { SMALLEST_JOB } from '../../../stack-config/samples';

const ROOT = join(__dirname, '../../../..');
const file = join(ROOT, 'functions.ts');
const packaging = {
  type: 'stacktape-lambda-buildpack',
  properties: { entryfilePath: 'examples/authorize.ts' },
} as const;
const ELSEWHERE = 'arn:aws:sqs:eu-west-1:123456789012:lost-elsewhere';

const CONFIG: BatchJobsConfig = {
  stackName: 'functions',
  vpc: { privateSubnets: true },
  region: 'eu-west-1',
  resources: {
    uploads: { type: 'bucket' },
    lost: { type: 'sqs-queue' },
    inbox: {
      type: 'sqs-queue',
      properties: { redrivePolicy: { targetSqsQueueName: 'lost', maxReceiveCount: 3 } },
    },
    clicks: { type: 'kinesis-stream' },
    api: { type: 'http-api-gateway' },
    topic: { type: 'sns-topic' },
    old: { type: 'function', existing: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:old' } },
    report: { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo: ['guard'] } },
    tally: {
      type: 'function',
      properties: {
        packaging,
        memory: 512,
        timeout: 120,
        joinDefaultVpc: true,
        connectTo: ['uploads', 'guard'],
        url: { authMode: 'AWS_IAM' },
        alarms: [{ trigger: { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } } }],
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'kinesis-stream', properties: { kinesisStreamName: 'clicks', batchSize: 1 } },
          {
            type: 's3',
            properties: { bucketArn: resourceParam('uploads', 'arn'), s3EventType: 's3:ObjectCreated:*' },
          },
          { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
          { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'POST', path: '/tally' } },
          { type: 'sns', properties: { snsTopicName: 'topic', onDeliveryFailure: { sqsQueueArn: ELSEWHERE } } },
        ],
      },
    },
    guard: { type: 'function', properties: { packaging, url: {} } },
  },
};

const config = completedConfig(CONFIG, 'functions.ts');
const { picture, resources } = pictureOf(createStackInMemory({ file, config }), { file, config }, ROOT);
const shown = ({ title, detail }: PictureItem) => `${title}: ${detail.map(({ text }) => text).join('')}`;

function band(name: string): BandPicture {
  const found = picture.functions?.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

describe('the picture of a function', () => {
  it('has what invokes it, what it runs on, and what it uses, with its dead-letter queues', () => {
    const tally = band('tally');
    expect(tally.lines).toEqual(['512 MiB, 2 min timeout', '1 alarm']);
    expect(tally.startedBy.map(shown)).toEqual([
      'Queue inbox: up to 10 messages an invocation',
      'Stream clicks: up to 1 record an invocation',
      'Bucket uploads: created',
      'Schedule: cron(0 14 * * ? *)',
      'POST /tally: HTTP API api, without an authorizer',
      'Topic topic: every message',
      'Function URL: HTTPS, callers with permission',
    ]);
    expect(tally.runsOn.map(shown)).toEqual(['Lambda: nodejs24.x, arm64, in the VPC']);
    expect(tally.uses.map(shown)).toEqual([
      'uploads: bucket, read and write',
      'guard: function',
      'Undelivered events: dead-letter queue',
      'lost-elsewhere: existing dead-letter queue',
      'lost: dead-letter queue',
    ]);
  });

  it('says which jobs, functions and gateways can invoke it', () => {
    expect(band('guard').invokedBy).toEqual(['report', 'tally']);
    expect(band('tally')).not.toHaveProperty('invokedBy');
    const guarded = {
      type: 'http-api-gateway' as const,
      properties: {
        httpApiGatewayName: 'api',
        method: 'GET' as const,
        path: '/a',
        authorizer: { type: 'lambda' as const, properties: { functionName: 'guard' } },
      },
    };
    const report = { type: 'batch-job' as const, properties: { ...SMALLEST_JOB, events: [guarded] } };
    const { api, guard } = CONFIG.resources;
    const behind = completedConfig({ ...CONFIG, resources: { api, guard, report } } as BatchJobsConfig, 'functions.ts');
    const loaded = { file, config: behind };
    const drawn = pictureOf(createStackInMemory(loaded), loaded, ROOT).picture;
    expect(drawn.functions?.map(({ invokedBy }) => invokedBy)).toEqual([['api']]);
  });

  it('is there without events, and not for a function that exists already', () => {
    expect(picture.functions?.map(({ name }) => name)).toEqual(['tally', 'guard']);
    expect(band('guard').startedBy.map(shown)).toEqual(['Function URL: HTTPS, without authorization']);
    expect(picture.shared.map(({ title }) => title)).toEqual(expect.arrayContaining(['old', 'Undelivered events']));
    expect(picture.shared.map(({ title }) => title)).not.toContain('lost');
  });

  it('has details: settings, permissions, costs and resources, also of its events', () => {
    const { item, startedBy } = band('tally');
    expect(item).toMatchObject({ id: 'tally', kind: 'function', title: 'tally' });
    expect(item.settings).toEqual(expect.arrayContaining([{ label: 'Memory', value: '512 MiB' }]));
    expect(item.permissions.map(({ who }) => who)).toContain('The function');
    expect(item.costs.join()).toContain('Lambda charges');
    expect(item.addresses.some((address) => address.startsWith('aws_lambda_function.'))).toBe(true);
    expect(startedBy[0]?.settings).toEqual(
      expect.arrayContaining([{ label: 'SQS queue name', value: 'inbox', isCode: true }]),
    );
    expect(startedBy[0]?.addresses.some((address) => address.startsWith('aws_lambda_event_source_mapping.'))).toBe(
      true,
    );
  });

  it('gives each box its ID, and shows every resource', () => {
    const bands = [...picture.jobs, ...(picture.functions ?? [])];
    const boxes = bands.flatMap(({ item, startedBy, runsOn, uses }) => [item, ...startedBy, ...runsOn, ...uses]);
    const items = [...boxes, ...picture.shared];
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const drawn = new Set(items.flatMap(({ addresses }) => addresses));
    const managed = Object.keys(resources).filter((address) => !address.startsWith('data.'));
    expect(managed.filter((address) => !drawn.has(address))).toEqual([]);
    expect(JSON.stringify(picture)).not.toMatch(/\$\{|TfToken|-1\.8\d+e/);
  });

  it('says when its schedule invokes it next', () => {
    const state = { picture, problems: [], synthesizedAt: 0, isStale: false };
    const { functions = [] } = withNextTimes(state, Date.UTC(2026, 10, 26, 15)).picture ?? {};
    expect(functions[0]?.startedBy[3]?.next?.[0]).toBe(Date.UTC(2026, 10, 27, 14));
  });
});
