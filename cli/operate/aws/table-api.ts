import type { Credentials } from '../../command/aws-credentials';
import { sendSigned } from './signed-request';

/** Attributes with DynamoDB's types: `{ Run: { S: 'report-1' } }`. */
export interface Attributes {
  readonly [name: string]: { readonly S?: string } | undefined;
}

/** A page of items. */
export interface TablePage {
  readonly Items?: readonly Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

/** A query for the items of a key. */
export interface TableQuery {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Attributes;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  /** The key that the page before ended at. @default the first page */
  readonly ExclusiveStartKey?: Attributes;
}

/** Queries of DynamoDB. */
export class TableApi {
  constructor(
    private readonly region: string,
    private readonly credentials: Credentials,
  ) {}

  /**
   * One page of the items of a key.
   *
   * @throws AwsFault if DynamoDB rejects the request, or cannot be reached
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
   */
  async query(request: TableQuery): Promise<TablePage> {
    const answer = await sendSigned({
      service: 'dynamodb',
      region: this.region,
      headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.Query' },
      body: JSON.stringify(request),
      credentials: this.credentials,
      action: 'dynamodb:Query',
    });
    return JSON.parse(answer) as TablePage;
  }
}
