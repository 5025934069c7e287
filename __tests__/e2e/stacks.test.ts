import fc from 'fast-check';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';
import { tenTriggers } from './ten-triggers';

type Resources = BatchJobsConfig['resources'];
type JobProperties = Extract<Resources[string], { type: 'batch-job' }>['properties'];

const busybox = {
  type: 'prebuilt-image',
  properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' },
} as const;

function job(properties: Partial<JobProperties> = {}): Resources[string] {
  return {
    type: 'batch-job',
    properties: { container: { packaging: busybox }, resources: { cpu: 1, memory: 1024 }, ...properties },
  };
}

function stack(resources: Resources, rest: Partial<BatchJobsConfig> = {}): BatchJobsConfig {
  return { stackName: 'matrix', region: 'eu-west-1', resources, ...rest };
}

const five = { attempts: 5, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 };
const gpu = { cpu: 8, memory: 30_000, gpu: 1 };

/** Texts that Terraform, HCL, JSON or a shell would each like to read as something else. */
const TRICKY = [
  '${HOME}',
  '$${a}',
  '$$${a}',
  '%{if x}',
  '%%{x',
  '"quoted"',
  "it's",
  'back\\slash',
  'new\nline',
  'é ∑ 🎉',
  '<&>',
  '$(id)',
  '${',
  '%{',
];

const CONFIGS: { readonly [name: string]: BatchJobsConfig } = {
  'a CPU job on demand, one attempt': stack({ job: job() }),
  'a CPU job on Spot, five attempts, fallback': stack({
    job: job({
      useSpotInstances: true,
      timeout: 60,
      retryConfig: { ...five, spotInterruption: { freeRestarts: 9, thenOnDemand: true } },
    }),
  }),
  'a Spot job without free restarts': stack({
    job: job({ useSpotInstances: true, retryConfig: { spotInterruption: { freeRestarts: 0 } } }),
  }),
  'a GPU job on demand and one on Spot': stack({
    train: job({ resources: gpu }),
    infer: job({ resources: gpu, useSpotInstances: true, retryConfig: five }),
  }),
  'a GPU job in a region that only Terraform knows': {
    stackName: 'matrix',
    resources: { train: job({ resources: gpu }) },
  },
  "a GPU job on a list of one's own": stack({
    job: job({ resources: { ...gpu, instanceTypes: ['g6e', 'p5.48xlarge'] } }),
  }),
  'arm64 beside x86_64': stack({
    arm: job({ resources: { cpu: 2, memory: 3000, architecture: 'arm64' } }),
    intel: job({ resources: { cpu: 2, memory: 3000 } }),
  }),
  'logging off': stack({ job: job({ logging: { disabled: true } }) }),
  'an ECR image and a private registry': stack({
    ecr: job({
      container: {
        packaging: {
          type: 'prebuilt-image',
          properties: { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/job:1' },
        },
      },
    }),
    elsewhere: job({
      container: {
        packaging: {
          type: 'prebuilt-image',
          properties: {
            image: 'registry.example.com/job:1',
            repositoryCredentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-abcdef',
          },
        },
      },
    }),
  }),
  'permissions and tags': stack(
    {
      job: job({
        tags: { team: 'reports', 'cost center': 'a+b=c/d:e@f' },
        iamRoleStatements: [{ Action: ['sns:Publish'], Resource: ['arn:aws:sns:eu-west-1:123456789012:reports'] }],
      }),
    },
    { tags: { owner: 'us', note: 'x-1' } },
  ),
  'an existing VPC': stack(
    { job: job() },
    { vpc: { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] } },
  ),
  'a VPC with a range of its own': stack({ job: job() }, { vpc: { cidrBlock: '10.9.0.0/20' } }),
  'no region': { stackName: 'matrix', resources: { job: job() } },
  'limits of compute': stack({ job: job() }, { compute: { maxVcpus: 4, rootVolumeGb: 200 } }),
  'long names': stack(
    { [`job${'x'.repeat(90)}`]: job({ useSpotInstances: true }) },
    { stackName: `stack-${'y'.repeat(90)}` },
  ),
  'ten triggers': tenTriggers,
  'what the emulator cannot apply: a consumer of its own, a query condition, HTTPS': stack({
    stream: { type: 'kinesis-stream' },
    balancer: {
      type: 'application-load-balancer',
      properties: {
        certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
      },
    },
    job: job({
      events: [
        { type: 'kinesis-stream', properties: { kinesisStreamName: 'stream', autoCreateConsumer: true } },
        {
          type: 'application-load-balancer',
          properties: {
            loadBalancerName: 'balancer',
            priority: 7,
            queryParams: [{ paramName: 'start', values: ['yes'] }],
            hosts: ['*.example.com'],
            headers: [{ headerName: 'x-word', values: ['sesame'] }],
            sourceIps: ['10.0.0.0/8'],
          },
        },
      ],
    }),
  }),
  'existing resources instead of made ones': stack({
    queue: { type: 'sqs-queue', existing: { arn: 'arn:aws:sqs:eu-west-1:123456789012:orders' } },
    topic: { type: 'sns-topic', existing: { arn: 'arn:aws:sns:eu-west-1:123456789012:orders' } },
    bus: { type: 'event-bus', existing: { arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/orders' } },
    stream: { type: 'kinesis-stream', existing: { arn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders' } },
    bucket: { type: 'bucket', existing: { arn: 'arn:aws:s3:::orders' } },
    api: { type: 'http-api-gateway', existing: { apiId: 'a1b2c3d4e5' } },
    job: job({
      events: [
        { type: 'sqs', properties: { sqsQueueName: 'queue', batchSize: 100, maxBatchWindowSeconds: 5 } },
        { type: 'sns', properties: { snsTopicName: 'topic', filterPolicy: { kind: ['order'] } } },
        { type: 'event-bus', properties: { eventBusName: 'bus', eventPattern: { source: ['shop'] } } },
        {
          type: 'event-bus',
          properties: { useDefaultBus: true, eventPattern: { source: ['aws.ec2'] }, inputPath: '$.detail' },
        },
        { type: 'kinesis-stream', properties: { kinesisStreamName: 'stream' } },
        {
          type: 's3',
          properties: {
            bucketArn: "$ResourceParam('bucket', 'arn')",
            s3EventType: 's3:ObjectCreated:*',
            useEventBridge: true,
            filterRule: { prefix: 'in/' },
          },
        },
        { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: '*', path: '*' } },
        { type: 'cloudwatch-log', properties: { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/app:*' } },
        {
          type: 'dynamo-db-stream',
          properties: {
            streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
            parallelizationFactor: 2,
          },
        },
      ],
    }),
  }),
  'tricky texts': stack({
    job: job({
      container: {
        packaging: { ...busybox, properties: { ...busybox.properties, command: ['echo', ...TRICKY] } },
        environment: Object.fromEntries(TRICKY.map((text, index) => [`TEXT_${index}`, text])),
      },
      events: [
        { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: TRICKY } },
        {
          type: 'schedule',
          properties: {
            scheduleRate: 'rate(1 day)',
            inputTransformer: {
              inputPathsMap: { time: '$.time' },
              // EventBridge treats everything between < and > as a placeholder.
              inputTemplate: ['<time>', ...TRICKY.map((text) => text.replaceAll(/[<>]/g, ''))],
            },
          },
        },
      ],
    }),
  }),
};

describeWith([terraformAvailable()], 'the real provider', () => {
  let synthesized: SynthesizedStack | undefined;

  afterEach(() => synthesized?.dispose());

  it.each(Object.entries(CONFIGS))('validates and applies %s', async (_, config) => {
    synthesized = synthesize(config);
    const copy = workspace(synthesized.dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = await copy.mockApply();
      expect([...applied.resources.values()].filter(({ mode }) => mode === 'managed')).toHaveLength(
        Object.values(synthesized.document.resource).flatMap((resources) => Object.keys(resources)).length,
      );
    } finally {
      copy.dispose();
    }
  });

  it.each([
    ['local', { type: 'local' }],
    ['s3', { type: 's3', bucket: 'state', region: 'eu-west-1' }],
    ['cloud', { type: 'cloud', organization: 'acme', workspace: 'reports' }],
  ] as const)('validates a stack with its state in %s', async (type, backend) => {
    synthesized = synthesize(stack({ job: job() }, { backend }));
    const key = type === 'cloud' ? 'cloud' : 'backend';
    expect(synthesized.document.terraform).toHaveProperty(key);
    const copy = workspace(synthesized.dir, { backend: 'as-written' });
    try {
      expect(await copy.validate()).toEqual([]);
    } finally {
      copy.dispose();
    }
  });

  it('passes any string to AWS as it was written', async () => {
    const unit = fc.oneof(
      fc.constantFrom(...TRICKY, '$', '%', '{', '}', '~', '\\', '"'),
      // Terraform keeps texts in Unicode's composed form, so that only composed ones come back to the letter.
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.normalize('NFC')),
    );
    const texts = fc.sample(
      fc.array(unit, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('').normalize('NFC')),
      { numRuns: 300 },
    );
    const container = {
      packaging: { ...busybox, properties: { ...busybox.properties, command: [...TRICKY, ...texts] } },
    };
    // EventBridge takes 8,192 characters of input.
    const input = [...TRICKY, ...texts.slice(0, 60)];
    const events = [{ type: 'schedule' as const, properties: { scheduleRate: 'rate(1 hour)', input } }];
    synthesized = synthesize(stack({ job: job({ container, events }) }));
    const copy = workspace(synthesized.dir);
    try {
      const resources = [...(await copy.mockApply()).resources.values()];
      const definition = resources.find(({ type }) => type === 'aws_batch_job_definition');
      expect(JSON.parse(String(definition?.values.container_properties)).command).toEqual([...TRICKY, ...texts]);
      const target = resources.find(({ type }) => type === 'aws_cloudwatch_event_target');
      expect(JSON.parse(String(target?.values.input))).toEqual(input);
    } finally {
      copy.dispose();
    }
  });
});
