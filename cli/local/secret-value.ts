import { sendAwsRequest } from '../../modules/orchestration/trigger/aws-request';
import { endpoint } from '../../modules/orchestration/trigger/endpoint';
import type { AwsCredentials } from '../../modules/orchestration/trigger/environment';
import { asObject, asText } from '../../modules/orchestration/trigger/json';
import { ACCOUNT } from './nobodys-account';

/** Gives a secret's value for what a job definition names as its source. */
export type SecretReader = (valueFrom: string) => Promise<string>;

interface SecretAccess {
  readonly region: string;
  readonly credentials: AwsCredentials;
}

/** The whole ARN, its partition, its region, its account, the secret's name; then the key of a JSON secret, and two fields that are left empty here. */
const VALUE_FROM = /^(arn:([^:]+):secretsmanager:([^:]*):(\d*):secret:([^:]+))(?::([^:]*):[^:]*:[^:]*)?$/;

/** Milliseconds that Secrets Manager may take to answer. */
const ANSWER_MS = 10_000;

/**
 * Reads secrets as ECS does for a container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @throws Error if a secret cannot be read or has no such key
 */
export function secretReader({ region, credentials }: SecretAccess): SecretReader {
  return async (valueFrom) => {
    const [, arn, partition = 'aws', place = '', account, name, key = ''] = VALUE_FROM.exec(valueFrom) ?? [];
    if (arn === undefined) throw new Error('it is no ARN of AWS Secrets Manager');
    const at = place || region;
    const { AWS_ENDPOINT_URL_SECRETS_MANAGER: own, AWS_ENDPOINT_URL: configured } = process.env;
    const url = endpoint({ service: 'secretsmanager', region: at, partition, configured: own ?? configured });
    const { body } = await sendAwsRequest(
      {
        service: 'secretsmanager',
        region: at,
        credentials,
        method: 'POST',
        url: `${url}/`,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
        // Nobody's account is where nothing is deployed: then the name is one of the developer's own account.
        body: JSON.stringify({ SecretId: account === ACCOUNT ? name : arn }),
      },
      ANSWER_MS,
    );
    const text = asText(asObject(JSON.parse(body))?.SecretString);
    if (text === undefined) throw new Error('it holds no text');
    return key === '' ? text : valueAt(text, key);
  };
}

function valueAt(text: string, key: string): string {
  const value = asObject(json(text))?.[key];
  if (value === undefined) throw new Error(`it has no key "${key}"`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}
