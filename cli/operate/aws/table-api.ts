import type { Credentials } from '../../command/aws-credentials';
import { sendSigned } from './signed-request';

/** A page of items, with DynamoDB's types: `{ Run: { S: 'report-1' } }`. */
export interface TablePage {
  readonly Items?: readonly { readonly [name: string]: { readonly S?: string } | undefined }[];
  readonly LastEvaluatedKey?: object;
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
  async query(request: object): Promise<TablePage> {
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
