import type { EmulatorCall } from './emulator';

/** The operations of APIs that take JSON, and what of their requests is used here. */
interface JsonRequests {
  readonly 'AmazonSQS.CreateQueue': {
    readonly QueueName: string;
    readonly Attributes: Readonly<Record<string, string>>;
  };
  readonly 'AmazonSSM.PutParameter': { readonly Name: string; readonly Value: string; readonly Type: 'SecureString' };
  readonly 'AWSEvents.CreateEventBus': { readonly Name: string };
  readonly 'DynamoDB_20120810.CreateTable': TableRequest;
  readonly 'Kinesis_20131202.CreateStream': {
    readonly StreamName: string;
    readonly ShardCount?: number;
    readonly StreamModeDetails?: { readonly StreamMode: 'ON_DEMAND' };
  };
  readonly 'Kinesis_20131202.DescribeStreamSummary': { readonly StreamName: string };
  readonly 'secretsmanager.CreateSecret': { readonly Name: string; readonly SecretString: string };
}

interface KeyElement {
  readonly AttributeName: string | undefined;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexRequest {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

/** A table to create. */
export interface TableRequest {
  readonly TableName: string;
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexRequest[];
  readonly LocalSecondaryIndexes?: readonly IndexRequest[];
  readonly StreamSpecification?: { readonly StreamEnabled: true; readonly StreamViewType: string | undefined };
}

/** The name of each operation's service in signatures, and the version of JSON that it takes. */
const JSON_APIS: { readonly [Operation in keyof JsonRequests]: readonly [service: string, version: '1.0' | '1.1'] } = {
  'AmazonSQS.CreateQueue': ['sqs', '1.0'],
  'AmazonSSM.PutParameter': ['ssm', '1.1'],
  'AWSEvents.CreateEventBus': ['events', '1.1'],
  'DynamoDB_20120810.CreateTable': ['dynamodb', '1.0'],
  'Kinesis_20131202.CreateStream': ['kinesis', '1.1'],
  'Kinesis_20131202.DescribeStreamSummary': ['kinesis', '1.1'],
  'secretsmanager.CreateSecret': ['secretsmanager', '1.1'],
};

/** A call of an API that takes JSON. */
export function json<Operation extends keyof JsonRequests>(
  operation: Operation,
  content: JsonRequests[Operation],
): EmulatorCall {
  const [service, version] = JSON_APIS[operation];
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': operation };
  return { service, headers, body: JSON.stringify(content) };
}
