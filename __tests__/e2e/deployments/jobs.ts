import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import type { Removal, Scene } from './scene';

type Resources = BatchJobsConfig['resources'];
type JobProperties = Extract<Resources[string], { type: 'batch-job' }>['properties'];

const image = (name: string) => ({ type: 'prebuilt-image', properties: { image: name } }) as const;
const small = { cpu: 1, memory: 512 };
const large = { cpu: 4, memory: 4000 };

function job(properties: Partial<JobProperties>): Resources[string] {
  return {
    type: 'batch-job',
    properties: { container: { packaging: image('busybox') }, resources: small, ...properties },
  };
}

const efs = (properties: object = {}) =>
  ({ type: 'efs', properties: { efsFilesystemName: 'files', mountPath: '/files', ...properties } }) as const;
const scratch = (sizeMb: number, mountPath = '/scratch') =>
  ({ type: 'tmpfs', properties: { mountPath, sizeMb } }) as const;
const files = { type: 'efs-filesystem', properties: { deletionProtection: false } } as const;

/** Two sets of properties: one job goes from the first to the second, another the other way, so that both ways are shown. */
const plain: Partial<JobProperties> = {};
const rich: Partial<JobProperties> = {
  container: {
    packaging: {
      type: 'prebuilt-image',
      properties: {
        image: 'registry.example.com/job:2',
        command: ['sh', '-c', 'true'],
        repositoryCredentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-abcdef',
      },
    },
    environment: { FORMAT: 'csv' },
  },
  resources: { cpu: 2, memory: 1800 },
  timeout: 600,
  useSpotInstances: true,
  logging: { retentionDays: 30 },
  retryConfig: {
    attempts: 3,
    retryIntervalSeconds: 5,
    retryIntervalMultiplier: 2,
    spotInterruption: { freeRestarts: 2, thenOnDemand: true },
    onOutOfMemory: { memoryMultiplier: 1.5, maxMemory: 3600 },
  },
  connectTo: [
    'queue',
    { name: 'bucket', access: 'read', prefix: 'in/' },
    { name: 'bucket', access: 'write', prefix: 'out/' },
  ],
  iamRoleStatements: [
    {
      Sid: 'Publish',
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: ['arn:aws:sns:eu-west-1:123456789012:reports'],
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
  executionRoleStatements: [
    {
      Sid: 'Decrypt',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: ['arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555'],
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
  tags: { team: 'reports' },
};

const endpoint = (properties: object) =>
  ({ type: 'http-endpoint', properties: { endpointUrl: 'https://logs.example.com', ...properties } }) as const;

const restarts = (freeRestarts: number) =>
  job({ useSpotInstances: true, retryConfig: { spotInterruption: { freeRestarts } } });

const before: Resources = {
  files,
  mounted: job({ volumes: [efs(), scratch(64)] }),
  toMounted: job({}),
  local: job({ resources: { ...small, instanceTypes: ['m6id'], useInstanceStore: true } }),
  toLocal: job({ resources: { ...small, instanceTypes: ['m6id'] } }),
  // On capacity that another job leaves.
  staysOnRoot: job({ resources: { ...small, instanceTypes: ['m6id'] } }),
  ownFiles: job({ volumes: [efs({ rootDirectory: '/own' })] }),
  bucket: { type: 'bucket' },
  queue: { type: 'sqs-queue' },
  topic: { type: 'sns-topic' },
  bus: { type: 'event-bus' },
  told: job({
    notifications: {
      onFailure: { snsTopicName: 'topic' },
      onSuccess: [{ eventBusName: 'bus' }],
      onStuck: { snsTopicName: 'topic' },
    },
  }),
  toldOfMore: job({}),
  alarmed: job({
    alarms: {
      failedRuns: { notify: { snsTopicName: 'topic' } },
      oldestWaitingRun: { notify: [{ snsTopicName: 'topic' }] },
    },
  }),
  alarmedMore: job({ alarms: { failedRuns: { notify: [{ snsTopicName: 'topic' }] } } }),
  limited: job({ limits: { concurrentRuns: 5, runsPerHour: 10, runsPerDay: 100 } }),
  ofCountedItems: job({
    forEach: { items: '$.keys', maxItems: 100 },
    limits: { concurrentRuns: 20, countItems: true },
  }),
  toLimits: job({}),
  fromLimits: job({ limits: { concurrentRuns: 5 } }),
  ofItems: job({ forEach: { items: '$.detail.keys', maxItems: 500, maxFailures: 3 } }),
  ofManifest: job({ forEach: { s3Manifest: '$.list', bucket: 'lists' } }),
  ofCount: job({ forEach: { count: 10 } }),
  toEach: job({}),
  fromEach: job({ forEach: { items: 'records' } }),
  forth: job(plain),
  back: job(rich),
  never: restarts(0),
  often: restarts(9),
  listed: job({
    container: { packaging: image('busybox'), environment: [{ name: 'A', value: 1 }] },
    iamRoleStatements: [{ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] }],
  }),
  quiet: job({ logging: { disabled: true } }),
  // On capacity that other jobs keep.
  endpoint: job({}),
  highlight: job({}),
  datadog: job({}),
  gpu: job({ resources: { ...large, gpu: 1 } }),
  toGpu: job({ resources: large }),
  arm: job({ resources: { ...small, architecture: 'arm64' } }),
  toArm: job({ resources: small }),
  own: job({ resources: { ...small, instanceTypes: ['m6i'] } }),
  toOwn: job({ resources: small }),
};

const after: Resources = {
  ...before,
  limited: job({ limits: { concurrentRuns: 2, runsPerHour: 20, runsPerDay: 50, whenExceeded: 'skip' } }),
  ofCountedItems: job({
    forEach: { items: '$.keys', maxItems: 100 },
    limits: { concurrentRuns: 20, countItems: false },
  }),
  toLimits: job({ limits: { concurrentRuns: 5 } }),
  fromLimits: job({}),
  ofItems: job({ forEach: { items: '$.detail.objects', maxItems: 1_000_000, maxFailures: '5%' } }),
  ofManifest: job({ forEach: { s3Manifest: '$.manifest', bucket: '$.bucket' } }),
  ofCount: job({ forEach: { count: 20 } }),
  toEach: job({ forEach: { items: 'records' } }),
  fromEach: job({}),
  forth: job(rich),
  back: job(plain),
  told: job({
    notifications: {
      onFailure: [
        { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' },
        { snsTopicName: 'topic' },
        { eventBusName: 'bus' },
      ],
      onSuccess: { eventBusName: 'bus' },
      onStuck: [
        { afterSeconds: 600, snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' },
        { afterSeconds: 1200, snsTopicName: 'topic' },
        { eventBusName: 'bus' },
      ],
    },
  }),
  toldOfMore: job({
    notifications: {
      onFailure: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' },
      onSuccess: [{ snsTopicName: 'topic' }, { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' }],
      onStuck: { afterSeconds: 600, eventBusName: 'bus' },
    },
  }),
  alarmed: job({
    alarms: {
      failedRuns: {
        threshold: 3,
        periodSeconds: 3600,
        notify: [{ snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' }, { snsTopicName: 'topic' }],
      },
      oldestWaitingRun: { afterSeconds: 600, notify: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' } },
    },
  }),
  alarmedMore: job({
    alarms: {
      failedRuns: { notify: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' } },
      oldestWaitingRun: { notify: { snsTopicName: 'topic' } },
    },
  }),
  never: restarts(9),
  often: restarts(0),
  listed: job({
    container: { packaging: image('busybox'), environment: [{ name: 'B', value: 2 }] },
    iamRoleStatements: [{ Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::b/*'] }],
  }),
  quiet: job({ logging: { disabled: false } }),
  endpoint: job({
    logging: {
      logForwarding: {
        errorLog: true,
        ...endpoint({
          gzipEncodingEnabled: true,
          parameters: { source: 'jobs' },
          retryDuration: 60,
          accessKey: "$Secret('logs.api_key')",
        }),
      },
    },
  }),
  highlight: job({
    logging: {
      logForwarding: {
        type: 'highlight',
        errorLog: true,
        properties: { projectId: 'a1', endpointUrl: 'https://highlight.example.com' },
      },
    },
  }),
  datadog: job({
    logging: {
      logForwarding: {
        type: 'datadog',
        errorLog: true,
        properties: { apiKey: "$Secret('logs.api_key')", endpointUrl: 'https://datadog.example.com' },
      },
    },
  }),
  gpu: job({ resources: { ...large, gpu: 2 } }),
  toGpu: job({ resources: { ...large, gpu: 1 } }),
  mounted: job({
    volumes: [efs({ readOnly: true }), scratch(128, '/more')],
    resources: { ...small, sharedMemoryMb: 128 },
  }),
  toMounted: job({ volumes: [efs()] }),
  toLocal: job({ resources: { ...small, instanceTypes: ['m6id'], useInstanceStore: true } }),
  toArm: job({ resources: { ...small, architecture: 'arm64' } }),
  toOwn: job({ resources: { ...small, instanceTypes: ['m6i'] } }),
};

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const stack: Omit<BatchJobsConfig, 'resources'> = {
  stackName: 'jobs',
  region: 'eu-west-1',
  compute: { maxVcpus: 64, minVcpus: 0, rootVolumeGb: 50 },
  tags: { owner: 'tests' },
  undeliveredEvents: { alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:first' },
};

/** The mirror's provider, 5.100, does not know that AWS Batch updates such an environment in place; 6.x does (terraform-provider-aws#40148). */
const spotInMirror: Removal = {
  address: /^aws_batch_compute_environment\.batch-platform_capacity_spot-cpu-x86-64-environment_/,
  how: 'follows',
  reason: 'an update in place with the provider that the stack asks for',
};

export const jobs: Scene = {
  before: { ...stack, resources: before },
  changes: [
    {
      name: 'properties of jobs and of the stack',
      after: {
        ...stack,
        compute: {
          maxVcpus: 128,
          minVcpus: 2,
          rootVolumeGb: 100,
          rootVolumeIops: 6000,
          rootVolumeThroughputMibps: 250,
          machineImageId: {
            x86_64: 'ami-0123456789abcdef0',
            arm64: 'ami-0123456789abcdef1',
            gpu: 'ami-0123456789abcdef2',
          },
          userData: '#!/bin/bash\necho ready\n',
        },
        tags: { owner: 'others', more: 'yes' },
        undeliveredEvents: { alarmTopicName: 'topic' },
        dashboard: true,
        iam: { permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary' },
        resources: after,
      },
      removals: [
        spotInMirror,
        {
          address: /^aws_(cloudwatch_event_rule|cloudwatch_event_target)\.fromLimits_Places_/,
          how: 'goes',
          reason: 'the job has no limits: nobody gives places to its runs, and those that wait go on',
        },
        {
          address: /^aws_iam_role_policy\.fromLimits_StateMachine_Role_Grants_/,
          how: 'goes',
          reason: 'runs of the job take no places',
        },
        {
          address: /^aws_(cloudwatch_log_group|iam_role|iam_role_policy|lambda_function)\.fromEach_Items_/,
          how: 'goes',
          reason:
            'the job has no items: runs that have begun with some end at the next question to the function; the page says so',
        },
        {
          address: /^aws_iam_role_policy\.fromEach_StateMachine_Role_Grants_/,
          how: 'goes',
          reason: 'runs of the job have no items to find',
        },
      ],
    },
    {
      name: 'the path of roles and the key of file systems, which the plan warns of',
      after: { ...stack, iam: { path: '/teams/reports/' }, encryption: { kmsKeyArn: KEY }, resources: before },
      removals: [
        spotInMirror,
        {
          address: /^aws_iam_(role|role_policy)\./,
          how: 'makes way',
          reason: 'IAM moves nothing to another path; the documentation and the plan say that runs fail meanwhile',
        },
        {
          address: /^aws_iam_(role|role_policy|instance_profile)\.batch-platform_capacity_InstanceRole_/,
          how: 'follows',
          reason: 'the compute environments get another role, with another name',
        },
        {
          address: /^aws_efs_(file_system|access_point)\./,
          how: 'follows',
          reason: 'EFS cannot change a key; deletionProtection refuses it unless switched off',
        },
        {
          address: /^aws_efs_(backup_policy|file_system_policy|mount_target)\./,
          how: 'makes way',
          reason: 'parts of the file system',
        },
      ],
    },
    {
      name: 'what makes the last job leave its capacity, or its log',
      after: {
        ...stack,
        resources: {
          ...before,
          arm: job({}),
          own: job({ logging: { disabled: true } }),
          ownFiles: job({ volumes: [efs({ rootDirectory: '/other', uid: 5, gid: 6, permissions: '0775' })] }),
        },
      },
      removals: [
        {
          address: /capacity_on-demand-cpu-(arm64|x86-64-f534708f)-(queue|environment)_/,
          how: 'goes',
          reason: 'no job is sent there; it is deleted after the state machines have moved: failed-build.test.ts',
        },
        {
          address: /^aws_efs_access_point\.ownFiles_/,
          how: 'follows',
          reason: 'EFS cannot change an access point; diff and deploy say what that means for attempts that wait',
        },
        { address: /^aws_cloudwatch_log_group\.own_LogGroup_/, how: 'goes', reason: 'the job logs no more' },
        { address: /^aws_iam_role_policy\.own_ExecutionRole_Policy_/, how: 'goes', reason: 'nothing is left to allow' },
      ],
    },
  ],
};
