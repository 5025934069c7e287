import { regionHints } from '../../modules/stack-config/region-hints';
import { configProblems, SMALLEST_JOB, tokens } from './samples';
import { jobOf } from './with-resources';

const queue = (region: string, account = '111111111111', partition = 'aws') =>
  `arn:${partition}:sqs:${region}:${account}:inbox`;
const reads = (sqsQueueArn: string) => jobOf('sqs', { sqsQueueArn });
const existing = (type: string, given: object) => ({ type, existing: given });

/** What is wrong, each as `<path>: <accepted>; <fix>`. */
function problems(resources: object, more: object = { region: 'eu-west-1' }): string[] {
  return configProblems({ stackName: 'reports', resources, ...more }).map(
    ({ path, accepted, fix }) => `${path}: ${accepted}; ${fix}`,
  );
}

const THERE = "an ARN of eu-west-1, the stack's region; use a resource in eu-west-1, or set region to us-east-1";

describe('an ARN of another region than the stated one', () => {
  const event = 'resources.job.properties.events[0].properties';
  const arn = (service: string, resource: string, account = '111111111111') =>
    `arn:aws:${service}:us-east-1:${account}:${resource}`;
  const filter = { eventPattern: { source: ['a'] } };
  const batch = { onFailure: { type: 'sqs', arn: arn('sqs', 'q') } };
  const stream = 'arn:aws:kinesis:eu-west-1:111111111111:stream/clicks';

  it.each([
    ['sqs', { sqsQueueArn: arn('sqs', 'q') }, 'sqsQueueArn'],
    ['sns', { snsTopicArn: arn('sns', 't') }, 'snsTopicArn'],
    [
      'sns',
      { snsTopicArn: 'arn:aws:sns:eu-west-1:111111111111:t', onDeliveryFailure: { sqsQueueArn: arn('sqs', 'q') } },
      'onDeliveryFailure.sqsQueueArn',
    ],
    ['kinesis-stream', { streamArn: arn('kinesis', 'stream/clicks') }, 'streamArn'],
    [
      'kinesis-stream',
      { streamArn: stream, consumerArn: arn('kinesis', 'stream/clicks/consumer/c:1700000000') },
      'consumerArn',
    ],
    ['kinesis-stream', { streamArn: stream, ...batch }, 'onFailure.arn'],
    ['dynamo-db-stream', { streamArn: arn('dynamodb', 'table/orders/stream/2026-01-01T00:00:00.000') }, 'streamArn'],
    ['cloudwatch-log', { logGroupArn: arn('logs', 'log-group:/a') }, 'logGroupArn'],
    ['event-bus', { eventBusArn: arn('events', 'event-bus/orders'), ...filter }, 'eventBusArn'],
  ])('is refused: %s %j', (type, properties, property) => {
    expect(problems({ job: jobOf(type, properties) })).toEqual([`${event}.${property}: ${THERE}`]);
  });

  it.each([
    [
      existing('application-load-balancer', { listenerArn: arn('elasticloadbalancing', 'listener/app/web/0/1') }),
      'existing.listenerArn',
    ],
    [existing('event-bus', { arn: arn('events', 'event-bus/orders') }), 'existing.arn'],
    [existing('function', { arn: arn('lambda', 'function:check') }), 'existing.arn'],
    [existing('sqs-queue', { arn: arn('sqs', 'q') }), 'existing.arn'],
    [
      { type: 'application-load-balancer', properties: { certificateArn: arn('acm', 'certificate/1') } },
      'properties.certificateArn',
    ],
    [
      {
        type: 'application-load-balancer',
        properties: { listeners: [{ port: 443, protocol: 'HTTPS', certificateArn: arn('acm', 'certificate/1') }] },
      },
      'properties.listeners[0].certificateArn',
    ],
    [
      {
        type: 'application-load-balancer',
        properties: {
          listeners: [{ port: 443, protocol: 'HTTPS', customCertificateArns: [arn('acm', 'certificate/1')] }],
        },
      },
      'properties.listeners[0].customCertificateArns[0]',
    ],
    [{ type: 'sns-topic', properties: { kmsKeyId: arn('kms', 'key/1') } }, 'properties.kmsKeyId'],
    [{ type: 'kinesis-stream', properties: { kmsKeyId: arn('kms', 'key/1') } }, 'properties.kmsKeyId'],
    [
      { type: 'sqs-queue', properties: { redrivePolicy: { targetSqsQueueArn: arn('sqs', 'q'), maxReceiveCount: 3 } } },
      'properties.redrivePolicy.targetSqsQueueArn',
    ],
  ])('is refused: %j', (resource, property) => {
    expect(problems({ it: resource })).toEqual([`resources.it.${property}: ${THERE}`]);
  });

  it('is refused for what a build reads', () => {
    const packaging = {
      type: 'custom-dockerfile',
      properties: {
        buildContextPath: '.',
        buildSecrets: { TOKEN: `$Secret('${arn('secretsmanager', 'secret:npm-AbCdEf')}')` },
        registryCredentials: [{ registry: 'ghcr.io', secretArn: arn('secretsmanager', 'secret:ghcr-AbCdEf') }],
      },
    };
    const job = { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging } } };
    const place = 'resources.job.properties.container.packaging.properties';
    expect(problems({ job })).toEqual([
      `${place}.buildSecrets.TOKEN: ${THERE}`,
      `${place}.registryCredentials[0].secretArn: ${THERE}`,
    ]);
  });

  it('is refused for the alarm on undelivered events', () => {
    const undeliveredEvents = { alarmTopicArn: arn('sns', 'alarms') };
    expect(problems({}, { region: 'eu-west-1', undeliveredEvents })).toEqual([
      `undeliveredEvents.alarmTopicArn: ${THERE}`,
    ]);
  });

  it('is taken where AWS reaches over', () => {
    const packaging = {
      type: 'prebuilt-image',
      properties: {
        image: '111111111111.dkr.ecr.us-east-1.amazonaws.com/job:1',
        repositoryCredentialsSecretArn: arn('secretsmanager', 'secret:registry-AbCdEf'),
      },
    };
    const iamRoleStatements = [{ Action: ['sqs:SendMessage'], Resource: [arn('sqs', 'q')] }];
    const environment = { QUEUE: arn('sqs', 'q') };
    const job = { ...SMALLEST_JOB, container: { packaging, environment }, iamRoleStatements };
    expect(problems({ job: { type: 'batch-job', properties: job } })).toEqual([]);
  });

  it.each([
    ['sns-topic', { arn: arn('sns', 't') }],
    ['kinesis-stream', { arn: arn('kinesis', 'stream/clicks') }],
    ['state-machine', { arn: arn('states', 'stateMachine:orders') }],
    ['dynamo-db-table', { arn: arn('dynamodb', 'table/orders') }],
  ])('is taken for an existing %s that jobs connect to', (type, given) => {
    const job = { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo: ['it'] } };
    expect(problems({ it: existing(type, given), job })).toEqual([]);
  });

  it.each([
    ['sns-topic', 'arn', { arn: arn('sns', 't') }, jobOf('sns', { snsTopicName: 'it' })],
    ['sns-topic', 'arn', { arn: arn('sns', 't') }, jobOf('sns', { snsTopicArn: "$ResourceParam('it', 'arn')" })],
    [
      'kinesis-stream',
      'arn',
      { arn: arn('kinesis', 'stream/clicks') },
      jobOf('kinesis-stream', { kinesisStreamName: 'it' }),
    ],
  ])('is refused for an existing %s whose events start a job', (type, property, given, job) => {
    expect(problems({ it: existing(type, given), job })).toEqual([`resources.it.existing.${property}: ${THERE}`]);
  });

  it('does not count for what has no region', () => {
    const certificateArn = 'arn:aws:iam::111111111111:server-certificate/web';
    const web = { type: 'application-load-balancer', properties: { certificateArn } };
    const files = existing('bucket', { arn: 'arn:aws:s3:::files' });
    expect(problems({ web, files })).toEqual([]);
  });

  it('cannot be known of a token', () => {
    expect(problems({ job: reads(tokens().TEXT) })).toEqual([]);
    expect(problems({ job: reads(queue('us-east-1')) }, { region: tokens().TEXT })).toEqual([]);
  });
});

describe('without a stated region', () => {
  it('ARNs that must be in the same one are compared with each other', () => {
    expect(problems({ a: reads(queue('eu-west-1')), b: reads(queue('us-east-1')) }, {})).toEqual([
      "resources.b.properties.events[0].properties.sqsQueueArn: an ARN of eu-west-1, as resources.a.properties.events[0].properties.sqsQueueArn: both must be in the stack's region; use resources of one region, and set region to this region",
    ]);
  });

  it('one ARN may be of any region and partition', () => {
    expect(problems({ a: reads(queue('us-east-1')) }, {})).toEqual([]);
    expect(problems({ a: reads(queue('cn-north-1', '111111111111', 'aws-cn')) }, {})).toEqual([]);
  });
});

describe('an ARN of another partition', () => {
  const statement = (Resource: string[]) => ({
    type: 'batch-job',
    properties: { ...SMALLEST_JOB, iamRoleStatements: [{ Action: ['s3:GetObject'], Resource }] },
  });

  it.each([
    ['eu-west-1', 'aws', ['arn:aws-cn:s3:::files/*'], 'arn:aws:s3:::files/*'],
    ['cn-north-1', 'aws-cn', ['arn:aws:s3:::files/*'], 'arn:aws-cn:s3:::files/*'],
    ['us-gov-west-1', 'aws-us-gov', ['arn:aws:s3:::files/*'], 'arn:aws-us-gov:s3:::files/*'],
  ])('is refused in %s, which is in %s', (region, partition, wrong, right) => {
    expect(problems({ job: statement(wrong) }, { region })).toEqual([
      `resources.job.properties.iamRoleStatements[0].Resource[0]: an ARN of the partition ${partition}, as ${region} is; use a resource of the partition ${partition}: the stack cannot reach another partition`,
    ]);
    expect(problems({ job: statement([right, '*', 'arn:*:s3:::files']) }, { region })).toEqual([]);
  });

  it('is refused by its own region, with the ARN that is meant', () => {
    expect(problems({ job: reads(queue('eu-west-1', '111111111111', 'aws-cn')) })).toEqual([
      'resources.job.properties.events[0].properties.sqsQueueArn: an ARN of the partition aws, the partition of eu-west-1; write arn:aws: for a resource in eu-west-1',
    ]);
    expect(problems({ job: reads(queue('cn-north-1')) }, {})).toEqual([
      'resources.job.properties.events[0].properties.sqsQueueArn: an ARN of the partition aws-cn, the partition of cn-north-1; write arn:aws-cn: for a resource in cn-north-1',
    ]);
  });

  it('is refused next to one of the first', () => {
    const resources = {
      a: existing('bucket', { arn: 'arn:aws:s3:::first' }),
      b: existing('bucket', { arn: 'arn:aws-cn:s3:::second' }),
    };
    expect(problems(resources, {})).toEqual([
      'resources.b.existing.arn: an ARN of the partition aws, as resources.a.existing.arn is; use a resource of the partition aws: the stack cannot reach another partition',
    ]);
  });

  it('means an image too', () => {
    const image = '111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/job:1';
    const packaging = { type: 'prebuilt-image', properties: { image } };
    const job = { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging } } };
    expect(problems({ job })).toEqual([
      'resources.job.properties.container.packaging.properties.image: an image of the partition aws, as eu-west-1 is; copy the image to a repository in eu-west-1',
    ]);
    expect(problems({ job }, { region: 'cn-northwest-1' })).toEqual([]);
  });
});

describe('subnets that are listed twice', () => {
  const twice = ['subnet-1', 'subnet-1'];

  it.each([
    [{ vpc: { vpcId: 'vpc-1', subnetIds: twice } }, 'vpc.subnetIds[1]'],
    [
      { resources: { web: { type: 'application-load-balancer', properties: { subnetIds: twice } } } },
      'resources.web.properties.subnetIds[1]',
    ],
    [
      {
        resources: {
          orders: { type: 'relational-database', properties: { engine: { type: 'postgres' }, subnetIds: twice } },
        },
      },
      'resources.orders.properties.subnetIds[1]',
    ],
    [
      {
        resources: {
          cache: { type: 'redis-cluster', properties: { defaultUserPassword: "$Secret('redis')", subnetIds: twice } },
        },
      },
      'resources.cache.properties.subnetIds[1]',
    ],
  ])('are refused: %j', (config, path) => {
    expect(problems({}, { vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] }, ...config })).toEqual([
      `${path}: each subnet once; remove it, or use a subnet in another Availability Zone`,
    ]);
  });
});

describe('the ARN of a secret or parameter', () => {
  const job = (partition: string, region: string) => {
    const environment = {
      TOKEN: `$Secret('arn:${partition}:secretsmanager:${region}:111111111111:secret:api-AbCdEf:key')`,
      LEVEL: `$Parameter('arn:${partition}:ssm:${region}:111111111111:parameter/level')`,
    };
    const container = { ...SMALLEST_JOB.container, environment };
    return { job: { type: 'batch-job', properties: { ...SMALLEST_JOB, container } } };
  };

  it('is refused in another partition', () => {
    const wrong = (variable: string) =>
      `resources.job.properties.container.environment.${variable}: an ARN of the partition aws, as eu-west-1 is; use a resource of the partition aws: the stack cannot reach another partition`;
    expect(problems(job('aws-cn', 'cn-north-1'))).toEqual([wrong('TOKEN'), wrong('LEVEL')]);
  });

  it('is taken in another region, which ECS reads too', () => {
    expect(problems(job('aws', 'us-east-1'))).toEqual([]);
  });
});

describe('regions that are not known', () => {
  it('get a hint with the nearest names', () => {
    const hint = (name: string, like: string) =>
      `"${name}" is not a region that is known here; known ones with a similar name: ${like}`;
    expect(regionHints({ region: 'eu-west-9', backend: { type: 's3', bucket: 'states', region: 'us-est-1' } })).toEqual(
      [
        { property: 'region', message: hint('eu-west-9', 'eu-west-1, eu-west-2, eu-west-3') },
        { property: 'backend.region', message: hint('us-est-1', 'us-east-1, us-west-1') },
      ],
    );
    // No region of its partition is known.
    expect(regionHints({ region: 'us-iso-east-1' })).toEqual([
      { property: 'region', message: '"us-iso-east-1" is not a region that is known here' },
    ]);
  });

  it('are only those', () => {
    expect(regionHints({ region: 'eu-west-1', backend: { type: 'local' } })).toEqual([]);
    expect(regionHints({})).toEqual([]);
    expect(regionHints({ region: tokens().TEXT })).toEqual([]);
  });

  it('are taken all the same', () => {
    expect(problems({ job: reads(queue('eu-west-9')) }, { region: 'eu-west-9' })).toEqual([]);
  });
});

describe('accounts', () => {
  const bus = (account: string) =>
    existing('event-bus', { arn: `arn:aws:events:eu-west-1:${account}:event-bus/orders` });

  it('of what AWS takes only from the stack’s own must be one', () => {
    const inbox = existing('sqs-queue', { arn: queue('eu-west-1', '222222222222') });
    expect(problems({ orders: bus('111111111111'), inbox })).toEqual([
      "resources.inbox.existing.arn: an ARN of the account 111111111111, as resources.orders.existing.arn: both must be in the stack's account; use resources of the account that the stack is deployed to",
    ]);
  });

  it('may differ where AWS reaches over', () => {
    expect(problems({ orders: bus('111111111111'), job: reads(queue('eu-west-1', '222222222222')) })).toEqual([]);
  });
});
