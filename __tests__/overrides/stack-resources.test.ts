import { join } from 'node:path';
import { TerraformResource, Testing } from 'cdktf';
import { overrides } from '../../modules/config/overrides';
import { capacityKinds } from '../../modules/config/overrides/capacity-kinds';
import { CAPACITY_RESOURCES, classOf, INSTANCE_RESOURCES } from '../../modules/config/overrides/override-resources';
import { parse } from '../../modules/config/parse';
import { companionResources, sharedResources } from '../../modules/overrides/stack-resources';
import { ConfigError } from '../../modules/problems/config-error';
import { COMPANIONS, companionCreates } from '../../modules/resources/registry';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { CONFIGS } from '../../scripts/permissions/configs';
import { job, Synthesis } from '../synthesis';

const baseDir = join(__dirname, '../..');

function stackOf(config: object): BatchJobsStack {
  return new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test'), { baseDir });
}

const plain = { type: 'batch-job', properties: job() };

describe.each(CONFIGS.map((config) => [config.stackName, config] as const))(
  'all resources of the stack %s',
  (_, config) => {
    const stack = stackOf({ ...config, dashboard: true });
    const companions = Object.entries(config.resources).flatMap(([name, { type }]) => {
      const construct = stack.node.tryFindChild(name);
      return type === 'batch-job' || construct === undefined ? [] : [{ type, construct }];
    });
    const jobs = [...stack.jobs.values()];
    const owned = [
      ...companions.map(({ construct }) => construct),
      ...jobs,
      ...jobs.flatMap((one) => [...one.resources.values()]),
    ];
    const groups = [
      ...jobs.map(({ resources }) => resources),
      ...companions.map(({ type, construct }) => companionResources(construct, type)),
      sharedResources(stack, owned),
    ];

    it('have a name that an override reaches', () => {
      const reached = new Set(groups.flatMap((group) => [...group.values()]));
      const all = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
      expect(all.length).toBeGreaterThan(30);
      expect(all.filter((resource) => !reached.has(resource)).map(({ node }) => node.path)).toEqual([]);
    });

    it('of a job are accepted by the schema of its overrides', () => {
      const names = new Set(jobs.flatMap(({ resources }) => [...resources.keys()]));
      // Created last, and documented as out of reach.
      const reachable = [...names].filter((name) => !name.includes('Spread'));
      expect(reachable.filter((name) => !overrides.safeParse({ [name]: {} }).success)).toEqual([]);
    });

    it('of a companion are called differently', () => {
      for (const { type, construct } of companions) {
        const resources = construct.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
        expect([construct.node.id, companionResources(construct, type).size]).toEqual([
          construct.node.id,
          resources.length,
        ]);
      }
    });
  },
);

it('the resources of a limit are accepted by the schema of overrides', () => {
  const resources = { limited: { type: 'batch-job', properties: { ...job(), limits: { concurrentRuns: 1 } } } };
  const names = [...(stackOf({ stackName: 'reports', resources }).jobs.get('limited')?.resources.keys() ?? [])];
  expect(names).toEqual(expect.arrayContaining(['PlacesEndRule', 'PlacesMinuteTarget', 'StateMachineRoleGrants']));
  expect(names.filter((name) => !overrides.safeParse({ [name]: {} }).success)).toEqual([]);
});

describe('the resources that reports name for an unknown property', () => {
  const resources = {
    job: { type: 'batch-job', properties: job({ connectTo: [] }) },
    spot: { type: 'batch-job', properties: job({ useSpotInstances: true }) },
    balancer: { type: 'application-load-balancer' },
    photos: { type: 'bucket' },
    table: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } },
    },
    files: { type: 'efs-filesystem' },
    bus: { type: 'event-bus' },
    hello: {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'examples/authorize.ts' } },
      },
    },
    api: { type: 'http-api-gateway' },
    clicks: { type: 'kinesis-stream' },
    cache: {
      type: 'redis-cluster',
      properties: { instanceSize: 'cache.t4g.micro', defaultUserPassword: "$Secret('redis.password')" },
    },
    db: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    news: { type: 'sns-topic' },
    queue: { type: 'sqs-queue' },
    users: { type: 'user-auth-pool' },
  };
  const stack = stackOf({ stackName: 'reports', region: 'eu-west-1', resources });
  const terraformType = (module: string) => (classOf(module) as unknown as { tfResourceType: string }).tfResourceType;
  const typesOf = (given: ReadonlyMap<string, TerraformResource>, names: readonly (readonly [string, string])[]) =>
    names.map(([name]) => [name, given.get(name)?.terraformResourceType]);
  const wanted = (names: readonly (readonly [string, string])[]) =>
    names.map(([name, module]) => [name, terraformType(module)]);

  it.each(Object.entries(resources).filter(([, { type }]) => type !== 'batch-job'))(
    'of %s are there',
    (name, given) => {
      const named = companionCreates(given.type);
      expect(named).not.toEqual([]);
      expect(typesOf(companionResources(stack.node.findChild(name), given.type), named)).toEqual(wanted(named));
    },
  );

  it('are those of every type that the stack creates', () => {
    const created = COMPANIONS.map(({ type }) => type).filter(
      (type) => type !== 'existing' && type !== 'state-machine',
    );
    expect(created.filter((type) => companionCreates(type).length === 0)).toEqual([]);
  });

  it('of the capacity are there', () => {
    const companions = Object.keys(resources).flatMap((name) => stack.node.tryFindChild(name) ?? []);
    const shared = sharedResources(stack, companions);
    const kinds = capacityKinds({ resources });
    expect(kinds).toEqual(['on-demand-cpu-x86-64', 'spot-cpu-x86-64']);
    const ofKinds = kinds.flatMap((kind) =>
      CAPACITY_RESOURCES.map(([end, module]) => [`${kind}-${end}`, module] as const),
    );
    const named = [...INSTANCE_RESOURCES, ...ofKinds];
    expect(typesOf(shared, named)).toEqual(wanted(named));
  });
});

describe('overrides of a companion', () => {
  it('set attributes of what the stack creates for it', () => {
    const photos = { type: 'bucket', overrides: { Bucket: { object_lock_enabled: true }, Policy: { policy: '{}' } } };
    const synthesis = new Synthesis(stackOf({ stackName: 'reports', resources: { photos } }));
    expect(synthesis.one('aws_s3_bucket', 'photos').object_lock_enabled).toBe(true);
    expect(synthesis.one('aws_s3_bucket_policy', 'photos_Policy').policy).toBe('{}');
  });

  it('reach what an event adds to it later', () => {
    const resources = {
      topic: { type: 'sns-topic', overrides: { Policy: { policy: { Id: 'mine' } } } },
      job: { type: 'batch-job', properties: job({ notifications: { onFailure: { snsTopicName: 'topic' } } }) },
    };
    const policy = new Synthesis(stackOf({ stackName: 'reports', resources })).one(
      'aws_sns_topic_policy',
      'topic_Policy',
    );
    expect(JSON.parse(String(policy.policy))).toMatchObject({ Id: 'mine', Statement: expect.any(Array) });
  });
});

describe('overrides of what jobs share', () => {
  it('set attributes, with directives resolved, beside those of this project', () => {
    const overrides = {
      LaunchTemplate: { metadata_options: { http_put_response_hop_limit: 3 } },
      InstanceRole: { permissions_boundary: "$ResourceParam('photos', 'arn')" },
      'on-demand-cpu-x86-64-queue': { priority: 10 },
      Payloads: { force_destroy: true },
    };
    const resources = { job: plain, photos: { type: 'bucket' } };
    const synthesis = new Synthesis(stackOf({ stackName: 'reports', overrides, resources }));
    expect(synthesis.one('aws_launch_template').metadata_options).toEqual({
      http_endpoint: 'enabled',
      http_tokens: 'required',
      http_put_response_hop_limit: 3,
    });
    expect(synthesis.one('aws_iam_role', 'InstanceRole').permissions_boundary).toMatch(/aws_s3_bucket\.photos/);
    expect(synthesis.one('aws_batch_job_queue').priority).toBe(10);
    expect(synthesis.one('aws_s3_bucket', 'payloads').force_destroy).toBe(true);
  });
});

describe('a wrong override', () => {
  function problems(config: object): [path: string, fix: string][] {
    try {
      stackOf({ stackName: 'reports', ...config });
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map(({ path, fix }) => [path, fix]);
    }
  }

  it.each<[object, [path: string, fix: string][]]>([
    [
      { overrides: { LaunchTemplates: {} }, resources: { job: plain } },
      [['overrides.LaunchTemplates', 'did you mean "LaunchTemplate"?']],
    ],
    [
      { overrides: { JobDefinition: {} }, resources: { job: plain } },
      [['overrides.JobDefinition', 'move it to the overrides of a job, next to its properties']],
    ],
    [
      { resources: { photos: { type: 'bucket', overrides: { LogGroup: {} } } } },
      [['resources.photos.overrides.LogGroup', 'move it to the overrides of a job, next to its properties']],
    ],
    [
      { resources: { job: { ...plain, overrides: { LaunchTemplate: {}, 'spot-cpu-x86-64-queue': {} } } } },
      [
        [
          'resources.job.overrides.LaunchTemplate',
          'move it to overrides at the top of the config: jobs share the resource',
        ],
        [
          'resources.job.overrides.spot-cpu-x86-64-queue',
          'move it to overrides at the top of the config: jobs share the resource',
        ],
      ],
    ],
    [
      { overrides: { Nothing: {} }, resources: { job: plain } },
      [['overrides.Nothing', 'remove it: the stack itself has no such resource']],
    ],
    [
      { overrides: { InstanceRole: { max_session: 1 } }, resources: { job: plain } },
      [['overrides.InstanceRole.max_session', 'did you mean "max_session_duration"?']],
    ],
    [
      { resources: { photos: { type: 'bucket', overrides: { Buckt: {}, Bucket: { forcedestroy: true } } } } },
      [
        ['resources.photos.overrides.Buckt', 'did you mean "Bucket"?'],
        ['resources.photos.overrides.Bucket.forcedestroy', 'did you mean "force_destroy"?'],
      ],
    ],
    [
      {
        resources: { photos: { type: 'bucket', existing: { arn: 'arn:aws:s3:::photos' }, overrides: { Bucket: {} } } },
      },
      [['resources.photos.overrides', 'remove overrides']],
    ],
  ])('is refused: %j', (config, expected) => {
    expect(problems(config)).toEqual(expected);
  });
});
