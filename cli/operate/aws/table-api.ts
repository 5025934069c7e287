import { sign } from 'aws4';
import { dnsSuffix, partitionOf } from '../../../modules/rules/partitions';
import type { Credentials } from '../../command/aws-credentials';
import { awsFault } from './fault';

/** How long DynamoDB has to answer. */
const TIMEOUT_MS = 10_000;

/** A page of items, with DynamoDB's types: `{ Run: { S: 'report-1' } }`. */
export interface TablePage {
  readonly Items?: readonly { readonly [name: string]: { readonly S?: string } | undefined }[];
  readonly LastEvaluatedKey?: object;
}

/** Queries of DynamoDB. Its SDK client would be a further dependency, for one request. */
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
    const { AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL } = process.env;
    const host = `dynamodb.${this.region}.${dnsSuffix(partitionOf(this.region))}`;
    const url = new URL(AWS_ENDPOINT_URL_DYNAMODB || AWS_ENDPOINT_URL || `https://${host}`);
    const keys = typeof this.credentials === 'function' ? await this.credentials() : this.credentials;
    const body = JSON.stringify(request);
    const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.Query' };
    const signed = sign(
      { service: 'dynamodb', region: this.region, host: url.host, method: 'POST', path: '/', body, headers },
      keys,
    );
    const { Host: _, 'Content-Length': __, ...sent } = signed.headers as { readonly [name: string]: string };
    try {
      const response = await fetch(new URL('/', url), {
        method: 'POST',
        body,
        headers: sent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = await response.text();
      if (response.ok) return JSON.parse(answer) as TablePage;
      throw rejection(response.status, answer);
    } catch (error) {
      // Node's own error is behind the one of fetch.
      const { cause } = error as { readonly cause?: { readonly code?: string } };
      throw awsFault(cause?.code === undefined ? error : cause, 'dynamodb:Query', this.region);
    }
  }
}

/** An error as the SDK has it. */
function rejection(status: number, answer: string): Error {
  const { __type = '', message, Message = message } = fieldsOf(answer);
  const error = new Error(Message ?? (answer.slice(0, 200) || `status ${status}`));
  return Object.assign(error, { name: __type.split('#').at(-1) || 'Error', $metadata: { httpStatusCode: status } });
}

function fieldsOf(answer: string): { readonly __type?: string; readonly message?: string; readonly Message?: string } {
  try {
    return JSON.parse(answer);
  } catch {
    return {};
  }
}
