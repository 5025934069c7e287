import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

type Job = Extract<BatchJobsConfig['resources'][string], { type: 'batch-job' }>;

const START = '2026-03-01T00:00:00Z';

const FILTERS = {
  sqs: { body: { kind: ['order', '${literal}', { prefix: 'gift-' }], total: [{ numeric: ['>', 10] }] } },
  kinesis: { data: { a: [1] }, partitionKey: [{ 'anything-but': ['test'] }] },
  dynamodb: { eventName: ['INSERT'], dynamodb: { NewImage: { status: { S: ['paid'] } } } },
};

const filtered = (pattern: object) =>
  ({ filterCriteria: { filters: [{ pattern }] } }) as { readonly filterCriteria: never };

const job: Job = {
  type: 'batch-job',
  properties: {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
    resources: { cpu: 1, memory: 512 },
    events: [
      { type: 'sqs', properties: { sqsQueueName: 'inbox', maximumConcurrency: 5, ...filtered(FILTERS.sqs) } },
      {
        type: 'kinesis-stream',
        properties: {
          kinesisStreamName: 'clicks',
          startingPosition: 'AT_TIMESTAMP',
          startingPositionTimestamp: START,
          ...filtered(FILTERS.kinesis),
        },
      },
      {
        type: 'http-api-gateway',
        properties: {
          httpApiGatewayName: 'api',
          method: 'POST',
          path: '/start',
          authorizer: {
            type: 'jwt',
            properties: { issuer: 'https://example.com/', audience: ['jobs'], authorizationScopes: ['start'] },
          },
        },
      },
      {
        type: 'application-load-balancer',
        properties: { loadBalancerName: 'web', priority: 1, paths: ['/start'], multiValueHeaders: true },
      },
      { type: 's3', properties: { bucketArn: "$ResourceParam('files', 'arn')", s3EventType: 's3:ObjectTagging:*' } },
      {
        type: 's3',
        properties: {
          bucketArn: "$ResourceParam('files', 'arn')",
          s3EventType: 's3:LifecycleTransition',
          useEventBridge: true,
        },
      },
      {
        type: 'sns',
        properties: {
          snsTopicName: 'orders',
          filterPolicy: { order: { kind: ['paid'] } },
          filterPolicyScope: 'MessageBody',
        },
      },
      {
        type: 'dynamo-db-stream',
        properties: { streamArn: "$ResourceParam('table', 'streamArn')", ...filtered(FILTERS.dynamodb) },
      },
    ],
  },
};

const config: BatchJobsConfig = {
  stackName: 'settings',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    bus: {
      type: 'event-bus',
      properties: {
        policyStatements: [
          { Sid: 'Shop', Principal: { AWS: ['210987654321'] } },
          {
            Sid: 'Organization',
            Principal: { AWS: ['*'] },
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
          },
        ],
      },
    },
    api: { type: 'http-api-gateway' },
    web: { type: 'application-load-balancer', properties: { deletionProtection: false } },
    files: { type: 'bucket', properties: { forceDestroy: true } },
    orders: { type: 'sns-topic' },
    clicks: { type: 'kinesis-stream', properties: { shardCount: 1 } },
    table: {
      type: 'dynamo-db-table',
      properties: {
        primaryKey: { partitionKey: { name: 'id', type: 'string' } },
        streamType: 'NEW_AND_OLD_IMAGES',
        deletionProtection: false,
      },
    },
    job,
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'settings of sources', () => {
  let synthesized: SynthesizedStack;
  let deployment: Deployment;

  beforeAll(async () => {
    synthesized = synthesize(config);
    deployment = await deploy(synthesized.dir);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  const values = (type: string) =>
    [...deployment.applied.resources.values()]
      .filter((resource) => resource.type === type)
      .map((resource) => resource.values);

  it('are applied: filters of queues and streams, and how many batches are read at once', () => {
    const pattern = (text: object) => [{ filter: [{ pattern: JSON.stringify(text) }] }];
    expect(values('aws_lambda_event_source_mapping')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          filter_criteria: pattern(FILTERS.sqs),
          scaling_config: [{ maximum_concurrency: 5 }],
        }),
        expect.objectContaining({ filter_criteria: pattern(FILTERS.kinesis), starting_position: 'AT_TIMESTAMP' }),
        expect.objectContaining({ filter_criteria: pattern(FILTERS.dynamodb) }),
      ]),
    );
  });

  it('reach Terraform with the time to begin at, which the emulator does not give back', () => {
    const mappings = Object.values(synthesized.document.resource.aws_lambda_event_source_mapping ?? {});
    expect(mappings).toContainEqual(expect.objectContaining({ starting_position_timestamp: START }));
  });

  it('are applied: a filter on the body of messages', () => {
    expect(values('aws_sns_topic_subscription')).toEqual([
      expect.objectContaining({ filter_policy: '{"order":{"kind":["paid"]}}', filter_policy_scope: 'MessageBody' }),
    ]);
  });

  it('are applied: a token of another issuer, and its scopes', () => {
    expect(values('aws_apigatewayv2_authorizer')).toEqual([
      expect.objectContaining({ jwt_configuration: [{ issuer: 'https://example.com/', audience: ['jobs'] }] }),
    ]);
    expect(values('aws_apigatewayv2_route')).toEqual([
      expect.objectContaining({ authorization_type: 'JWT', authorization_scopes: ['start'] }),
    ]);
  });

  it('are applied: all values of headers', () => {
    expect(values('aws_lb_target_group')).toEqual([
      expect.objectContaining({ lambda_multi_value_headers_enabled: true }),
    ]);
  });

  it('are applied: who else can put events on a bus', () => {
    const [bus] = values('aws_cloudwatch_event_bus');
    const [policy] = values('aws_cloudwatch_event_bus_policy');
    expect(policy).toMatchObject({ event_bus_name: bus?.name });
    expect(JSON.parse(String(policy?.policy)).Statement).toEqual([
      expect.objectContaining({ Sid: 'Shop', Action: 'events:PutEvents', Resource: bus?.arn }),
      expect.objectContaining({
        Sid: 'Organization',
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
      }),
    ]);
  });

  it('are applied: changes of tags and storage classes', () => {
    expect(values('aws_s3_bucket_notification')).toEqual([
      expect.objectContaining({
        eventbridge: true,
        lambda_function: [expect.objectContaining({ events: ['s3:ObjectTagging:*'] })],
      }),
    ]);
    expect(values('aws_cloudwatch_event_rule').map(({ event_pattern }) => String(event_pattern))).toContainEqual(
      expect.stringContaining('"detail-type":["Object Storage Class Changed"]'),
    );
  });
});
