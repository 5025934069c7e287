/** Parameters that `$ResourceParam` can refer to, by type of the resource. */
export const RESOURCE_PARAMS = {
  'batch-job': ['jobDefinitionArn', 'stateMachineArn', 'logGroupArn'],
  bucket: ['name', 'arn'],
  'dynamo-db-table': ['name', 'arn', 'streamArn'],
  'event-bus': ['name', 'arn'],
  existing: [],
  function: ['name', 'arn', 'logGroupArn'],
  'http-api-gateway': ['id', 'url', 'domain'],
  'application-load-balancer': ['arn', 'domain'],
  'kinesis-stream': ['name', 'arn'],
  'redis-cluster': ['host', 'port', 'connectionString'],
  'relational-database': ['host', 'port', 'dbName', 'userName', 'connectionString', 'jdbcConnectionString'],
  'sns-topic': ['name', 'arn'],
  'sqs-queue': ['name', 'arn', 'url'],
  'state-machine': ['name', 'arn'],
  'user-auth-pool': ['id', 'clientId', 'arn', 'providerUrl'],
} as const;

/** Secret parameters that only a connection provides. A directive can't refer to them. */
export const SECRET_PARAMS: { readonly [type: string]: readonly string[] } = {
  'redis-cluster': ['password'],
  'relational-database': ['password'],
};

/** Type of a resource in a config. */
export type ResourceType = keyof typeof RESOURCE_PARAMS;

/** Parameters of resources of one type. */
export type ParamsOf<Type extends ResourceType> = (typeof RESOURCE_PARAMS)[Type][number];

/** Name of a parameter of any resource. */
export type ResourceParam = ParamsOf<ResourceType>;
