import { meantResource, OVERRIDABLE } from '../../modules/config/overrides';
import { configProblems, SMALLEST_JOB } from '../stack-config/samples';

const FUNCTION = ['FunctionLogGroup', 'FunctionRole', 'FunctionRolePolicy', 'Function', 'FunctionUndelivered', 'Url'];
const DATABASE = ['SecurityGroup', 'Subnets', 'RelationalDatabase'];
const REDIS = ['SecurityGroup', 'Subnets', 'RedisCluster'];

it.each<[string, readonly string[], string | undefined]>([
  ['lambda', FUNCTION, 'Function'],
  ['lambdaFunction', FUNCTION, 'Function'],
  ['AwsLambdaFunction', FUNCTION, 'Function'],
  ['lambda_role', FUNCTION, 'FunctionRole'],
  ['role', FUNCTION, 'FunctionRole'],
  ['logGroup', FUNCTION, 'FunctionLogGroup'],
  ['dlq', FUNCTION, 'FunctionUndelivered'],
  ['deadLetterQueue', FUNCTION, 'FunctionUndelivered'],
  ['table', ['DynamoDbTable', 'Policy'], 'DynamoDbTable'],
  ['Table', ['DynamoDbTable', 'Policy'], 'DynamoDbTable'],
  ['bucket', ['Bucket', 'PublicAccess', 'Policy'], 'Bucket'],
  ['BucketPolicy', ['Bucket', 'PublicAccess', 'Policy'], 'Policy'],
  ['queue', ['SqsQueue', 'Policy'], 'SqsQueue'],
  ['topic', ['SnsTopic', 'Policy'], 'SnsTopic'],
  ['bus', ['EventBus'], 'EventBus'],
  ['api', ['HttpApiGateway', 'AccessLog', 'Stage'], 'HttpApiGateway'],
  ['fileSystem', ['SecurityGroup', 'EfsFilesystem', 'BackupPolicy'], 'EfsFilesystem'],
  ['listener', ['SecurityGroup', 'ApplicationLoadBalancer', 'Listener80'], 'Listener80'],
  ['alb', ['SecurityGroup', 'ApplicationLoadBalancer', 'Listener80'], 'ApplicationLoadBalancer'],
  ['cognito', ['UserAuthPool', 'Client'], 'UserAuthPool'],
  ['replicationGroup', REDIS, 'RedisCluster'],
  ['cluster', REDIS, 'RedisCluster'],
  ['dbInstance', DATABASE, 'RelationalDatabase'],
  ['rds', DATABASE, 'RelationalDatabase'],
  ['vpc', ['LaunchTemplate', 'NetworkVpc'], 'NetworkVpc'],
  ['lambda', OVERRIDABLE, 'TriggerFunction'],
  ['role', OVERRIDABLE, 'JobRole'],
  ['batchJob', OVERRIDABLE, 'JobDefinition'],
  ['stepFunctions', OVERRIDABLE, 'StateMachine'],
  ['TallyJobRole', OVERRIDABLE, 'JobRole'],
  ['TallyBatchDefinition', OVERRIDABLE, 'JobDefinition'],
  ['dlq', ['SqsQueue', 'Policy'], undefined],
  ['policy', ['EventBus'], undefined],
  ['Event1Role', OVERRIDABLE, undefined],
  ['x', OVERRIDABLE, undefined],
  ['role', [], undefined],
])('%s of %j means %s', (name, names, meant) => {
  expect(meantResource(name, names)).toBe(meant);
});

it.each([
  ['queue', 'queue'],
  ['JobQueue', 'queue'],
  ['computeEnvironment', 'environment'],
])('%s is none of a job, but of all', (name, end) => {
  const job = { type: 'batch-job', properties: SMALLEST_JOB, overrides: { [name]: {} } };
  const [{ fix } = {}] = configProblems({ stackName: 'reports', resources: { job } });
  expect(fix).toBe(
    `move it to overrides at the top of the config, with a name such as on-demand-cpu-x86-64-${end}: jobs share the resource`,
  );
});

it('a list has no names', () => {
  const job = { type: 'batch-job', properties: SMALLEST_JOB, overrides: [{ name: 'JobRole', value: {} }] };
  expect(configProblems({ stackName: 'reports', resources: { job } })).toMatchObject([
    { path: 'resources.job.overrides', fix: 'write {"JobRole":{}}' },
  ]);
});
