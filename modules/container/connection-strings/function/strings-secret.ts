import { randomUUID } from 'node:crypto';
import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import { sendJson } from '../../../orchestration/trigger/json-request';
import { StartError } from '../../../orchestration/trigger/start-error';
import { secretsManager } from '../../resolver/secret-stores';

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
    const [, partition = 'aws', , region = ''] = this.arn.split(':');
    const body = await sendJson(
      { ...secretsManager(action), region, partition, content: parameters, withinMs: CALL_MS },
      this.env,
    );
    return asObject(JSON.parse(body)) ?? {};
  }
}
