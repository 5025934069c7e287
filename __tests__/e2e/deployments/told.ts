import type { BatchJobsConfig } from '../../../modules/stack-config/config';

type Resources = BatchJobsConfig['resources'];
type JobProperties = Extract<Resources[string], { type: 'batch-job' }>['properties'];

const image = (name: string, command?: string[]) =>
  ({ type: 'prebuilt-image', properties: { image: name, ...(command && { command }) } }) as const;

const small = { cpu: 1, memory: 512 };

function job(properties: Partial<JobProperties> = {}): Resources[string] {
  return {
    type: 'batch-job',
    properties: { container: { packaging: image('busybox') }, resources: small, ...properties },
  };
}

const schedule = (scheduleRate: string) => ({ type: 'schedule', properties: { scheduleRate } }) as const;
const retried = { attempts: 2, retryIntervalSeconds: 60 };
const key = { partitionKey: { name: 'id', type: 'string' } } as const;
const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
// Alone on their kinds of capacity.
const arm = { ...small, architecture: 'arm64' } as const;
const own = { ...small, instanceTypes: ['m6i'] };
const compute = { cpu: 2, memory: 4096, instanceTypes: ['c6i'] };

const companions: Resources = {
  uploads: { type: 'bucket', properties: { forceDestroy: true } },
  kept: { type: 'bucket' },
  inbox: { type: 'sqs-queue' },
  alerts: { type: 'sns-topic' },
  bus: { type: 'event-bus' },
  clicks: { type: 'kinesis-stream' },
  orders: { type: 'dynamo-db-table', properties: { primaryKey: key, deletionProtection: false } },
  guarded: { type: 'dynamo-db-table', properties: { primaryKey: key } },
  sales: { type: 'relational-database', properties: { engine: { type: 'postgres' }, deletionProtection: false } },
  files: { type: 'efs-filesystem', properties: { deletionProtection: false } },
  users: { type: 'user-auth-pool', properties: { deletionProtection: false } },
  api: { type: 'http-api-gateway' },
  balancer: { type: 'application-load-balancer', properties: { deletionProtection: false } },
};

const jobs: Resources = {
  container: job({
    container: { packaging: image('reports:1', ['report']), environment: { FORMAT: 'csv', LEVEL: 'info' } },
    retryConfig: retried,
  }),
  image: job(),
  retries: job({ timeout: 600, retryConfig: retried }),
  events: job({ events: [schedule('rate(12 hours)')], logging: { retentionDays: 30 } }),
  limited: job({ limits: { concurrentRuns: 1 } }),
  unlimited: job(),
  mover: job({ resources: arm }),
  gone: job({ resources: own, logging: { retentionDays: 30 } }),
  nightlyReport: job({
    resources: { cpu: 1, memory: 1024 },
    retryConfig: retried,
    events: [schedule('rate(12 hours)')],
  }),
  etl: job({ resources: compute }),
};

const stack = { stackName: 'told', region: 'eu-west-1' };

/** The config that is applied. */
export const applied: BatchJobsConfig = { ...stack, resources: { ...jobs, ...companions } };

const { uploads: _uploads, ...others } = companions;

/** What it changes to for the plan in docs/deploy.md. */
export const sample: BatchJobsConfig = {
  ...stack,
  resources: {
    ...others,
    ...jobs,
    nightlyReport: job({
      container: { packaging: image('reports:2') },
      resources: { cpu: 1, memory: 4096 },
      retryConfig: retried,
      events: [schedule('rate(6 hours)')],
    }),
    etl: job({ resources: compute, useSpotInstances: true }),
  },
};

/** What it changes to, and lines that the plan is told in. */
export const changes: {
  readonly [name: string]: {
    readonly after: BatchJobsConfig;
    /** Whether data or runs are lost. */
    readonly loses: boolean;
    /** By what changes. */
    readonly told: { readonly [change: string]: readonly string[] };
  };
} = {
  nothing: { after: applied, loses: false, told: { nothing: ['Plan: no resources change'] } },
  'jobs in place': {
    loses: false,
    after: {
      ...applied,
      resources: {
        ...applied.resources,
        container: job({
          container: { packaging: image('reports:2', ['report', '--all']), environment: { FORMAT: 'json', TO: 'x' } },
          resources: { cpu: 2, memory: 4096 },
          retryConfig: retried,
          connectTo: ['uploads'],
        }),
        image: job({ container: { packaging: image('busybox:2') } }),
        retries: job({ timeout: 1200, retryConfig: { attempts: 3, retryIntervalSeconds: 5 } }),
        events: job({ events: [schedule('rate(6 hours)')], logging: { retentionDays: 7 } }),
        unlimited: job({ limits: { concurrentRuns: 2 } }),
        added: job({ events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }] }),
        archive: { type: 'bucket' },
      },
    },
    told: {
      'image, command, size, variables and permissions': [
        '  ~ job container   new image, new command, 2 vCPUs (was 1), 4,096 MiB of memory (was 512), new variables STP_UPLOADS_ARN, ' +
          'STP_UPLOADS_NAME, TO, changed variable FORMAT, removed variable LEVEL, other permissions; attempts in progress are not ' +
          'touched, later ones use it',
      ],
      'the image of a job with one attempt': ['  ~ job image   new image; runs in progress are not touched'],
      'attempts, waits and timeout': [
        '  ~ job retries   3 attempts (was 2), waits of 5, 5 s (was 60), timeout of 1,200 s (was 600); runs in progress are not touched',
      ],
      'the schedule and the log': [
        '  ~ job events   logs are kept 7 days (was 30 days)',
        '    + schedule trigger rate(6 hours)',
        '    - schedule trigger rate(12 hours)',
      ],
      'new limits': ['  ~ job unlimited   limits are added; runs in progress are not touched'],
      'a new job and a new bucket': [
        expect.stringMatching(/^ {2}\+ job added {3}\d+ resources$/),
        expect.stringMatching(/^ {2}\+ bucket archive {3}\d resources$/),
      ],
    },
  },
  'jobs that lose something': {
    loses: true,
    after: {
      ...applied,
      resources: {
        ...companions,
        ...Object.fromEntries(Object.entries(jobs).filter(([name]) => name !== 'gone' && name !== 'image')),
        renamed: job(),
        limited: job(),
        mover: job(),
        events: job({ logging: { disabled: true } }),
        retries: job({ timeout: 600, retryConfig: retried, useSpotInstances: true }),
      },
    },
    told: {
      'a job that leaves its queue': [
        expect.stringMatching(/^ {2}~ job mover {3}instances of .* \(was .*\)$/),
        '    - queue of mover',
        '  Runs   queue of mover will be deleted: the runs in it fail',
      ],
      'a removed job': [
        expect.stringMatching(/^ {2}- job gone {3}\d+ resources$/),
        expect.stringMatching(/^ +\(the same for gone, image\)$/),
        '  Runs   state machine of job gone will be deleted: runs in progress fail at their next step',
        '  Runs   queue of gone will be deleted: the runs in it fail',
      ],
      'a renamed job': [
        expect.stringMatching(/^ {2}- job image {3}\d+ resources$/),
        expect.stringMatching(/^ {2}\+ job renamed {3}\d+ resources$/),
      ],
      'removed limits, which lose no run': [
        '  ~ job limited   limits are removed; runs in progress are not touched',
        expect.stringMatching(/^ {2}- limits {3}\d resources$/),
      ],
      'a removed event and log': [
        '    - schedule trigger rate(12 hours)',
        '    - log group',
        '  Data loss   log group of job events will be deleted with its log records',
      ],
      'a job that goes to Spot': [
        expect.stringMatching(
          /^ {2}~ job retries {3}other restarts after a Spot interruption, Spot capacity \(was on-demand\); attempts in progress/,
        ),
      ],
    },
  },
  tags: {
    after: { ...applied, tags: { team: 'reports' } },
    loses: false,
    told: {
      'the tags of everything': [
        expect.stringMatching(/^ {2}\d{2,3} resources only change tags$/),
        '  ~ capacity   instances are replaced; runs on them have up to six hours',
      ],
    },
  },
  'companions that are removed': {
    after: { ...applied, resources: jobs },
    loses: true,
    told: {
      'a bucket': [
        '  Data loss   bucket uploads will be deleted with its objects',
        '  Data loss   bucket kept will be deleted with its objects; AWS refuses while there are any',
      ],
      'a queue': ['  Data loss   queue inbox will be deleted with its messages'],
      'a topic': ['  Data loss   topic alerts will be deleted with its subscriptions'],
      'an event bus': ['  - event bus bus   1 resource'],
      'a stream': ['  Data loss   stream clicks will be deleted with its records'],
      'a table': [
        '  Data loss   table orders will be deleted with its items',
        '  Refused   table guarded will not be deleted: AWS refuses. To delete it, first set deletionProtection: false and deploy',
      ],
      'a database': ['  Data loss   database sales will be deleted with its data after a final snapshot'],
      'a file system': ['  Data loss   file system files will be deleted with its files'],
      'a user pool': ['  Data loss   user pool users will be deleted with its users'],
      'an API': ['  Runs   HTTP API api will be deleted: its address is gone, and who calls it starts no run'],
      'a load balancer': [
        '  Runs   load balancer balancer will be deleted: its address is gone, and who calls it starts no run',
      ],
    },
  },
  'companions that are replaced': {
    loses: true,
    after: {
      ...applied,
      encryption: { kmsKeyArn },
      resources: {
        ...applied.resources,
        inbox: { type: 'sqs-queue', properties: { fifoEnabled: true } },
        alerts: { type: 'sns-topic', properties: { fifoEnabled: true } },
        orders: {
          type: 'dynamo-db-table',
          properties: {
            primaryKey: { partitionKey: { name: 'other', type: 'string' } },
            deletionProtection: false,
          },
        },
        sales: {
          type: 'relational-database',
          properties: { engine: { type: 'postgres', properties: { dbName: 'other' } }, deletionProtection: false },
        },
        clicks: { type: 'kinesis-stream', properties: { shardCount: 2 } },
      },
    },
    told: {
      'a queue': ['  Data loss   queue inbox will be replaced: its messages are deleted'],
      'a topic': ['  Data loss   topic alerts will be replaced: its subscriptions are deleted'],
      'a table': ['  Data loss   table orders will be replaced: its items are deleted'],
      'a database': ['  Data loss   database sales will be replaced: its data is deleted after a final snapshot'],
      'a file system': ['  Data loss   file system files will be replaced: its files are deleted'],
      'a stream in place': ['  ~ stream clicks', expect.stringMatching(/^ {4}~ stream {3}.*shard_count/)],
      'the key of all logs': ['    ~ log group   kms_key_id'],
    },
  },
  'names of everything': {
    after: { ...applied, namePrefix: 'other-' },
    loses: true,
    told: {
      'the queue and the environment': [
        '  Runs   queue of container, events, image, limited, nightlyReport, retries, unlimited will be replaced: the runs in it fail',
      ],
      'the payload bucket': ['  Data loss   bucket of large events will be replaced: its objects are deleted'],
      'the undelivered events': [
        '  Data loss   queue of undelivered events will be replaced: its messages are deleted',
      ],
      'a state machine': [
        '  Runs   state machine of job container will be replaced: runs in progress fail at their next step',
      ],
    },
  },
};
