import type { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import type { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import type { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import type { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { portText } from '../../resources/port-text';
import { redisParams } from '../../resources/redis-cluster/params';
import { databaseParams, managedPassword } from '../../resources/relational-database/params';
import type { ConnectableType, ConnectTarget, TargetOf } from '../connect-target';
import type { IngressRule } from '../connection';

/** The provider's resources that can be connected to, by Terraform type. */
interface ProviderResources {
  aws_cloudwatch_event_bus: CloudwatchEventBus;
  aws_cognito_user_pool: CognitoUserPool;
  aws_db_instance: DbInstance;
  aws_dynamodb_table: DynamodbTable;
  aws_elasticache_replication_group: ElasticacheReplicationGroup;
  aws_kinesis_stream: KinesisStream;
  aws_lambda_function: LambdaFunction;
  aws_s3_bucket: S3Bucket;
  aws_sfn_state_machine: SfnStateMachine;
  aws_sns_topic: SnsTopic;
  aws_sqs_queue: SqsQueue;
}

/** A resource of the provider that can be connected to directly. */
export type ProviderResource = ProviderResources[keyof ProviderResources];

/**
 * Converts each to the attributes of this project's classes. By type name, because by class would load all these classes.
 */
const TARGETS: {
  readonly [Type in keyof ProviderResources]: (resource: ProviderResources[Type]) => ConnectTarget;
} = {
  aws_cloudwatch_event_bus: ({ arn, name }) => target('event-bus', arn, { arn, name }),
  aws_cognito_user_pool: ({ arn, id, endpoint }) =>
    target('user-auth-pool', arn, { arn, id, clientId: undefined, providerUrl: `https://${endpoint}` }),
  aws_db_instance: databaseTarget,
  aws_dynamodb_table: ({ arn, name, streamArn, streamEnabledInput }) =>
    target('dynamo-db-table', arn, { arn, name, streamArn: streamEnabledInput === true ? streamArn : undefined }),
  aws_elasticache_replication_group: redisTarget,
  aws_kinesis_stream: ({ arn, name }) => target('kinesis-stream', arn, { arn, name }),
  aws_lambda_function: ({ arn, functionName }) =>
    target('function', arn, { arn, name: functionName, logGroupArn: undefined }),
  aws_s3_bucket: ({ arn, bucket }) => target('bucket', arn, { arn, name: bucket }),
  aws_sfn_state_machine: ({ arn, name }) => target('state-machine', arn, { arn, name }),
  aws_sns_topic: ({ arn, name }) => target('sns-topic', arn, { arn, name }),
  aws_sqs_queue: ({ arn, name, url }) => target('sqs-queue', arn, { arn, name, url }),
};

/** A resource of the provider with the attributes of this project's classes, or undefined if it cannot be connected to. */
export function providerTarget(resource: object): ConnectTarget | undefined {
  const type = 'terraformResourceType' in resource ? String(resource.terraformResourceType) : '';
  if (!Object.hasOwn(TARGETS, type)) return undefined;
  return (TARGETS[type as keyof typeof TARGETS] as (resource: object) => ConnectTarget)(resource);
}

/** Terraform types of the provider's resources that can be connected to. */
export const PROVIDER_TYPES = Object.keys(TARGETS).sort();

function target<
  Type extends Exclude<ConnectableType, 'batch-job' | 'existing' | 'relational-database' | 'redis-cluster'>,
>(type: Type, arn: string, params: TargetOf<Type>['params']): TargetOf<Type> {
  return { type, arn, params };
}

/** The secret with the password, if RDS manages it. A password in the instance's settings is unknown here. */
function databaseTarget(instance: DbInstance): ConnectTarget {
  const { address: host, port, dbName, username: userName, engineInput, manageMasterUserPasswordInput } = instance;
  const engine = engineInput === 'mysql' || engineInput === 'mariadb' ? 'mysql' : 'postgres';
  return {
    type: 'relational-database',
    params: databaseParams({ engine, host, port: portText(port), dbName, userName }),
    ...(manageMasterUserPasswordInput === true && { password: managedPassword(instance) }),
    ingressRule: ingressRule(instance, instance.vpcSecurityGroupIdsInput, port, 'vpcSecurityGroupIds'),
  };
}

function redisTarget(group: ElasticacheReplicationGroup): ConnectTarget {
  const { primaryEndpointAddress: host, port, transitEncryptionEnabledInput } = group;
  return {
    type: 'redis-cluster',
    params: redisParams(host, port, transitEncryptionEnabledInput === true),
    ingressRule: ingressRule(group, group.securityGroupIdsInput, port, 'securityGroupIds'),
  };
}

/** @throws Error for a resource without its own security group: jobs get no access to the VPC's default one. */
function ingressRule(
  { node }: DbInstance | ElasticacheReplicationGroup,
  groups: readonly string[] | undefined,
  port: number,
  property: string,
): IngressRule {
  const securityGroupId = groups?.[0];
  if (securityGroupId === undefined) {
    throw new Error(`${node.path}: set ${property} to a separate security group, so that jobs can be given access`);
  }
  return { key: node.path, securityGroupId, port };
}
