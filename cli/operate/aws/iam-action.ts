/** Prefixes of IAM actions that differ from a client's name. */
const PREFIXES: { readonly [client: string]: string } = {
  SFNClient: 'states',
  CloudWatchLogsClient: 'logs',
  EventBridgeClient: 'events',
  AutoScalingClient: 'autoscaling',
  ElasticLoadBalancingV2Client: 'elasticloadbalancing',
  ServiceQuotasClient: 'servicequotas',
  ApiGatewayV2Client: 'apigateway',
  DynamoDBStreamsClient: 'dynamodb',
};

/** IAM actions whose names differ from the API's. */
const ACTIONS: { readonly [action: string]: string } = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadObject': 's3:GetObject',
  's3:CopyObject': 's3:PutObject',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
};

/** The IAM action of a client's command. */
export function iamAction(clientName: string, commandName: string): string {
  const prefix = PREFIXES[clientName] ?? clientName.replace(/Client$/, '').toLowerCase();
  if (prefix === 'apigateway') return 'apigateway:GET';
  const action = `${prefix}:${commandName.replace(/Command$/, '')}`;
  return ACTIONS[action] ?? action;
}

/** The actions that the policy for steering allows in addition to the one for reading. */
export const STEERING_ACTIONS: ReadonlySet<string> = new Set([
  'batch:TerminateJob',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'lambda:InvokeFunction',
  's3:PutObject',
  'sqs:DeleteMessage',
  'states:StartExecution',
  'states:StopExecution',
]);
