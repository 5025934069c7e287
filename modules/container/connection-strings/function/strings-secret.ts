import { randomUUID } from 'node:crypto';
import { sendAwsRequest } from '../../../orchestration/trigger/aws-request';
import { deadlineIn } from '../../../orchestration/trigger/deadline';
import { endpoint } from '../../../orchestration/trigger/endpoint';
import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import { withRetries } from '../../../orchestration/trigger/retry';
import { StartError } from '../../../orchestration/trigger/start-error';

/** Timeout of a request including its retries, in milliseconds. */
const CALL_MS = 8_000;

/** The secret with a job's connection strings: JSON, by variable. */
export class StringsSecret {
  constructor(
    private readonly arn: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Empty before the first write. */
  async read(): Promise<JsonObject> {
    try {
      const { SecretString: text } = await this.call('GetSecretValue', { SecretId: this.arn });
      return asObject(JSON.parse(asText(text) ?? '{}')) ?? {};
    } catch (error) {
      if (error instanceof StartError && error.code === 'ResourceNotFoundException') return {};
      throw error;
    }
  }

  async write(strings: JsonObject): Promise<void> {
    await this.call('PutSecretValue', {
      SecretId: this.arn,
      SecretString: JSON.stringify(strings),
      // The same for each try, so that a repeated request makes no other version.
      ClientRequestToken: randomUUID(),
    });
  }

  private async call(action: string, parameters: JsonObject): Promise<JsonObject> {
    const { env } = this;
    const [, partition = 'aws', , region = ''] = this.arn.split(':');
    const service = 'secretsmanager';
    const configured = env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? env.AWS_ENDPOINT_URL;
    const { body } = await withRetries(
      (timeoutMs) =>
        sendAwsRequest(
          {
            service,
            region,
            credentials: {
              accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
              secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
              sessionToken: env.AWS_SESSION_TOKEN,
            },
            method: 'POST',
            url: `${endpoint({ service, region, partition, configured })}/`,
            headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${service}.${action}` },
            body: JSON.stringify(parameters),
          },
          timeoutMs,
        ),
      deadlineIn(CALL_MS),
    );
    return asObject(JSON.parse(body)) ?? {};
  }
}
