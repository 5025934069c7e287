import { Testing } from 'cdktf';
import { BatchJob } from '../../modules/batch-job';
import { BatchPlatform } from '../../modules/batch-platform';
import { parse } from '../../modules/config/parse';
import { Bucket } from '../../modules/resources';
import { PROTECTED_TAG, PROTECTED_TYPES } from '../../modules/rules/protected-types';
import { BatchJobsStack } from '../../modules/stack';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { foreignStack, job, Synthesis } from '../synthesis';

type Resources = BatchJobsConfig['resources'];

const checked = (resources: Resources) => parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
const synthesized = (resources: Resources) =>
  new Synthesis(new BatchJobsStack(Testing.app(), checked(resources), { baseDir: __dirname }));

/** Addresses of the resources that Terraform and our commands refuse to delete. */
function protectedIn(synthesis: Synthesis): string[] {
  const types = synthesis.types.map((type) => type.split(' ')[0] ?? '');
  return types.flatMap((type) =>
    Object.entries(synthesis.byId(type)).flatMap(([id, { lifecycle = {}, tags = {} }]) => {
      const [prevented, tagged] = ['prevent_destroy' in (lifecycle as object), PROTECTED_TAG in (tags as object)];
      expect(`${type} ${tagged}`).toBe(`${type} ${prevented}`);
      return tagged ? [`${type}.${id}`] : [];
    }),
  );
}

const CONSTRUCT = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
  resources: { cpu: 1, memory: 512 },
} as const;

const batchJob = (protect?: boolean, properties = job()) => ({ type: 'batch-job', properties, protect }) as const;

describe('a protected job', () => {
  it('protects its logs, its runs and its queue, what all jobs share, and nothing of another job', () => {
    const arm = job({ resources: { cpu: 1, memory: 512, architecture: 'arm64' } });
    const synthesis = synthesized({ nightly: batchJob(true), other: batchJob(undefined, arm) });
    expect(protectedIn(synthesis).filter((address) => !address.includes('payload'))).toEqual([
      'aws_batch_compute_environment.batch-platform_capacity_on-demand-cpu-x86-64-environment',
      'aws_batch_job_queue.batch-platform_capacity_on-demand-cpu-x86-64-queue',
      'aws_cloudwatch_log_group.nightly_LogGroup',
      'aws_cloudwatch_log_group.nightly_StateMachine_LogGroup',
      'aws_cloudwatch_log_group.nightly_Trigger_LogGroup',
      'aws_lambda_function.nightly_Trigger',
      'aws_sfn_state_machine.nightly_StateMachine',
      'aws_sqs_queue.batch-platform_undelivered-events_Queue',
      'aws_vpc.batch-network_Vpc',
    ]);
  });

  it('keeps the tags that its resources have, and their other rules', () => {
    const synthesis = synthesized({ nightly: batchJob(true, job({ tags: { team: 'reports' } })) });
    expect(synthesis.one('aws_sfn_state_machine').tags).toEqual({ team: 'reports', [PROTECTED_TAG]: 'true' });
    expect(synthesis.one('aws_batch_job_queue').lifecycle).toEqual({
      create_before_destroy: true,
      prevent_destroy: true,
    });
  });

  it('protects both queues of a job with an on-demand fallback, and the images that the stack builds', () => {
    const spot = { attempts: 2, spotInterruption: { freeRestarts: 1, thenOnDemand: true } } as const;
    const properties = job({
      useSpotInstances: true,
      retryConfig: spot,
      container: {
        packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: '../e2e/fixtures/echo.ts' } },
      } as never,
    });
    const addresses = protectedIn(synthesized({ nightly: batchJob(true, properties) }));
    expect(addresses.filter((address) => address.startsWith('aws_batch_job_queue'))).toHaveLength(2);
    expect(addresses.filter((address) => address.startsWith('aws_ecr_repository'))).toHaveLength(1);
  });

  it('is a property of the construct too', () => {
    const stack = foreignStack();
    new BatchJob(stack, 'nightly', { ...CONSTRUCT, protect: true });
    const addresses = protectedIn(new Synthesis(stack));
    expect(addresses).toContain('aws_sfn_state_machine.nightly_StateMachine');
    expect(addresses).toContain('aws_batch_job_queue.batch-platform_capacity_on-demand-cpu-x86-64-queue');
    expect(() => new BatchJob(stack, 'other', { ...CONSTRUCT, protect: 'yes' as never })).toThrow(
      /protect is "yes"\. It must be true or false\./,
    );
  });
});

describe('a protected companion', () => {
  const primaryKey = { partitionKey: { name: 'id', type: 'string' } } as const;
  const engine = { type: 'postgres' } as const;

  it.each<[string, Resources[string], string]>([
    ['bucket', { type: 'bucket' }, 'aws_s3_bucket'],
    ['queue', { type: 'sqs-queue' }, 'aws_sqs_queue'],
    ['topic', { type: 'sns-topic' }, 'aws_sns_topic'],
    ['event bus', { type: 'event-bus' }, 'aws_cloudwatch_event_bus'],
    ['stream', { type: 'kinesis-stream' }, 'aws_kinesis_stream'],
    ['table', { type: 'dynamo-db-table', properties: { primaryKey } }, 'aws_dynamodb_table'],
    ['database', { type: 'relational-database', properties: { engine } }, 'aws_db_instance'],
    [
      'cache',
      {
        type: 'redis-cluster',
        properties: { instanceSize: 'cache.t4g.micro', defaultUserPassword: "$Secret('a.b')" },
      } as never,
      'aws_elasticache_replication_group',
    ],
    ['file system', { type: 'efs-filesystem', properties: { deletionProtection: true } }, 'aws_efs_file_system'],
    ['user pool', { type: 'user-auth-pool' }, 'aws_cognito_user_pool'],
    ['API', { type: 'http-api-gateway' }, 'aws_apigatewayv2_api'],
    ['load balancer', { type: 'application-load-balancer' }, 'aws_lb'],
    [
      'function',
      {
        type: 'function',
        properties: {
          packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: '../e2e/fixtures/echo.ts' } },
        },
      },
      'aws_lambda_function',
    ],
  ])('%s', (_, resource, type) => {
    const own = (resources: Resources) =>
      protectedIn(synthesized(resources)).filter((address) => /\.mine(_|$)/.test(address));
    expect(own({ mine: { ...resource, protect: true } as Resources[string] })).toContainEqual(
      expect.stringMatching(new RegExp(`^${type}\\.mine(_|$)`)),
    );
    if (type !== 'aws_efs_file_system')
      expect(own({ mine: { ...resource, protect: false } as Resources[string] })).toEqual([]);
  });

  it('is a property of the construct too', () => {
    const stack = foreignStack();
    const { context } = new BatchPlatform(stack, 'platform');
    new Bucket(stack, 'mine', { ...context, protect: true });
    expect(protectedIn(new Synthesis(stack))).toEqual(['aws_s3_bucket.mine']);
  });

  it('cannot be an existing resource, and cannot be without the protection of AWS', () => {
    const existing = { type: 'bucket', existing: { arn: 'arn:aws:s3:::archive' }, protect: true } as never;
    expect(() => checked({ existing })).toThrow(
      /existing and protect[\s\S]*the stack never deletes an existing resource/i,
    );
    const machine = {
      type: 'state-machine',
      existing: { arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:a' },
      protect: true,
    } as never;
    expect(() => checked({ machine })).toThrow(/Remove it: the stack never deletes an existing resource/);
    const table = {
      type: 'dynamo-db-table',
      properties: { primaryKey, deletionProtection: false },
      protect: true,
    } as const;
    expect(() => checked({ table })).toThrow(/protect and deletionProtection: false[\s\S]*Remove deletionProtection/);
  });
});

it('protects only types with tags', () => {
  for (const type of PROTECTED_TYPES) {
    const [module] = Object.values(require(`@cdktf/provider-aws/lib/${type.slice(4).replaceAll('_', '-')}`)).filter(
      (each) => typeof each === 'function' && 'tfResourceType' in each && each.tfResourceType === type,
    ) as { readonly prototype: object }[];
    expect(Object.getOwnPropertyNames(module?.prototype)).toContain('tags');
  }
});
