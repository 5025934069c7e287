// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SES } from '../modules/access/ses';
import { connectSources } from '../modules/connect-targets';
import { ResourceCatalog } from '../modules/resources/catalog';
import type { BatchJobProps } from '../modules/stack-config/batch-job';
import type { BatchJobsConfig } from '../modules/stack-config/config';
import { document, job, jobsStack, permissions, Synthesis } from './synthesis';

type Context = Parameters<typeof connectSources>[1];

const BUCKET = { type: 'bucket', params: {} };
const FUNCTION = { type: 'function', params: {} };

function connected(entries: Parameters<typeof connectSources>[0]) {
  const catalog = new ResourceCatalog();
  catalog.add('files', BUCKET);
  catalog.add('there', FUNCTION);
  const resources = {
    load: { type: 'batch-job', properties: { logging: { disabled: false } } },
    quiet: { type: 'batch-job', properties: { logging: { disabled: true } } },
    hello: { type: 'function', properties: { logging: { disabled: false } } },
    silent: { type: 'function', properties: { logging: { disabled: true } } },
    plain: { type: 'function' },
    there: { type: 'function', existing: { arn: 'arn:there' } },
    files: { type: 'bucket' },
  } as unknown as Context['resources'];
  const aws = { arn: (service: string, resource: string) => `${service}:${resource}` } as Context['aws'];
  return connectSources(entries, {
    stackName: 'reports',
    resources,
    catalog,
    aws,
    queueArns: (job) => [`queue of ${job}`],
  });
}

it('a job is connected to by its names, so that jobs can connect to each other', () => {
  expect(connected(['load'])).toEqual([
    {
      name: 'load',
      resource: {
        type: 'batch-job',
        arn: 'states:stateMachine:reports-load',
        params: {
          stateMachineArn: 'states:stateMachine:reports-load',
          jobDefinitionArn: 'batch:job-definition/reports-load',
          logGroupArn: 'logs:log-group:/batch-jobs/reports/load',
        },
        queueArns: ['queue of load'],
      },
    },
  ]);
  expect(connected(['quiet'])).toMatchObject([{ resource: { params: { logGroupArn: undefined } } }]);
});

it.each([
  ['hello', 'logs:log-group:/aws/lambda/reports-hello'],
  ['silent', undefined],
  ['plain', 'logs:log-group:/aws/lambda/reports-plain'],
])('so is the function %s, without its address', (name, logGroupArn) => {
  const arn = `lambda:function:reports-${name}`;
  expect(connected([name])).toEqual([
    {
      name,
      resource: { type: 'function', arn, params: { arn, name: `reports-${name}`, logGroupArn, url: undefined } },
    },
  ]);
});

it('what is there, and every other resource, is what the stack has', () => {
  const [there, files] = connected(['there', 'files']);
  expect(there).toMatchObject({ name: 'there' });
  expect((there as { resource: unknown }).resource).toBe(FUNCTION);
  expect((files as { resource: unknown }).resource).toBe(BUCKET);
});

it('parts of a resource are narrowed, and have the same object', () => {
  const [one, other, mail] = connected([
    { name: 'load', access: 'read' },
    { name: 'load', access: 'write', prefix: 'in/' },
    SES,
  ]) as { resource: unknown }[];
  expect(one).toMatchObject({ name: 'load', access: 'read' });
  expect(other).toMatchObject({ name: 'load', access: 'write', prefix: 'in/' });
  expect(one?.resource).toBe(other?.resource);
  expect(mail).toBe(SES);
});

it('a name without a resource is a mistake of the checks before', () => {
  expect(() => connected(['gone'])).toThrow(new Error('the stack has no resource "gone"'));
});

describe('names in a config', () => {
  const companions: BatchJobsConfig['resources'] = {
    photos: { type: 'bucket' },
    orders: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_IMAGE' },
    },
    inbox: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    bus: { type: 'event-bus' },
    clicks: { type: 'kinesis-stream' },
    users: { type: 'user-auth-pool' },
    flow: {
      type: 'state-machine',
      existing: { arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders' },
    },
    theirs: { type: 'function', existing: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:theirs' } },
  };
  const names = Object.keys(companions);
  const both = {
    resources: {
      first: {
        type: 'batch-job',
        properties: job({ useSpotInstances: true, connectTo: [...names, 'second', 'first', 'aws:ses'] }),
      },
      second: {
        type: 'batch-job',
        properties: job({
          useSpotInstances: true,
          retryConfig: { spotInterruption: { thenOnDemand: true } },
          connectTo: ['first'],
        }),
      },
      ...companions,
    },
  } satisfies Partial<BatchJobsConfig>;
  const synthesis = new Synthesis(jobsStack({}, both));
  const properties = JSON.parse(
    String(synthesis.one('aws_batch_job_definition', 'first_JobDefinition').container_properties),
  );
  const environment: { [name: string]: string } = Object.fromEntries(
    properties.environment.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );

  it('become variables of every kind of resource', () => {
    expect(Object.keys(environment).filter((name) => name.startsWith('STP_'))).toEqual([
      'STP_BUS_ARN',
      'STP_BUS_NAME',
      'STP_CLICKS_ARN',
      'STP_CLICKS_NAME',
      'STP_FIRST_JOB_DEFINITION_ARN',
      'STP_FIRST_LOG_GROUP_ARN',
      'STP_FIRST_STATE_MACHINE_ARN',
      'STP_FLOW_ARN',
      'STP_FLOW_NAME',
      'STP_INBOX_ARN',
      'STP_INBOX_NAME',
      'STP_INBOX_URL',
      'STP_NEWS_ARN',
      'STP_NEWS_NAME',
      'STP_ORDERS_ARN',
      'STP_ORDERS_NAME',
      'STP_ORDERS_STREAM_ARN',
      'STP_PHOTOS_ARN',
      'STP_PHOTOS_NAME',
      'STP_SECOND_JOB_DEFINITION_ARN',
      'STP_SECOND_LOG_GROUP_ARN',
      'STP_SECOND_STATE_MACHINE_ARN',
      'STP_THEIRS_ARN',
      'STP_THEIRS_NAME',
      'STP_USERS_ARN',
      'STP_USERS_CLIENT_ID',
      'STP_USERS_ID',
      'STP_USERS_PROVIDER_URL',
    ]);
    expect(environment.STP_FLOW_NAME).toBe('orders');
  });

  it('of jobs are passed without references, which could be circular', () => {
    const [partition, region, account] = [
      '${data.aws_partition.batch-platform_aws_Partition.partition}',
      '${data.aws_region.batch-platform_aws_Region.id}',
      '${data.aws_caller_identity.batch-platform_aws_Account.account_id}',
    ];
    expect(environment.STP_SECOND_STATE_MACHINE_ARN).toBe(
      `arn:${partition}:states:${region}:${account}:stateMachine:reports-second`,
    );
    expect(environment.STP_SECOND_JOB_DEFINITION_ARN).toBe(
      `arn:${partition}:batch:${region}:${account}:job-definition/reports-second`,
    );
    expect(environment.STP_SECOND_LOG_GROUP_ARN).toBe(
      `arn:${partition}:logs:${region}:${account}:log-group:/batch-jobs/reports/second`,
    );
    // What these resources are really called.
    expect(synthesis.one('aws_sfn_state_machine', 'second_StateMachine').name).toBe('reports-second');
    expect(synthesis.one('aws_batch_job_definition', 'second_JobDefinition').name).toBe('reports-second');
    expect(synthesis.one('aws_cloudwatch_log_group', 'second_LogGroup').name).toBe('/batch-jobs/reports/second');
  });

  it('of jobs open their queues', () => {
    const queues = (sid: string) =>
      permissions(synthesis, 'first_JobRole_Policy')
        .find(({ Sid }) => Sid === sid)
        ?.Resource?.slice(2);
    expect(queues('ConnectToFirstSubmitJobs')).toEqual([expect.stringContaining('spot-cpu-x86-64-queue.arn')]);
    expect(queues('ConnectToSecondSubmitJobs')).toEqual([
      expect.stringContaining('spot-cpu-x86-64-queue.arn'),
      expect.stringContaining('on-demand-cpu-x86-64-queue.arn'),
    ]);
  });

  it('are in separate statements, before the user’s', () => {
    const sids = permissions(synthesis, 'first_JobRole_Policy').map(({ Sid }) => Sid);
    expect(sids[0]).toBe('ReadLargeEvents');
    expect(sids).toEqual(
      expect.arrayContaining(['ConnectToBucketListBucket', 'ConnectToStateMachineFollowExecutions']),
    );
    expect(new Set(sids).size).toBe(sids.length);
  });
});
it('access to a part leaves variables and resources as they are, and allows nothing that the name alone does not', () => {
  const connectable: BatchJobsConfig['resources'] = {
    other: { type: 'batch-job', properties: job() },
    photos: { type: 'bucket' },
    inbox: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    clicks: { type: 'kinesis-stream', properties: { shardCount: 1 } },
    users: { type: 'user-auth-pool' },
    table: { type: 'dynamo-db-table', properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } } },
  };
  const names = Object.keys(connectable);
  const of = (connectTo: BatchJobProps['connectTo']) => {
    const resources = { ...connectable, job: { type: 'batch-job', properties: job({ connectTo }) } } as const;
    const synthesis = new Synthesis(jobsStack({}, { resources }));
    const definition = synthesis.one('aws_batch_job_definition', 'job_JobDefinition').container_properties;
    const allowed = permissions(synthesis, 'job_JobRole_Policy').flatMap(({ Action, Resource }) =>
      [Action ?? []].flat().flatMap((action) => [Resource ?? []].flat().map((arn) => `${action} ${arn}`)),
    );
    return { environment: document<{ environment: unknown }>(definition).environment, allowed: new Set(allowed) };
  };
  const all = of(names);
  const [read, write] = (['read', 'write'] as const).map((access) => of(names.map((name) => ({ name, access }))));
  for (const some of [read, write]) {
    expect(some?.environment).toEqual(all.environment);
    expect([...(some?.allowed ?? [])].filter((one) => !all.allowed.has(one))).toEqual([]);
  }
  // Together they allow all that the name does, except purging.
  const together = new Set([...(read?.allowed ?? []), ...(write?.allowed ?? [])]);
  expect([...all.allowed].filter((one) => !together.has(one)).map((one) => one.split(' ')[0])).toEqual([
    'sqs:PurgeQueue',
  ]);
  expect(
    [...(read?.allowed ?? [])].filter((one) => /:(Put|Send|Start|Submit|Update|Publish|Create)/.test(one)),
  ).toEqual([]);
});
