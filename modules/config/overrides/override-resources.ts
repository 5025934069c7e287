import type { CreatedResource } from '../event-vocabulary';
import type { DescribedResource } from './attribute-shapes';

/** The resources of every job that often need more settings than a config has properties for. */
export const JOB_RESOURCES: readonly CreatedResource[] = [
  ['JobDefinition', 'batch-job-definition'],
  ['TriggerFunction', 'lambda-function'],
  ['StateMachine', 'sfn-state-machine'],
  ['LogGroup', 'cloudwatch-log-group'],
  ['JobRole', 'iam-role'],
];

/**
 * The same of companions, by type. The first one is the resource itself. Others are there only if they have attributes that people look for.
 */
export const COMPANION_RESOURCES: { readonly [type: string]: readonly CreatedResource[] } = {
  'application-load-balancer': [['ApplicationLoadBalancer', 'lb']],
  bucket: [
    ['Bucket', 's3-bucket'],
    ['PublicAccess', 's3-bucket-public-access-block'],
    ['Ownership', 's3-bucket-ownership-controls'],
  ],
  'dynamo-db-table': [['DynamoDbTable', 'dynamodb-table']],
  'efs-filesystem': [['EfsFilesystem', 'efs-file-system']],
  'event-bus': [['EventBus', 'cloudwatch-event-bus']],
  function: [
    ['Function', 'lambda-function'],
    ['FunctionUndelivered', 'lambda-function-event-invoke-config'],
    ['FunctionRole', 'iam-role'],
  ],
  'http-api-gateway': [
    ['HttpApiGateway', 'apigatewayv2-api'],
    ['Stage', 'apigatewayv2-stage'],
  ],
  'kinesis-stream': [['KinesisStream', 'kinesis-stream']],
  'redis-cluster': [['RedisCluster', 'elasticache-replication-group']],
  'relational-database': [['RelationalDatabase', 'db-instance']],
  'sns-topic': [['SnsTopic', 'sns-topic']],
  'sqs-queue': [['SqsQueue', 'sqs-queue']],
  'user-auth-pool': [
    ['UserAuthPool', 'cognito-user-pool'],
    ['Client', 'cognito-user-pool-client'],
  ],
};

/** The resources of all instances that jobs run on. */
export const INSTANCE_RESOURCES: readonly CreatedResource[] = [
  ['LaunchTemplate', 'launch-template'],
  ['InstanceRole', 'iam-role'],
];

/** The resources of each kind of capacity: the ends of their names, after the kind. */
export const CAPACITY_RESOURCES: readonly CreatedResource[] = [
  ['environment', 'batch-compute-environment'],
  ['queue', 'batch-job-queue'],
];

/**
 * Settings of a container on EC2 in AWS Batch for which a config has no properties.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export const CONTAINER_PROPERTIES: readonly string[] = [
  'enableExecuteCommand',
  'linuxParameters',
  'mountPoints',
  'privileged',
  'readonlyRootFilesystem',
  'ulimits',
  'user',
  'volumes',
];

/**
 * The class of a module of the provider's bindings. Loaded only for an error message about an attribute, because these modules are large.
 */
export function classOf(module: string): { readonly prototype: DescribedResource } {
  const exported = require(`@cdktf/provider-aws/lib/${module}`) as { readonly [name: string]: unknown };
  const name = module.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return exported[name] as { readonly prototype: DescribedResource };
}
