import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { parse } from '../../modules/config/parse';
import { Replacement } from '../../modules/config/replacement';
import { OF_ALL_TYPES } from '../../modules/config/stacktape';
import { stacktapeProperty, stacktapeType } from '../../modules/config/stacktape-resources';
import { vocabularyOf } from '../../modules/config/vocabulary';
import type { Problem } from '../../modules/problems/problem';
import { BATCH_JOB } from '../../modules/resources/batch-job';
import { stacktapeOf } from '../../modules/resources/referables';
import { COMPANIONS } from '../../modules/resources/registry';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { configProblems, SMALLEST_JOB } from '../stack-config/samples';

/** A config with one resource of a type and its properties. */
function config(type: string, properties: object) {
  return { root: { resources: { one: { type, properties } } }, vocabulary: vocabularyOf(batchJobsConfig) };
}

it('a name that is near alarms is none of those of functions and jobs, which have alarms', () => {
  const near = (type: string) =>
    stacktapeProperty(['resources', 'one', 'properties', 'alarm'], config(type, { alarm: [] }), true);
  expect([near('function'), near('batch-job')]).toEqual([undefined, undefined]);
  expect(near('sqs-queue')).toBe(OF_ALL_TYPES.alarms);
});

it.each<[string, object, string, unknown]>([
  ['function', { reservedConcurrency: 5 }, 'reservedConcurrency', { Function: { reserved_concurrent_executions: 5 } }],
  [
    'function',
    { accessControl: { allowAccessTo: ['inbox'], iamRoleStatements: [] } },
    'accessControl',
    new Replacement('connectTo', ['inbox'], ', and move iamRoleStatements beside it'),
  ],
  ['function', { accessControl: 'all' }, 'accessControl', new Replacement('connectTo', [])],
  [
    'function',
    { packageConfig: {} },
    'packageConfig',
    new Replacement('packaging', { type: 'js-bundle', properties: { entryfilePath: '<file>' } }),
  ],
  [
    'function',
    { packageConfig: { filePath: 'a.ts', dependenciesToIgnore: ['pg'], minify: true } },
    'packageConfig',
    new Replacement(
      'packaging',
      { type: 'js-bundle', properties: { entryfilePath: 'a.ts', excludeDependencies: ['pg'] } },
      '. Set in its properties what minify said',
    ),
  ],
  ['sns-topic', { smsDisplayName: 'App' }, 'smsDisplayName', { SnsTopic: { display_name: 'App' } }],
  [
    'sqs-queue',
    { fifoHighThroughput: true },
    'fifoHighThroughput',
    { SqsQueue: { deduplication_scope: 'messageGroup', fifo_throughput_limit: 'perMessageGroupId' } },
  ],
  ['sqs-queue', { fifoHighThroughput: false }, 'fifoHighThroughput', 'remove it'],
  [
    'dynamo-db-table',
    { provisionedThroughput: { readUnits: 5, writeUnits: 3 } },
    'provisionedThroughput',
    { DynamoDbTable: { billing_mode: 'PROVISIONED', read_capacity: 5, write_capacity: 3 } },
  ],
  [
    'dynamo-db-table',
    { provisionedThroughput: { readUnits: 5, writeUnits: 3, readScaling: { minUnits: 1 } } },
    'provisionedThroughput',
    expect.stringContaining('aws_appautoscaling_target'),
  ],
  [
    'relational-database',
    { logging: {}, engine: { type: 'mysql' } },
    'logging',
    { RelationalDatabase: { enabled_cloudwatch_logs_exports: ['error'] } },
  ],
  [
    'relational-database',
    { logging: {}, engine: { type: 'postgres' } },
    'logging',
    { RelationalDatabase: { enabled_cloudwatch_logs_exports: ['postgresql'] } },
  ],
  [
    'application-load-balancer',
    { interface: 'internal' },
    'interface',
    { ApplicationLoadBalancer: { internal: true } },
  ],
  ['application-load-balancer', { interface: 'internet' }, 'interface', 'remove it: load balancers are public'],
  ['user-auth-pool', { hooks: {} }, 'hooks', expect.stringContaining('name it in existing')],
  [
    'user-auth-pool',
    { mfaConfiguration: { status: 'ON', enabledTypes: ['SMS'] } },
    'mfaConfiguration',
    expect.stringContaining('name it in existing'),
  ],
  ['redis-cluster', { port: 6380 }, 'port', expect.stringContaining('port 6379')],
  ['bucket', { alarms: [] }, 'alarms', expect.stringContaining('aws_cloudwatch_metric_alarm')],
])('%s with %j', (type, properties, at, instead) => {
  expect(stacktapeProperty(['resources', 'one', 'properties', ...at.split('.')], config(type, properties))).toEqual(
    instead,
  );
});

it.each([
  // Jobs have alarms of their own, and a near name is the usual fix elsewhere.
  ['batch-job', 'alarms'],
  ['bucket', 'versionning'],
  ['nothing', 'port'],
])('leaves a property of %s that Stacktape has not: %s', (type, property) => {
  const around = config(type, { [property]: 1 });
  expect(stacktapeProperty(['resources', 'one', 'properties', property], around)).toBeUndefined();
  expect(stacktapeProperty(['compute', property], around)).toBeUndefined();
});

it('a state machine stands in existing only', () => {
  const around = config('state-machine', {});
  expect(stacktapeProperty(['resources', 'one', 'properties'], around)).toContain('write here existing');
  expect(stacktapeProperty(['resources', 'one', 'other'], around)).toBeUndefined();
});

it.each<[string, PropertyKey[], unknown]>([
  ['web-service', ['resources', 'one'], expect.stringContaining('aws_ecs_service')],
  ['nextjs-web', ['resources', 'one', 'type'], 'remove it: not part of this project. Leave it in its stack'],
  ['websocket', ['resources', 'one'], undefined],
  ['aurora-mysql', ['resources', 'one', 'properties', 'engine', 'type'], expect.stringContaining('existing')],
  ['mongo', ['resources', 'one', 'properties', 'engine', 'type'], undefined],
  [
    'custom-artifact',
    ['resources', 'one', 'properties', 'container', 'packaging'],
    'write a Dockerfile that copies the files, and use dockerfile',
  ],
  ['nixpacks', ['resources', 'one', 'properties', 'container', 'packaging'], expect.stringContaining('dockerfile')],
  ['zip', ['resources', 'one', 'properties', 'packaging'], undefined],
  ['aurora-mysql', ['resources', 'one', 'properties', 'engine'], expect.stringContaining('existing')],
  ['web-service', ['backend', 'type'], undefined],
  ['web-service', ['resources', 'one', 'properties', 'engine'], undefined],
])('type %s at %j', (type, path, instead) => {
  const resource = String(type).startsWith('aurora') ? 'relational-database' : 'batch-job';
  expect(stacktapeType(type, path, config(resource, {}))).toEqual(instead);
});

const TABLES = { primaryKey: { partitionKey: { name: 'id', type: 'string' } } };
const DATABASE = {
  credentials: { masterUserPassword: "$Secret('ledger')" },
  engine: { type: 'postgres', properties: { version: '16', primaryInstance: { instanceSize: 'db.t4g.micro' } } },
};
const CLUSTER = { defaultUserPassword: "$Secret('cache')", instanceSize: 'cache.t4g.micro' };
const FUNCTION = { packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'a.ts' } } };

/** What a resource of a type needs at least. */
const REQUIRED: { readonly [type: string]: { readonly [property: string]: unknown } } = {
  'batch-job': SMALLEST_JOB,
  'dynamo-db-table': TABLES,
  'relational-database': DATABASE,
  'redis-cluster': CLUSTER,
  function: FUNCTION,
};

/** Values for which the fix is to set attributes by overrides, as Stacktape takes them. */
const SET_BY_OVERRIDES: { readonly [type: string]: { readonly [property: string]: unknown } } = {
  function: { reservedConcurrency: 5 },
  'sqs-queue': { fifoHighThroughput: true },
  'sns-topic': { smsDisplayName: 'Depot' },
  'dynamo-db-table': { provisionedThroughput: { readUnits: 5, writeUnits: 3 } },
  'relational-database': { logging: {}, preferredMaintenanceWindow: 'Sun:02:00-Sun:03:00' },
  'application-load-balancer': { interface: 'internal' },
  'user-auth-pool': {
    inviteMessageConfig: {
      emailSubject: 'Welcome',
      emailMessage: 'You are {username}, with {####}',
      smsMessage: '{username} {####}',
    },
    userVerificationMessageConfig: {
      emailMessageUsingCode: 'Code {####}',
      emailMessageUsingLink: '{##Confirm##}',
      emailSubjectUsingCode: 'Your code',
      emailSubjectUsingLink: 'Please confirm',
      smsMessage: 'Code {####}',
    },
    schema: [
      { name: 'depot', stringMaxLength: 40, mutable: true },
      { name: 'rank', attributeDataType: 'Number', numberMinValue: 1, numberMaxValue: 9 },
    ],
    mfaConfiguration: { status: 'OPTIONAL', enabledTypes: ['SOFTWARE_TOKEN'] },
    emailConfiguration: { from: 'depot@example.com', sesAddressArn: 'arn:aws:ses:eu-west-1:111122223333:identity/a' },
    accessTokenValiditySeconds: 600,
    idTokenValiditySeconds: 600,
    refreshTokenValidityDays: 10,
    generateClientSecret: true,
    unusedAccountValidityDays: 5,
    'passwordPolicy.temporaryPasswordValidityDays': 5,
    'passwordPolicy.requireLowercase': false,
    'passwordPolicy.requireUppercase': false,
    'passwordPolicy.requireNumbers': false,
    'passwordPolicy.requireSymbols': false,
  },
};

/** Each row of the table, by type. Those of all types with a type that has no other meaning for them. */
const ROWS = [
  ...[BATCH_JOB, ...COMPANIONS].flatMap(({ type }) =>
    Object.keys(stacktapeOf(type)?.properties ?? {}).map((name) => [type, name] as const),
  ),
  ...Object.keys(OF_ALL_TYPES).map((name) => ['kinesis-stream', name] as const),
];

/** An object in which a property has a value, by its path. */
function withProperty(properties: object, [name = '', ...rest]: readonly string[], value: unknown): object {
  const inner = (properties as { readonly [property: string]: object })[name] ?? {};
  return { ...properties, [name]: rest.length === 0 ? value : withProperty(inner, rest, value) };
}

/** What is wrong with a resource, or why it can't be synthesized. */
function problemsOf(resource: object): readonly Problem[] {
  const config = { stackName: 'rows', region: 'eu-west-1', resources: { one: resource } };
  const problems = configProblems(config);
  if (problems.length > 0) return problems;
  Testing.synth(new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test'), { baseDir: folder }));
  return [];
}

const folder = mkdtempSync(join(tmpdir(), 'stacktape-rows-'));
beforeAll(() => writeFileSync(join(folder, 'a.ts'), 'export default async () => ({});\n'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(ROWS)('a %s with %s is refused once, with a fix that works', (type, name) => {
  const value = SET_BY_OVERRIDES[type]?.[name];
  const required = REQUIRED[type] ?? {};
  const problems = problemsOf({ type, properties: withProperty(required, name.split('.'), value ?? {}) });
  expect(problems.map(({ path, found }) => [path, found])).toEqual([
    [`resources.one.properties.${name}`, `the unknown property "${name.split('.').at(-1)}"`],
  ]);
  const fix = problems[0]?.fix ?? '';
  expect(fix).not.toMatch(/^(did you mean|remove it$|move it)/);
  const overrides = /by resources\.one\.overrides: (\{[\s\S]*\})$/.exec(fix)?.[1];
  expect(overrides !== undefined).toBe(value !== undefined);
  if (overrides === undefined) return;
  expect(problemsOf({ type, properties: required, overrides: JSON.parse(overrides) })).toEqual([]);
});

it('several in one resource are one report, each with its fix', () => {
  const names = ['enableHostedUi', 'allowedOAuthFlows', 'callbackURLs', 'identityProviders'];
  const properties = Object.fromEntries(names.map((name) => [name, []]));
  const problems = configProblems({ stackName: 'rows', resources: { users: { type: 'user-auth-pool', properties } } });
  expect(problems.map(({ path }) => path)).toEqual(names.map((name) => `resources.users.properties.${name}`));
  for (const { fix } of problems)
    expect(fix).toContain('not part of this project. In Terraform beside it: aws_cognito');
});

it.each([
  ['user-auth-pool', 'hostedUi', 'aws_cognito_user_pool_domain'],
  ['user-auth-pool', 'hostedUiDomain', 'aws_cognito_user_pool_domain'],
  ['user-auth-pool', 'callbackUrls', 'aws_cognito_user_pool_client'],
  ['user-auth-pool', 'oauthFlows', 'aws_cognito_user_pool_client'],
  ['user-auth-pool', 'identityProvidrs', 'aws_cognito_identity_provider'],
  ['http-api-gateway', 'customDomain', 'aws_apigatewayv2_domain_name'],
])('a %s with %s, which is nearly the name, gets the fix of that', (type, name, resource) => {
  const problems = configProblems({ stackName: 'rows', resources: { one: { type, properties: { [name]: {} } } } });
  expect(problems.map(({ fix }) => fix)).toEqual([expect.stringContaining(`not part of this project. In Terraform`)]);
  expect(problems[0]?.fix).toContain(resource);
});

it('a name that is near to one that is taken means that', () => {
  const properties = { allowOnlyAdminsToCreateAcount: true };
  const problems = configProblems({ stackName: 'rows', resources: { users: { type: 'user-auth-pool', properties } } });
  expect(problems.map(({ fix }) => fix)).toEqual(['did you mean "allowOnlyAdminsToCreateAccount"?']);
});
