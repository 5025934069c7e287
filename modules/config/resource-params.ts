/** What other resources can ask of a resource of each type. */
export const RESOURCE_PARAMS = {
  'batch-job': ['jobDefinitionArn', 'stateMachineArn', 'logGroupArn'],
  bucket: ['name', 'arn'],
  'dynamo-db-table': ['name', 'arn', 'streamArn'],
  'event-bus': ['name', 'arn'],
  function: ['name', 'arn', 'logGroupArn'],
  'http-api-gateway': ['id', 'url', 'domain'],
  'application-load-balancer': ['arn', 'domain'],
  'kinesis-stream': ['name', 'arn'],
  'sns-topic': ['name', 'arn'],
  'sqs-queue': ['name', 'arn', 'url'],
  'state-machine': ['name', 'arn'],
  'user-auth-pool': ['id', 'clientId', 'arn', 'providerUrl'],
} as const;

/** Type of a resource in a config. */
export type ResourceType = keyof typeof RESOURCE_PARAMS;

/** Parameters of resources of one type. */
export type ParamsOf<Type extends ResourceType> = (typeof RESOURCE_PARAMS)[Type][number];

/** Name of a parameter of some resource. */
export type ResourceParam = ParamsOf<ResourceType>;
