import { overrideFix } from '../../../modules/config/overrides/override-fix';
import { valueAt } from '../../../modules/config/value-at';
import type { Vocabulary } from '../../../modules/config/vocabulary';
import { companionCreates } from '../../../modules/resources/registry';

/** A source `queue`, and the companions. */
const VOCABULARY: Vocabulary = {
  companionCreates,
  stacktape: () => undefined,
  namedForArn: () => undefined,
  aliases: [],
  elsewhere: () => undefined,
  creates: (type) =>
    type === 'queue'
      ? [
          ['Mapping', 'lambda-event-source-mapping'],
          ['Rule', 'cloudwatch-event-rule'],
        ]
      : [],
};

type Path = readonly PropertyKey[];

/** A config that has a value at a path, and what the config has beside it. */
function configWith(path: Path, value: unknown, more: object = {}): object {
  const root = structuredClone(more) as { [key: PropertyKey]: unknown };
  let at = root;
  path.forEach((key, index) => {
    if (index === path.length - 1) at[key] = value;
    else {
      at[key] ??= typeof path[index + 1] === 'number' ? [] : {};
      at = at[key] as typeof root;
    }
  });
  return root;
}

/** The overrides that a fix offers, with where they are. */
function offered(path: Path, value: unknown, more: object): unknown {
  const fix = overrideFix(path, configWith(path, value, more), VOCABULARY);
  if (fix === undefined) return undefined;
  const [, place = '', json = ''] = /^remove it, and set it (.*?): (.*)$/.exec(fix) ?? [];
  return [place, JSON.parse(json)];
}

const JOB = { resources: { report: { type: 'batch-job', properties: {} } } };
const PLACE = 'by resources.report.overrides';
const ofJob = (...path: PropertyKey[]) => ['resources', 'report', 'properties', ...path];
const inJob = (value: unknown, ...path: PropertyKey[]) => offered(ofJob(...path), value, JOB);

it('is one line of YAML and JSON, with spaces at which a report can wrap it', () => {
  const path = ofJob('tracingConfig');
  expect(overrideFix(path, configWith(path, { mode: 'Active' }, JOB), VOCABULARY)).toBe(
    'remove it, and set it by resources.report.overrides: { "TriggerFunction": { "tracing_config": { "mode": "Active" } } }',
  );
});

describe('of a job', () => {
  it.each<[string, unknown, object]>([
    ['schedulingPriority', 3, { JobDefinition: { scheduling_priority: 3 } }],
    ['reservedConcurrentExecutions', 3, { TriggerFunction: { reserved_concurrent_executions: 3 } }],
    ['loggingConfiguration', { level: 'ALL' }, { StateMachine: { logging_configuration: { level: 'ALL' } } }],
    ['logGroupClass', 'STANDARD', { LogGroup: { log_group_class: 'STANDARD' } }],
    ['permissionsBoundary', 'arn', { JobRole: { permissions_boundary: 'arn' } }],
    // An attribute of a block.
    ['securityGroupIds', ['sg'], { TriggerFunction: { vpc_config: { security_group_ids: ['sg'] } } }],
  ])('%s', (property, value, expected) => {
    expect(inJob(value, property)).toEqual([PLACE, expected]);
  });

  it.each([
    ...['enableExecuteCommand', 'linuxParameters', 'mountPoints', 'privileged', 'readonlyRootFilesystem', 'ulimits'],
    ...['user', 'volumes'],
  ])('a setting of its container: %s', (property) => {
    const expected = [PLACE, { JobDefinition: { container_properties: { [property]: 'x' } } }];
    expect(inJob('x', property)).toEqual(expected);
    expect(inJob('x', 'container', property)).toEqual(expected);
    expect(inJob('x', 'resources', property)).toEqual(expected);
    expect(inJob('x', 'container', 'packaging', property)).toEqual(expected);
    expect(inJob('x', 'logging', property)).toBeUndefined();
  });

  it('only of its own: other properties with the name mean something else', () => {
    expect(inJob(3, 'logging', 'schedulingPriority')).toBeUndefined();
    expect(inJob(3, 'schedulingPriority', 'priority')).toBeUndefined();
    expect(inJob(3)).toBeUndefined();
  });

  it('only what the resources have', () => {
    expect(inJob(3, 'schedulingPriorities')).toBeUndefined();
    expect(offered(['resources', 'report', 'schedulingPriority'], 3, JOB)).toBeUndefined();
    expect(
      offered(['other', 'report', 'properties', 'schedulingPriority'], 3, { other: JOB.resources }),
    ).toBeUndefined();
    expect(offered(['resources', 'report', 'other', 'schedulingPriority'], 3, JOB)).toBeUndefined();
    expect(offered(['resources', 'no', 'properties', 'schedulingPriority'], 3, {})).toBeUndefined();
    expect(overrideFix(ofJob('schedulingPriority'), undefined, VOCABULARY)).toBeUndefined();
  });

  it.each(['id', 'name', 'type', 'policy', 'tags', 'tagsAll', 'region', 'arn', 'source', 'input', 'rule'])(
    'not %s, which means too much or is what this project sets',
    (property) => {
      expect(inJob('x', property)).toBeUndefined();
      expect(inEvent('x', property)).toBeUndefined();
    },
  );
});

const event = (properties: object = {}, type: unknown = 'queue') => ({
  resources: { report: { type: 'batch-job', properties: { events: [{ type: 'other' }, { type, properties }] } } },
});
const inEvent = (value: unknown, property: string, type?: unknown) =>
  offered(ofJob('events', 1, 'properties', property), value, event({}, type));

describe('of an event', () => {
  it('the first of its resources that has the attribute, by its number', () => {
    expect(inEvent(5, 'parallelizationFactor')).toEqual([PLACE, { Event2Mapping: { parallelization_factor: 5 } }]);
    expect(inEvent('x', 'roleArn')).toEqual([PLACE, { Event2Rule: { role_arn: 'x' } }]);
    expect(inEvent('x', 'isEnabled')).toEqual([PLACE, { Event2Rule: { is_enabled: 'x' } }]);
    expect(inEvent(5, 'enabled')).toEqual([PLACE, { Event2Mapping: { enabled: 5 } }]);
  });

  it('not of another source, nor beside the properties', () => {
    expect(inEvent(5, 'parallelizationFactor', 'other')).toBeUndefined();
    expect(inEvent(5, 'parallelizationFactor', 5)).toBeUndefined();
    expect(inEvent(5, 'unknownOne')).toBeUndefined();
    const deep = ofJob('events', 1, 'properties', 'filter', 'parallelizationFactor');
    expect(offered(deep, 5, event())).toBeUndefined();
    expect(
      offered(ofJob('others', 1, 'properties', 'roleArn'), 'x', {
        resources: { report: { type: 'batch-job', properties: { others: [{}, { type: 'queue' }] } } },
      }),
    ).toBeUndefined();
    expect(
      offered(ofJob('events', 'first', 'properties', 'roleArn'), 'x', {
        resources: { report: { type: 'batch-job', properties: { events: { first: { type: 'queue' } } } } },
      }),
    ).toBeUndefined();
    expect(offered(ofJob('events', 1, 'roleArn'), 'x', event())).toEqual([PLACE, { Event2Rule: { role_arn: 'x' } }]);
  });
});

describe('of a companion', () => {
  const inCompanion = (type: unknown, value: unknown, ...path: PropertyKey[]) =>
    offered(['resources', 'store', 'properties', ...path], value, { resources: { store: { type } } });
  const place = 'by resources.store.overrides';

  it.each<[string, string, unknown, object]>([
    ['bucket', 'objectLockEnabled', true, { Bucket: { object_lock_enabled: true } }],
    ['bucket', 'blockPublicAcls', false, { PublicAccess: { block_public_acls: false } }],
    ['bucket', 'objectOwnership', 'x', { Ownership: { rule: { object_ownership: 'x' } } }],
    ['sqs-queue', 'policyless', 'x', {}],
    ['dynamo-db-table', 'ttl', { attributeName: 'end' }, { DynamoDbTable: { ttl: { attribute_name: 'end' } } }],
    ['kinesis-stream', 'shardLevelMetrics', ['a'], { KinesisStream: { shard_level_metrics: ['a'] } }],
  ])('%s: %s', (type, property, value, expected) => {
    const found = inCompanion(type, value, property);
    expect(found).toEqual(Object.keys(expected).length === 0 ? undefined : [place, expected]);
  });

  it('also of the engine of a database, which is the database in Terraform', () => {
    const expected = [place, { RelationalDatabase: { parameter_group_name: 'own' } }];
    const inDatabase = (...path: PropertyKey[]) => inCompanion('relational-database', 'own', ...path);
    expect(inDatabase('parameterGroupName')).toEqual(expected);
    expect(inDatabase('engine', 'properties', 'parameterGroupName')).toEqual(expected);
    for (const path of [['engine'], ['engine', 'properties', 'more'], ['engine', 'other'], ['other', 'properties']]) {
      expect(inDatabase(...path, 'parameterGroupName')).toBeUndefined();
    }
  });

  it('not of an existing one, of an unknown type or without one', () => {
    const path = ['resources', 'store', 'properties', 'objectLockEnabled'];
    const found = (store: object) => offered(path, true, { resources: { store } });
    expect(found({ type: 'bucket' })).toBeDefined();
    expect(found({ type: 'bucket', existing: {} })).toBeUndefined();
    expect(found({ type: 'state-machine' })).toBeUndefined();
    expect(found({ type: 'toString' })).toBeUndefined();
    expect(found({ type: 5 })).toBeUndefined();
    const beside = ['resources', 'store', 'settings', 'objectLockEnabled'];
    expect(offered(beside, true, { resources: { store: { type: 'bucket' } } })).toBeUndefined();
    expect(found({})).toBeUndefined();
    expect(
      offered(['resources', 'store', 'existing', 'objectLockEnabled'], true, {
        resources: { store: { type: 'bucket' } },
      }),
    ).toBeUndefined();
    expect(
      offered(['other', 'store', 'properties', 'objectLockEnabled'], true, { other: { store: { type: 'bucket' } } }),
    ).toBeUndefined();
  });

  it('of a block only by a name of several words: others mean too much', () => {
    expect(inCompanion('bucket', 'x', 'role')).toBeUndefined();
    expect(inCompanion('sqs-queue', 'x', 'rule')).toBeUndefined();
    expect(inCompanion('user-auth-pool', 7, 'temporaryPasswordValidityDays')).toEqual([
      place,
      { UserAuthPool: { password_policy: { temporary_password_validity_days: 7 } } },
    ]);
    expect(inCompanion('user-auth-pool', 'x', 'challengeRequiredOnNewDevice')).toBeDefined();
    expect(inCompanion('user-auth-pool', 7, 'invite')).toBeUndefined();
    expect(inCompanion('application-load-balancer', 'x', 'bucket')).toBeUndefined();
  });

  it.each(['acl', 'grant', 'lifecycleRule', 'serverSideEncryptionConfiguration', 'versioning'])(
    'not %s of a bucket, which another resource contradicts',
    (property) => {
      expect(inCompanion('bucket', [{}], property)).toBeUndefined();
      expect(inCompanion('bucket', 'private', property)).toBeUndefined();
    },
  );
});

describe('of the stack', () => {
  const jobs = (...properties: object[]) => ({
    resources: Object.fromEntries(
      properties.map((each, index) => [`job${index}`, { type: 'batch-job', properties: each }]),
    ),
  });
  const inCompute = (value: unknown, property: string, more: object = jobs({})) =>
    offered(['compute', property], value, more);
  const place = 'at the top of the config by overrides';

  it('the instances, then each kind of capacity', () => {
    expect(inCompute(true, 'ebsOptimized')).toEqual([place, { LaunchTemplate: { ebs_optimized: true } }]);
    expect(inCompute(7200, 'maxSessionDuration')).toEqual([place, { InstanceRole: { max_session_duration: 7200 } }]);
    expect(inCompute('x', 'allocationStrategy')).toEqual([
      place,
      { 'on-demand-cpu-x86-64-environment': { compute_resources: { allocation_strategy: 'x' } } },
    ]);
    expect(inCompute(4, 'priority', jobs({}, { useSpotInstances: true }))).toEqual([
      place,
      { 'on-demand-cpu-x86-64-queue': { priority: 4 }, 'spot-cpu-x86-64-queue': { priority: 4 } },
    ]);
  });

  it('not without a kind, and only in this section', () => {
    expect(inCompute('x', 'allocationStrategy', {})).toBeUndefined();
    expect(inCompute('x', 'noSuchAttribute')).toBeUndefined();
    expect(offered(['compute', 'more', 'ebsOptimized'], true, jobs({}))).toBeUndefined();
    expect(offered(['vpc', 'ebsOptimized'], true, jobs({}))).toBeUndefined();
    expect(offered(['ebsOptimized'], true, jobs({}))).toBeUndefined();
    expect(offered(['compute'], true, jobs({}))).toBeUndefined();
  });
});

describe('in the form of Terraform', () => {
  const inTemplate = (value: unknown, property: string) => offered(['compute', property], value, JOB);

  it('blocks have its names, at any depth, and other values stay', () => {
    expect(inTemplate({ httpTokens: 'required', Other: { keptKey: 1 } }, 'metadataOptions')).toEqual([
      'at the top of the config by overrides',
      { LaunchTemplate: { metadata_options: { http_tokens: 'required', Other: { keptKey: 1 } } } },
    ]);
    expect(inTemplate([{ deviceName: '/dev/x', ebs: { volumeSize: 5 } }, 'x', null], 'blockDeviceMappings')).toEqual([
      'at the top of the config by overrides',
      {
        LaunchTemplate: {
          block_device_mappings: [{ device_name: '/dev/x', ebs: { volume_size: 5 } }, 'x', null],
        },
      },
    ]);
  });

  it('a value that cannot be the attribute is no fix', () => {
    for (const value of ['x', 5, true, null]) expect(inTemplate(value, 'metadataOptions')).toBeUndefined();
    for (const value of [{ a: 1 }, [1]]) {
      // A boolean, a number, and a number in a block.
      expect(
        offered(['resources', 's', 'properties', 'objectLockEnabled'], value, { resources: { s: { type: 'bucket' } } }),
      ).toBeUndefined();
      expect(inJob(value, 'schedulingPriority')).toBeUndefined();
      expect(inTemplate(value, 'httpPutResponseHopLimit')).toBeUndefined();
    }
    expect(inJob(null, 'schedulingPriority')).toEqual([PLACE, { JobDefinition: { scheduling_priority: null } }]);
    expect(inTemplate({ a: 1 }, 'keyName')).toEqual([
      'at the top of the config by overrides',
      { LaunchTemplate: { key_name: { a: 1 } } },
    ]);
  });
});

it('the configs of these tests have the value at the path', () => {
  const path = ofJob('events', 1, 'properties', 'roleArn');
  expect(valueAt(configWith(path, 5, event()), path)).toBe(5);
});
