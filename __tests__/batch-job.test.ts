// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput, TerraformStack } from 'cdktf';
import { BatchJob } from '../modules/batch-job';
import { BatchPlatform } from '../modules/batch-platform';
import type { BatchJobConstructProps } from '../modules/job-props';
import type { StateMachineDocument } from '../modules/orchestration/states-language';
import { ConfigError } from '../modules/problems/config-error';
import { found } from './found';
import {
  type Block,
  document,
  foreignStack,
  job,
  jobsStack,
  permissions,
  resourcesUnder,
  Synthesis,
  typesUnder,
} from './synthesis';

const SCHEDULE = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } } as const;

function setUp(props: Partial<BatchJobConstructProps> = {}) {
  const stack = foreignStack('reports');
  const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
  const platform = new BatchPlatform(stack, 'platform', { network });
  const { events, connectTo, volumes, notifications, alarms, ...rest } = props;
  const given = { events, connectTo, volumes, notifications, alarms, platform };
  const batchJob = new BatchJob(stack, 'nightly', { ...job(rest), ...given });
  return { batchJob, platform, synthesize: () => new Synthesis(stack) };
}

function problemsOf(props: object): ConfigError {
  try {
    setUp(props);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('BatchJob', () => {
  it('refuses a Sid that one of the project’s statements has', () => {
    const Sid = 'ReadLargeEvents';
    const problems = found(problemsOf({ iamRoleStatements: [{ Sid, Action: ['s3:GetObject'], Resource: ['*'] }] }));
    expect(problems).toEqual([
      {
        path: 'iamRoleStatements[0].Sid',
        found: '"ReadLargeEvents", which is the Sid of a built-in statement',
        accepted: 'a Sid that no statement of the policy has',
        fix: 'rename it, or remove Sid',
      },
    ]);
  });

  it('refuses a forEach with more arrays than an execution has room for', () => {
    const forEach = { items: 'records' };
    expect(found(problemsOf({ forEach, retryConfig: { attempts: 40 } }))).toMatchObject([{ path: 'forEach.maxItems' }]);
  });

  it('refuses limits that count items of a job without items', () => {
    const limits = { concurrentRuns: 5, countItems: true };
    expect(found(problemsOf({ limits }))).toMatchObject([{ path: 'limits.countItems' }]);
  });

  it('makes a function that finds items, for a job with forEach', () => {
    const plain = typesUnder(setUp({ events: [SCHEDULE] }).batchJob);
    const { batchJob, synthesize } = setUp({ events: [SCHEDULE], forEach: { items: '$.detail.keys', maxFailures: 3 } });
    expect(typesUnder(batchJob).filter((type) => !plain.includes(type))).toEqual([
      'aws_cloudwatch_log_group 4',
      'aws_iam_role 5',
      'aws_iam_role_policy 6', // the items function's, and the state machine's grants
      'aws_lambda_function 2',
    ]);
    const stack = synthesize();
    expect(stack.one('aws_lambda_function', 'Items')).toMatchObject({
      function_name: 'reports-nightly-items',
      timeout: 900,
      memory_size: 1_024,
      environment: { variables: { JOB_NAME: 'nightly', PAYLOAD_BUCKET: '${aws_s3_bucket.platform_payloads.bucket}' } },
    });
    const functionArn = '${aws_lambda_function.nightly_Items.arn}';
    expect(permissions(stack, 'nightly_StateMachine_Role_Grants')).toEqual([
      { Sid: 'FindItems', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [functionArn] },
    ]);
    const { States } = document(stack.one('aws_sfn_state_machine').definition) as unknown as StateMachineDocument;
    expect(States['Find the items']).toMatchObject({
      Parameters: { FunctionName: functionArn, Payload: { ForEach: { Items: '$.detail.keys', MaxItems: 100_000 } } },
    });
    expect(States['Collect the items']).toMatchObject({ Parameters: { Payload: { Plan: { MaxFailures: 3 } } } });
    const [events] = stack.all('aws_s3_bucket_lifecycle_configuration');
    expect(JSON.stringify(events)).toContain('"days":366');
  });

  it('lets that function read what the job may read, if the items are in an object', () => {
    const own = {
      iamRoleStatements: [
        { Action: ['s3:Get*', 's3:PutObject', 'kms:*'], Resource: ['arn:aws:s3:::lists/*', 'arn:aws:kms:*:*:key/1'] },
        { Effect: 'Deny' as const, Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lists/secret/*'] },
        { Action: ['sns:Publish'], Resource: ['*'] },
        { Action: ['s3:GetObject'], Resource: ['*'], Condition: { Bool: { 'aws:SecureTransport': ['true'] } } },
      ],
    };
    const reading = (forEach: BatchJobConstructProps['forEach']) =>
      permissions(setUp({ forEach, ...own }).synthesize(), 'nightly_Items_Role_Policy');
    const statements = [
      { Sid: 'ReadLargeEvents', Action: ['s3:GetObject'] },
      { Sid: 'StoreItems', Action: ['s3:PutObject', 's3:AbortMultipartUpload'] },
      { Sid: 'ReadEndedJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] },
    ];
    const log = { Sid: 'WriteLog' };
    expect(reading({ count: 5 })).toMatchObject([...statements, log]);
    expect(reading({ s3Manifest: '$.detail.object.key' })).toMatchObject([
      ...statements,
      { Action: ['s3:GetObject', 'kms:Decrypt'], Resource: own.iamRoleStatements[0]?.Resource },
      { Effect: 'Deny', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lists/secret/*'] },
      { Action: ['s3:GetObject'], Resource: ['*'], Condition: { Bool: { 'aws:SecureTransport': ['true'] } } },
      log,
    ]);
  });

  it('makes', () => {
    expect(typesUnder(setUp({ events: [SCHEDULE] }).batchJob)).toEqual([
      'aws_batch_job_definition',
      'aws_cloudwatch_event_rule', // the schedule
      'aws_cloudwatch_event_target', // from schedule to trigger function
      'aws_cloudwatch_log_group 3', // of container, state machine and trigger function
      'aws_iam_role 4', // job, execution, state machine, trigger function
      'aws_iam_role_policy 4', // of each
      'aws_lambda_function', // the trigger function
      'aws_lambda_function_event_invoke_config', // where events go that started no job
      'aws_lambda_permission', // for the schedule
      'aws_sfn_state_machine', // the attempts
    ]);
  });

  it('makes, without logs, neither a group nor a role that writes to it', () => {
    const { batchJob, synthesize } = setUp({ logging: { disabled: true } });
    expect(typesUnder(batchJob)).toEqual([
      'aws_batch_job_definition',
      'aws_cloudwatch_log_group 2', // of state machine and trigger function
      'aws_iam_role 4',
      'aws_iam_role_policy 3', // the execution role of a public image has nothing to do
      'aws_lambda_function',
      'aws_lambda_function_event_invoke_config',
      'aws_sfn_state_machine',
    ]);
    expect(batchJob.logGroup).toBeUndefined();
    expect(batchJob.logGroupArn).toBeUndefined();
    expect(document(synthesize().one('aws_batch_job_definition').container_properties)).toMatchObject({
      logConfiguration: { logDriver: 'json-file' },
    });
    // The machinery's own logs stay, for as long as a job's by default.
    expect(
      synthesize()
        .all('aws_cloudwatch_log_group')
        .map((group) => group.retention_in_days),
    ).toEqual([90, 90]);
  });

  it('has these defaults', () => {
    const synthesis = setUp().synthesize();
    const definition = synthesis.one('aws_batch_job_definition');
    expect(definition).toMatchObject({ retry_strategy: { attempts: 1 } });
    expect(definition).not.toHaveProperty('tags');
    expect(definition).not.toHaveProperty('timeout');
    expect(synthesis.one('aws_batch_compute_environment')).toMatchObject({
      compute_resources: { type: 'EC2', instance_type: ['default_x86_64'], max_vcpus: 256 },
    });
    expect(synthesis.all('aws_cloudwatch_log_group').map((group) => group.retention_in_days)).toEqual([90, 90, 90]);
    const { States } = document<StateMachineDocument>(synthesis.one('aws_sfn_state_machine').definition);
    expect(Object.values(States).filter(({ Type }) => Type === 'Wait')).toHaveLength(1);
    expect(States['Attempt 1']).toMatchObject({ End: true });
    expect(States['Attempt 1']).not.toHaveProperty('Parameters.Timeout');
    expect(States['Attempt 2']).toBeUndefined();
    expect(synthesis.types).not.toContain('aws_cloudwatch_event_rule');
  });

  it('names everything by stack and job', () => {
    const synthesis = setUp({ events: [{ ...SCHEDULE, id: 'daily' }] }).synthesize();
    const names = (type: string, argument = 'name') => synthesis.all(type).map((block) => block[argument]);
    expect(names('aws_batch_job_definition')).toEqual(['reports-nightly']);
    expect(names('aws_sfn_state_machine')).toEqual(['reports-nightly']);
    expect(names('aws_lambda_function', 'function_name')).toEqual(['reports-nightly-trigger']);
    expect(names('aws_cloudwatch_event_rule')).toEqual(['reports-nightly-daily']);
    const region = '${data.aws_region.platform_aws_Region.id}';
    expect(names('aws_iam_role').sort()).toEqual([
      `reports-batch-instance-${region}`, // the platform's
      `reports-nightly-execution-${region}`,
      `reports-nightly-job-${region}`,
      `reports-nightly-states-${region}`,
      `reports-nightly-trigger-${region}`,
    ]);
    expect(names('aws_cloudwatch_log_group').sort()).toEqual([
      '/aws/lambda/reports-nightly-trigger',
      '/aws/vendedlogs/states/reports-nightly',
      '/batch-jobs/reports/nightly',
    ]);
  });

  it('puts its tags on everything that takes tags, its triggers included', () => {
    const tags = { team: 'billing', 'cost:center': '4711' };
    const { batchJob } = setUp({ tags, events: [SCHEDULE], useSpotInstances: true });
    const taggable = resourcesUnder(batchJob).filter((resource) => 'tagsInput' in resource);
    // Three log groups, four roles, definition, state machine, function, rule.
    expect(taggable).toHaveLength(11);
    for (const resource of taggable) {
      expect([resource.node.path, 'tagsInput' in resource && resource.tagsInput]).toEqual([resource.node.path, tags]);
    }
  });

  it('has the ARNs that others need', () => {
    const { batchJob, synthesize } = setUp();
    const { jobDefinitionArn, stateMachineArn, logGroupArn } = batchJob;
    for (const [name, value] of Object.entries({ jobDefinitionArn, stateMachineArn, logGroupArn })) {
      new TerraformOutput(TerraformStack.of(batchJob), name, { value, staticId: true });
    }
    expect(synthesize().outputs).toEqual({
      jobDefinitionArn: { value: '${aws_batch_job_definition.nightly_JobDefinition.arn_prefix}' },
      stateMachineArn: { value: '${aws_sfn_state_machine.nightly_StateMachine.arn}' },
      logGroupArn: { value: '${aws_cloudwatch_log_group.nightly_LogGroup.arn}' },
    });
    expect(batchJob.name).toBe('nightly');
  });

  it('makes no outputs: only a stack does', () => {
    expect(setUp().synthesize().outputs).toEqual({});
  });

  it('runs on Spot capacity, and on demand by its setting', () => {
    const spot = setUp({ useSpotInstances: true });
    expect([...spot.platform.capacity.pools.keys()]).toEqual(['spot-cpu-x86-64']);
    expect(spot.batchJob.onDemandPool).toBeUndefined();
    const retryConfig = { spotInterruption: { thenOnDemand: true } };
    const both = setUp({ useSpotInstances: true, retryConfig });
    expect([...both.platform.capacity.pools.keys()]).toEqual(['spot-cpu-x86-64', 'on-demand-cpu-x86-64']);
    const definition = String(both.synthesize().one('aws_sfn_state_machine').definition);
    expect(definition).toContain('${aws_batch_job_queue.platform_capacity_spot-cpu-x86-64-queue.arn}');
    expect(definition).toContain('${aws_batch_job_queue.platform_capacity_on-demand-cpu-x86-64-queue.arn}');
    // Without Spot there is nothing to fall back from.
    expect([...setUp({ retryConfig }).platform.capacity.pools.keys()]).toEqual(['on-demand-cpu-x86-64']);
  });

  it('lets instances keep its image only if the image cannot change, also by an override', () => {
    const keeps = (image: string, more: Pick<BatchJobConstructProps, 'overrides' | 'transform'> = {}) => {
      const container = { packaging: { type: 'prebuilt-image' as const, properties: { image } } };
      const stack = foreignStack('reports');
      const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
      const platform = new BatchPlatform(stack, 'platform', { network });
      new BatchJob(stack, 'nightly', { container, resources: { cpu: 1, memory: 512 }, ...more, platform });
      const userData = String(new Synthesis(stack).one('aws_launch_template').user_data);
      return Buffer.from(userData, 'base64').toString().includes('ECS_IMAGE_PULL_BEHAVIOR=once');
    };
    const fixed = `busybox@sha256:${'a'.repeat(64)}`;
    expect(keeps(fixed)).toBe(true);
    expect(keeps('busybox:1.37')).toBe(false);
    expect(keeps(fixed, { overrides: { JobDefinition: { propagate_tags: true } } })).toBe(false);
    expect(keeps(fixed, { transform: { JobDefinition: { propagateTags: true } } })).toBe(false);
    expect(keeps(fixed, { overrides: { JobRole: { description: 'x' } } })).toBe(true);
  });

  it('chooses instances by GPU, architecture and list', () => {
    const keys = (resources: BatchJobConstructProps['resources']) => [
      ...setUp({ resources }).platform.capacity.pools.keys(),
    ];
    expect(keys({ cpu: 4, memory: 8000, gpu: 1 })).toEqual(['on-demand-gpu-x86-64']);
    expect(keys({ cpu: 1, memory: 512, architecture: 'arm64' })).toEqual(['on-demand-cpu-arm64']);
    expect(keys({ cpu: 1, memory: 512, instanceTypes: ['m7i', 'c7i'] })).toEqual(['on-demand-cpu-x86-64-6b09e4dd']);
  });

  it('grants its code what its statements say', () => {
    const statement = { Sid: 'Notify', Action: ['sns:Publish'], Resource: ['arn:aws:sns:eu-west-1:123456789012:t'] };
    expect(permissions(setUp({ iamRoleStatements: [statement] }).synthesize(), 'JobRole_Policy')).toContainEqual({
      ...statement,
      Effect: 'Allow',
    });
  });

  it('keeps the logs of its machinery as long as its own', () => {
    const synthesis = setUp({ logging: { retentionDays: 7 } }).synthesize();
    expect(synthesis.all('aws_cloudwatch_log_group').map((group) => group.retention_in_days)).toEqual([7, 7, 7]);
  });

  it('has triggers in the order of its events', () => {
    const rate = (scheduleRate: string) => ({ type: 'schedule', properties: { scheduleRate } }) as const;
    const { batchJob } = setUp({ events: [rate('rate(1 day)'), rate('rate(2 days)')] });
    expect(batchJob.triggers.map(({ node }) => node.id)).toEqual(['schedule-1', 'schedule-2']);
  });
});

describe('BatchJob refuses, with its path', () => {
  it('every bad property at once', () => {
    const error = problemsOf({ resources: { cpu: 0, memory: 1 }, timeout: 5, retries: 3 });
    expect(error.source).toBe('reports/nightly');
    expect(error.message).toMatch(/^reports\/nightly: 4 problems\n/);
    expect(error.problems.map(({ path }) => path).sort()).toEqual([
      'resources.cpu',
      'resources.memory',
      'retries',
      'timeout',
    ]);
  });

  it('a job that no instance could hold', () => {
    expect(found(problemsOf({ resources: { cpu: 300, memory: 512 } }))).toEqual([
      expect.objectContaining({ path: 'resources.cpu', found: '300 vCPUs' }),
    ]);
  });

  it('numbers that shape the state machine and that only Terraform knows', () => {
    const token = -1.8881545897087626e289;
    expect(problemsOf({ retryConfig: { attempts: token }, timeout: token }).problems.length).toBeGreaterThan(0);
  });

  it('the name of another job', () => {
    const { platform, batchJob } = setUp();
    expect(
      () =>
        new BatchJob(batchJob, 'nightly', {
          ...job(),
          events: [],
          connectTo: [],
          volumes: [],
          notifications: {},
          alarms: {},
          platform,
        }),
    ).toThrow(/^reports\/nightly\/nightly: 1 problem[\s\S]*taken by reports\/nightly/);
  });
});

describe('a job with a connection string', () => {
  const database = {
    type: 'relational-database',
    existing: {
      engine: 'postgres',
      host: 'db',
      readerHost: 'ro',
      userName: 'app@x',
      password: "$Secret('db.password')",
    },
  } as const;
  const GENERATED = {
    type: 'stacktape-image-buildpack',
    properties: { entryfilePath: 'jobs/nightly-report.ts' },
  } as const;
  const PREBUILT = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;

  function environmentOf(
    packaging: typeof GENERATED | typeof PREBUILT,
    connectTo: string[] = ['db'],
  ): Record<string, string> {
    const environment = { DATABASE_URL: "$ResourceParam('db', 'connectionString')" };
    const jobs = { nightly: job({ container: { packaging, environment }, connectTo }) };
    const stack = new Synthesis(
      jobsStack(jobs, { resources: { db: database, nightly: { type: 'batch-job', properties: jobs.nightly } } }),
    );
    const { environment: variables } = document<{ environment: { name: string; value: string }[] }>(
      stack.one('aws_batch_job_definition').container_properties,
    );
    return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  }

  it('gets the place of the password in it, and the names of the variables for the program that puts it in', () => {
    expect(environmentOf(GENERATED)).toMatchObject({
      DATABASE_URL: 'postgresql://app%40x:$(STP_DB_PASSWORD)@db:5432',
      STP_DB_CONNECTION_STRING: 'postgresql://app%40x:$(STP_DB_PASSWORD)@db:5432',
      STP_DB_JDBC_CONNECTION_STRING: 'jdbc:postgresql://db:5432/?user=app%40x&password=$(STP_DB_PASSWORD)',
      STP_DB_READER_CONNECTION_STRING: 'postgresql://app%40x:$(STP_DB_PASSWORD)@ro:5432',
      STP_DB_READER_JDBC_CONNECTION_STRING: 'jdbc:postgresql://ro:5432/?user=app%40x&password=$(STP_DB_PASSWORD)',
      STP_COMPLETED: [
        ...['DATABASE_URL', 'STP_DB_CONNECTION_STRING', 'STP_DB_JDBC_CONNECTION_STRING'],
        ...['STP_DB_READER_CONNECTION_STRING', 'STP_DB_READER_JDBC_CONNECTION_STRING'],
      ].join(' '),
    });
  });

  it('gets the name of the default user of Redis, which not every client adds', () => {
    const cache = {
      type: 'redis-cluster',
      existing: { host: 'cache', readerHost: 'replica', password: "$Secret('cache.password')" },
    } as const;
    const nightly = {
      type: 'batch-job',
      properties: job({ container: { packaging: GENERATED }, connectTo: ['cache'] }),
    } as const;
    const { container_properties } = new Synthesis(jobsStack({}, { resources: { cache, nightly } })).one(
      'aws_batch_job_definition',
    );
    for (const [name, host] of Object.entries({ CONNECTION_STRING: 'cache', READER_CONNECTION_STRING: 'replica' })) {
      expect(document<{ environment: object[] }>(container_properties).environment).toContainEqual({
        name: `STP_CACHE_${name}`,
        value: `rediss://default:$(STP_CACHE_PASSWORD)@${host}:6379`,
      });
    }
  });

  it('whose image has no such program gets it as a secret that a function writes before the job starts', () => {
    const environment = { DATABASE_URL: "$ResourceParam('db', 'connectionString')", OTHER: 'x' };
    const nightly = {
      type: 'batch-job',
      properties: job({ container: { packaging: PREBUILT, environment }, connectTo: ['db'] }),
    };
    const stack = new Synthesis(jobsStack({}, { resources: { db: database, nightly } as never }));
    const { container_properties, depends_on } = stack.one('aws_batch_job_definition');
    const container = document<{ environment: Block[]; secrets: Block[] }>(container_properties);
    expect(container.environment.map(({ name }) => name)).toEqual([
      ...['AWS_DEFAULT_REGION', 'AWS_REGION', 'OTHER', 'STP_DB_HOST', 'STP_DB_PORT'],
      ...['STP_DB_READER_HOST', 'STP_DB_READER_PORT', 'STP_DB_USER_NAME'],
    ]);
    const secret = '${aws_secretsmanager_secret.nightly_ConnectionStrings_Secret.arn}';
    const string = (name: string) => ({ name, valueFrom: `${secret}:${name}::` });
    expect(container.secrets).toEqual([
      ...['DATABASE_URL', 'STP_DB_CONNECTION_STRING', 'STP_DB_JDBC_CONNECTION_STRING'].map(string),
      { name: 'STP_DB_PASSWORD', valueFrom: expect.stringMatching(/:password::$/) },
      ...['STP_DB_READER_CONNECTION_STRING', 'STP_DB_READER_JDBC_CONNECTION_STRING'].map(string),
    ]);
    // Executions in progress submit the new definition, too.
    expect(depends_on).toContain('aws_lambda_invocation.nightly_ConnectionStrings_Written');
    const { variables } = stack.one('aws_lambda_function', 'Strings_Function').environment as {
      variables: { [name: string]: string };
    };
    expect(document(variables.CONNECTION_STRINGS)).toMatchObject({
      variables: {
        DATABASE_URL: 'postgresql://app%40x:$(STP_DB_PASSWORD)@db:5432',
        STP_DB_CONNECTION_STRING: 'postgresql://app%40x:$(STP_DB_PASSWORD)@db:5432',
        STP_DB_JDBC_CONNECTION_STRING: 'jdbc:postgresql://db:5432/?user=app%40x&password=$(STP_DB_PASSWORD)',
        STP_DB_READER_CONNECTION_STRING: 'postgresql://app%40x:$(STP_DB_PASSWORD)@ro:5432',
      },
    });
    const [read] = permissions(stack, 'ExecutionRole_Policy').filter(({ Sid }) => Sid === 'ReadSecrets');
    expect(read?.Resource).toContain(secret);
    const invoked = '${aws_lambda_function.nightly_ConnectionStrings_Function.arn}';
    expect(permissions(stack, 'StateMachine_Role_Grants')).toEqual([
      { Sid: 'WriteConnectionStrings', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [invoked] },
    ]);
    expect(document<StateMachineDocument>(stack.one('aws_sfn_state_machine').definition)).toMatchObject({
      StartAt: 'Attempt 1, connection strings',
      States: { 'Attempt 1, connection strings': { Parameters: { FunctionName: invoked }, Next: 'Attempt 1' } },
    });
  });

  it.each([
    ['whose image has no such program, without a connection', PREBUILT, []],
    ['that does not connect, and so has no password', GENERATED, []],
  ] as const)('%s gets none', (_, packaging, connectTo) => {
    const variables = environmentOf(packaging, [...connectTo]);
    expect(variables.DATABASE_URL).toBe('postgresql://app%40x@db:5432');
    expect(variables).not.toHaveProperty('STP_COMPLETED');
  });
});
