import { sendAwsRequest } from '../../modules/orchestration/trigger/aws-request';
import { endpoint } from '../../modules/orchestration/trigger/endpoint';
import type { AwsCredentials } from '../../modules/orchestration/trigger/environment';
import { asObject, asText, type JsonObject } from '../../modules/orchestration/trigger/json';
import { ACCOUNT } from './nobodys-account';

/** Returns the value of a secret, given its source in the job definition. */
export type SecretReader = (valueFrom: string) => Promise<string>;

interface SecretAccess {
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** URL of an emulator. @default the shell's `AWS_ENDPOINT_URL`, else AWS */
  readonly endpoint?: string;
}

/** The ARN, its partition, region, account and secret name, and then the key of a JSON secret, the version stage and the version id. */
const SECRET = /^(arn:([^:]+):secretsmanager:([^:]*):(\d*):secret:([^:]+))(?::([^:]*)(?::([^:]*)(?::([^:]*))?)?)?$/;

/** The ARN of a parameter, its partition, region, account, and its name without the first slash. */
const PARAMETER = /^(arn:([^:]+):ssm:([^:]*):(\d*):parameter\/([^:]+))$/;

/** Timeout of a request, in milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Reads secrets and parameters like ECS does for a container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 * @throws Error if one cannot be read or has no such key
 */
export function secretReader(access: SecretAccess): SecretReader {
  return async (valueFrom) => {
    const secret = SECRET.exec(valueFrom);
    if (secret !== null) return secretValue(access, secret);
    const parameter = PARAMETER.exec(valueFrom);
    if (parameter !== null) return parameterValue(access, parameter);
    throw new Error('it is not the ARN of a secret or parameter');
  };
}

async function secretValue(access: SecretAccess, match: RegExpExecArray): Promise<string> {
  const [, arn = '', partition = '', region = '', account, name, key = '', stage = '', version = ''] = match;
  const answer = await call(
    access,
    { service: 'secretsmanager', partition, region, variable: 'SECRETS_MANAGER' },
    {
      target: 'secretsmanager.GetSecretValue',
      // The placeholder account is used if nothing is deployed: then the secret is in the developer's account.
      content: {
        SecretId: account === ACCOUNT ? name : arn,
        ...(stage !== '' && { VersionStage: stage }),
        ...(version !== '' && { VersionId: version }),
      },
    },
  );
  const text = asText(answer?.SecretString);
  if (text === undefined) throw new Error('it has no string');
  return key === '' ? text : valueAt(text, key);
}

async function parameterValue(access: SecretAccess, match: RegExpExecArray): Promise<string> {
  const [, arn = '', partition = '', region = '', account, name = ''] = match;
  // An ARN doesn't show whether a name without a path begins with a slash.
  const names = name.includes('/') ? [`/${name}`] : [name, `/${name}`];
  const answer = await call(
    access,
    { service: 'ssm', partition, region, variable: 'SSM' },
    {
      target: 'AmazonSSM.GetParameters',
      content: { Names: account === ACCOUNT || account === '' ? names : [arn], WithDecryption: true },
    },
  );
  const found = Array.isArray(answer?.Parameters) ? asObject(answer.Parameters[0]) : undefined;
  const text = asText(found?.Value);
  if (text === undefined) throw new Error('there is no such parameter');
  return text;
}

interface Service {
  readonly service: string;
  readonly partition: string;
  /** @default the caller's account */
  readonly region: string;
  /** End of the variable with a separate address. */
  readonly variable: string;
}

async function call(
  { region: own, credentials, endpoint: emulator }: SecretAccess,
  { service, partition, region, variable }: Service,
  { target, content }: { readonly target: string; readonly content: object },
): Promise<JsonObject | undefined> {
  const at = region || own;
  const configured = emulator ?? process.env[`AWS_ENDPOINT_URL_${variable}`] ?? process.env.AWS_ENDPOINT_URL;
  const url = endpoint({ service, region: at, partition, configured });
  const { body } = await sendAwsRequest(
    {
      service,
      region: at,
      credentials,
      method: 'POST',
      url: `${url}/`,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      body: JSON.stringify(content),
    },
    ANSWER_MS,
  );
  return asObject(JSON.parse(body));
}

function valueAt(text: string, key: string): string {
  const values = asObject(json(text)) ?? {};
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined) throw new Error(`it has no key "${key}"`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
}
