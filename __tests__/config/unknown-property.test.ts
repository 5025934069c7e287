import { z } from 'zod';
import { strict } from '../../modules/config/checked';
import { parse } from '../../modules/config/parse';
import { unknownProperty } from '../../modules/config/unknown-property';
import { vocabularyOf } from '../../modules/config/vocabulary';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { configProblems, fullConfig, SMALLEST_JOB } from '../stack-config/samples';

function fixes(report: object): [path: string, fix: string][] {
  const problems = configProblems({ stackName: 'reports', resources: { report } });
  return problems
    .filter(({ found }) => found.startsWith('the unknown property'))
    .map(({ path, fix }) => [path.replace('resources.report.', ''), fix.replaceAll('resources.report.', '')]);
}

const inJob = (properties: object) => fixes({ type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } });
const inEvent = (type: string, properties: object) => inJob({ events: [{ type, properties }] });

/** What a report says of a property that only overrides can set. */
const override = (overrides: object, place = 'by overrides') =>
  `remove it, and set it ${place}: ${JSON.stringify(overrides, undefined, 1).replace(/\n */g, ' ')}`;

it.each(['comand', 'a "b" c'])('the message names the property %s alone, not what is accepted', (key) => {
  const schema = strict({ command: z.string().optional() });
  const problem = { code: 'unknown-property', message: `Unknown property "${key}".`, accepted: 'command' };
  expect(() => parse(schema, { [key]: 1 }, 'jobs.yml')).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining(problem)] }),
  );
});

describe('a property of the config in the wrong place', () => {
  it.each<[object, string]>([
    [{ cpu: 2 }, 'move it to properties.resources.cpu'],
    [{ memory: 512 }, 'move it to properties.resources.memory'],
    [{ image: 'x' }, 'move it to properties.container.packaging.properties.image (type prebuilt-image)'],
    [{ environment: {} }, 'move it to properties.container.environment'],
    [{ attempts: 3 }, 'move it to properties.retryConfig.attempts'],
    [{ retention_days: 1 }, 'move it to properties.logging.retentionDays'],
    [{ instanceType: 'c7i' }, 'move it to properties.resources.instanceTypes'],
    [{ maxVcpus: 1 }, 'move it to compute.maxVcpus'],
    [{ region: 'x' }, 'move it to the top of the config, as region'],
    [{ overrides: {} }, 'move it to overrides'],
    [
      { batchSize: 10 },
      'move it to properties.events[].properties.batchSize (type sqs, kinesis-stream or dynamo-db-stream)',
    ],
    [{ shardCount: 1 }, 'remove it: it belongs to resources of type kinesis-stream'],
    [{ time_out: 60 }, 'did you mean "timeout"?'],
    [{ name: 'x' }, 'remove it: the name is "report", its key in resources'],
    [{ jobName: 'x' }, 'remove it: the name is "report", its key in resources'],
    [{ event: [] }, 'did you mean "events"?'],
    [{ container: { ...SMALLEST_JOB.container, timeout: 60 } }, 'move it to properties.timeout'],
    [
      { resources: { ...SMALLEST_JOB.resources, command: ['x'] } },
      'move it to properties.container.packaging.properties.command (type prebuilt-image, custom-dockerfile or external-buildpack)',
    ],
    [
      { events: [{ type: 'schedule', scheduleRate: 'x', properties: { scheduleRate: 'rate(1 day)' } }] },
      'move it to properties.events[0].properties.scheduleRate',
    ],
    [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', startingPosition: 'LATEST' } }] },
      'remove it: it belongs to events of type kinesis-stream or dynamo-db-stream',
    ],
    [{ zzz: 1 }, 'remove it'],
  ])('%j', (properties, fix) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([fix]);
  });

  it('at the top', () => {
    const misplaced = { cpu: 1, privateSubnets: true, maxVcpus: 1 };
    expect(configProblems({ ...fullConfig(), ...misplaced }).map(({ path, fix }) => [path, fix])).toEqual([
      ['cpu', 'move it to resources.<name>.properties.resources.cpu (type batch-job)'],
      ['privateSubnets', 'move it to vpc.privateSubnets'],
      ['maxVcpus', 'move it to compute.maxVcpus'],
    ]);
  });
});

it('overrides of a resource that can only exist already change nothing', () => {
  const arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
  expect(fixes({ type: 'state-machine', existing: { arn }, overrides: {} })).toEqual([
    ['overrides', 'remove it: the stack does not change an existing resource'],
  ]);
});

describe('a name that others have for a property', () => {
  it.each<[object, string]>([
    [{ vcpus: 2 }, 'write properties.resources.cpu'],
    [{ env: {} }, 'write properties.container.environment'],
    [{ retries: 3 }, 'write properties.retryConfig.attempts'],
    [{ schedule: 'rate(1 day)' }, 'write properties.events[].properties.scheduleRate (type schedule)'],
    [{ policies: [] }, 'did you mean "iamRoleStatements"?'],
    [{ spot: true }, 'did you mean "useSpotInstances"?'],
    [{ resources: { ...SMALLEST_JOB.resources, vcpus: 1 } }, 'did you mean "cpu"?'],
    [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', maximumBatchingWindowInSeconds: 5 } }] },
      'did you mean "maxBatchWindowSeconds"?',
    ],
    ...['maxConcurrency', 'scalingConfig', 'concurrency'].map((key): [object, string] => [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', [key]: 5 } }] },
      'did you mean "maximumConcurrency"?',
    ]),
    ...['filters', 'filter', 'filterPatterns', 'patterns'].map((key): [object, string] => [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', [key]: [{ body: ['a'] }] } }] },
      'did you mean "filterCriteria"?',
    ]),
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ['*'], Principal: '*' }] },
      'remove it: the statement is about the job itself; whom else a resource lets in stands in the policy of that resource',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ['*'], notAction: [] }] },
      'list the actions in Action; for all but some, allow all of a service and deny those with Effect: Deny',
    ],
  ])('%j', (properties, fix) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([fix]);
  });
});

describe('what only overrides can set', () => {
  it.each<[string, object, object]>([
    ['sqs', { enabled: false }, { Event1Mapping: { enabled: false } }],
    ['kinesis-stream', { tumblingWindowInSeconds: 5 }, { Event1Mapping: { tumbling_window_in_seconds: 5 } }],
    ['sns', { endpointAutoConfirms: true }, { Event1Subscription: { endpoint_auto_confirms: true } }],
    [
      'schedule',
      { retryPolicy: { maximumRetryAttempts: 1 } },
      { Event1Target: { retry_policy: { maximum_retry_attempts: 1 } } },
    ],
  ])('of a %s event: %j', (type, properties, overrides) => {
    expect(inEvent(type, properties).map(([, text]) => text)).toEqual([override(overrides)]);
  });

  it.each<[object, object]>([
    [{ ulimits: [] }, { JobDefinition: { container_properties: { ulimits: [] } } }],
    [
      { container: { ...SMALLEST_JOB.container, privileged: true } },
      { JobDefinition: { container_properties: { privileged: true } } },
    ],
    [{ schedulingPriority: 3 }, { JobDefinition: { scheduling_priority: 3 } }],
    [{ permissionsBoundary: 'arn' }, { JobRole: { permissions_boundary: 'arn' } }],
    [{ tracingConfig: { mode: 'Active' } }, { TriggerFunction: { tracing_config: { mode: 'Active' } } }],
  ])('of a job: %j', (properties, overrides) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([override(overrides)]);
  });
});

describe('what only overrides of a companion can set', () => {
  const inCompanion = (type: string, properties: object) => fixes({ type, properties }).map(([, text]) => text);
  const table = { primaryKey: { partitionKey: { name: 'id', type: 'string' } } };

  it.each<[string, object, object]>([
    ['bucket', { objectLockEnabled: true }, { Bucket: { object_lock_enabled: true } }],
    ['bucket', { blockPublicAcls: false }, { PublicAccess: { block_public_acls: false } }],
    ['sqs-queue', { receiveWaitTimeSeconds: 20 }, { SqsQueue: { receive_wait_time_seconds: 20 } }],
    ['sns-topic', { signatureVersion: 2 }, { SnsTopic: { signature_version: 2 } }],
    ['kinesis-stream', { shardLevelMetrics: ['a'] }, { KinesisStream: { shard_level_metrics: ['a'] } }],
    [
      'dynamo-db-table',
      { ...table, ttl: { attributeName: 'end', enabled: true } },
      { DynamoDbTable: { ttl: { attribute_name: 'end', enabled: true } } },
    ],
    [
      'relational-database',
      { engine: { type: 'postgres' }, monitoringInterval: 60 },
      { RelationalDatabase: { monitoring_interval: 60 } },
    ],
    [
      'relational-database',
      { engine: { type: 'postgres', properties: { parameterGroupName: 'own' } } },
      { RelationalDatabase: { parameter_group_name: 'own' } },
    ],
    [
      'http-api-gateway',
      { disableExecuteApiEndpoint: true },
      { HttpApiGateway: { disable_execute_api_endpoint: true } },
    ],
    ['http-api-gateway', { stageVariables: { a: 'b' } }, { Stage: { stage_variables: { a: 'b' } } }],
    ['application-load-balancer', { idleTimeout: 120 }, { ApplicationLoadBalancer: { idle_timeout: 120 } }],
    ['efs-filesystem', { performanceMode: 'maxIO' }, { EfsFilesystem: { performance_mode: 'maxIO' } }],
    ['user-auth-pool', { mfaConfiguration: 'ON' }, { UserAuthPool: { mfa_configuration: 'ON' } }],
  ])('%s: %j', (type, properties, overrides) => {
    expect(inCompanion(type, properties)).toEqual([override(overrides)]);
  });

  it.each<[string, object, string]>([
    // Terraform would refuse the value, or another resource of the project contradicts it.
    ['bucket', { website: true }, 'remove it'],
    ['bucket', { acl: 'private' }, 'remove it'],
    ['bucket', { burst: 1 }, 'remove it: it belongs to resources of type http-api-gateway'],
    ['bucket', { name: 'x' }, 'remove it: the name in AWS consists of namePrefix, stackName and "report"'],
    ['bucket', { bucketName: 'x' }, 'remove it: the name in AWS consists of namePrefix, stackName and "report"'],
    ['sqs-queue', { queueName: 'x' }, 'remove it: the name in AWS consists of namePrefix, stackName and "report"'],
    ['bucket', { kmsKeyArn: 'x' }, 'move it to encryption.kmsKeyArn'],
  ])('not in %s: %j', (type, properties, fix) => {
    expect(inCompanion(type, properties)).toEqual([fix]);
  });

  it('not of an existing one, which the stack does not change', () => {
    const existing = { arn: 'arn:aws:sqs:eu-west-1:123456789012:letters' };
    const properties = { receiveWaitTimeSeconds: 20 };
    expect(fixes({ type: 'sqs-queue', existing, properties }).map(([, text]) => text)).toEqual(['remove it']);
  });
});

describe('what only overrides of the stack can set', () => {
  const inCompute = (compute: object, ...jobs: object[]) => {
    const list = jobs.length === 0 ? [{}] : jobs;
    const resources = Object.fromEntries([
      ...list.map((job, index) => [`job${index}`, { type: 'batch-job', properties: { ...SMALLEST_JOB, ...job } }]),
      ['db', { type: 'relational-database', properties: { engine: { type: 'postgres' } } }],
    ]);
    const problems = configProblems({ stackName: 'reports', compute, resources });
    return problems.filter(({ path }) => path.startsWith('compute.')).map(({ fix }) => fix);
  };
  const atTop = (overrides: object) => override(overrides, 'at the top of the config by overrides');
  const environment = (...kinds: string[]) =>
    Object.fromEntries(
      kinds.map((kind) => [`${kind}-environment`, { compute_resources: { allocation_strategy: 'BEST_FIT' } }]),
    );

  it.each<[object, object]>([
    [{ ebsOptimized: true }, { LaunchTemplate: { ebs_optimized: true } }],
    [
      { metadataOptions: { httpTokens: 'required' } },
      { LaunchTemplate: { metadata_options: { http_tokens: 'required' } } },
    ],
    [{ keyName: 'me' }, { LaunchTemplate: { key_name: 'me' } }],
    [{ maxSessionDuration: 7200 }, { InstanceRole: { max_session_duration: 7200 } }],
    [{ allocationStrategy: 'BEST_FIT' }, environment('on-demand-cpu-x86-64')],
    [{ priority: 4 }, { 'on-demand-cpu-x86-64-queue': { priority: 4 } }],
  ])('%j', (compute, overrides) => {
    expect(inCompute(compute)).toEqual([atTop(overrides)]);
  });

  it('by the names of all kinds of capacity that the jobs have', () => {
    const resources = SMALLEST_JOB.resources;
    const kinds = ['spot-cpu-x86-64', 'on-demand-cpu-x86-64', 'on-demand-gpu-x86-64', 'on-demand-cpu-arm64'];
    const jobs = [
      { useSpotInstances: true, retryConfig: { attempts: 2, spotInterruption: { thenOnDemand: true } } },
      { resources: { ...resources, gpu: 1 } },
      { resources: { ...resources, architecture: 'arm64' } },
    ];
    expect(inCompute({ allocationStrategy: 'BEST_FIT' }, ...jobs)).toEqual([atTop(environment(...kinds))]);
  });

  it.each<[string, object]>([
    ['chooses instance types', { resources: { ...SMALLEST_JOB.resources, instanceTypes: ['c7i'] } }],
    ['needs other security groups', { connectTo: ['db'] }],
  ])('not for a job that %s, because only the constructs know the name', (_, job) => {
    expect(inCompute({ allocationStrategy: 'BEST_FIT' }, job)).toEqual(['remove it']);
  });

  it.each<[object, string]>([
    [{ instanceTypes: ['m5'] }, 'move it to resources.<name>.properties.resources.instanceTypes (type batch-job)'],
    [{ monitoring: true }, 'remove it'],
    [{ iops: 4000 }, 'did you mean "rootVolumeIops"?'],
    [{ desiredVcpus: 4 }, 'did you mean "minVcpus"?'],
    [{ machineImageId: { amd64: 'ami-0123456789abcdef0' } }, 'did you mean "x86_64"?'],
  ])('is no fix for %j', (compute, fix) => {
    expect(inCompute(compute)).toEqual([fix]);
  });
});

describe('a wrong name of something that is required', () => {
  const all = (config: object) =>
    configProblems({ stackName: 'reports', ...config }).map(({ path, fix }) => [path, fix]);
  const withJob = (properties: object) => ({
    resources: { report: { type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } } },
  });
  const at = 'resources.report.properties';

  it.each<[string, object, [path: string, fix: string][]]>([
    [
      'the ARN of an existing bucket',
      { resources: { photos: { type: 'bucket', existing: { name: 'photos' } } } },
      [['resources.photos.existing.name', 'write arn, the ARN of a bucket, such as arn:aws:s3:::reports']],
    ],
    [
      'the ARN of an existing queue',
      { resources: { queue: { type: 'sqs-queue', existing: { queueUrl: 'https://x' } } } },
      [['resources.queue.existing.queueUrl', 'write arn, the ARN of an SQS queue']],
    ],
    [
      'a limit',
      withJob({ limits: { concurrency: 5 } }),
      [[`${at}.limits.concurrency`, 'did you mean "concurrentRuns"?']],
    ],
    [
      'the job of an event',
      withJob({ events: [{ type: 'batch-job', properties: { job: 'report' } }] }),
      [[`${at}.events[0].properties.job`, 'did you mean "jobName"?']],
    ],
    [
      'a schedule',
      withJob({ events: [{ type: 'schedule', properties: { scheduleExpression: 'rate(1 day)' } }] }),
      [[`${at}.events[0].properties.scheduleExpression`, 'did you mean "scheduleRate"?']],
    ],
    [
      'the role of a backend',
      { ...withJob({}), backend: { type: 's3', bucket: 'states', assumeRole: { arn: 'x' } } },
      [['backend.assumeRole.arn', 'did you mean "roleArn"?']],
    ],
    [
      "a job's volumes",
      withJob({ volumeMounts: [{ type: 'tmpfs', properties: { mountPath: '/scratch', sizeMb: 64 } }] }),
      [[`${at}.volumeMounts`, 'write resources.report.properties.volumes']],
    ],
    ['the prefix of names', { ...withJob({}), prefix: 'a-' }, [['prefix', 'did you mean "namePrefix"?']]],
    [
      'the boundary',
      { ...withJob({}), permissionsBoundary: 'a' },
      [['permissionsBoundary', 'write iam.permissionsBoundaryArn']],
    ],
  ])('is one problem: %s', (_, config, problems) => {
    expect(all(config)).toEqual(problems);
  });

  it('is two if the name means something else', () => {
    expect(all(withJob({ limits: { whenExceded: 'skip' } }))).toEqual([
      [`${at}.limits`, 'add concurrentRuns, such as 5'],
      [`${at}.limits.whenExceded`, 'did you mean "whenExceeded"?'],
    ]);
  });
});

describe('a property that is to be removed with its value settles what else is wrong in it', () => {
  const settled = (type: string, path: readonly string[], value: unknown) => {
    const root = { resources: { one: { type, properties: { ...SMALLEST_JOB, [String(path[0])]: value } } } };
    const whole = ['resources', 'one', 'properties', ...path];
    return unknownProperty(whole, ['cpu'], { schema: batchJobsConfig, root, vocabulary: vocabularyOf(batchJobsConfig) })
      .settles;
  };

  it.each<[string, string, unknown]>([
    // What its fix says begins like that of a property nobody knows.
    ['sqs-queue', 'fifoHighThroughput', false],
    ['sqs-queue', 'events', []],
    ['function', 'volumeMounts', []],
    ['bucket', 'autoSync', true],
    ['batch-job', 'name', 'one'],
    ['batch-job', 'shardCount', 1],
  ])('as in %s: %s', (type, property, value) => {
    expect(settled(type, [property], value)).toEqual([property]);
  });

  it.each<[string, string, unknown]>([
    ['sqs-queue', 'fifoHighThroughput', true], // overrides set it
    ['batch-job', 'timeoutAction', {}], // nobody knows it
    ['batch-job', 'memory', 512], // elsewhere
  ])('unlike %s: %s, whose value stays', (type, property, value) => {
    expect(settled(type, [property], value)).toBeUndefined();
  });
});
