import { readFileSync } from 'node:fs';
import { get, RequestError, urlIn } from './request';

/** AWS credentials that sign a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials have a token. The credentials of a role are temporary. */
  readonly sessionToken: string | undefined;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The address at which ECS provides the credentials of a container's role.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
const CONTAINER_ENDPOINT = 'http://169.254.170.2';

/**
 * The job's credentials: the keys in its environment, else those of its role.
 *
 * @throws RequestError if no credentials are found
 */
export async function jobCredentials(variables: Variables, timeoutMs: number): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, sessionToken: variables.AWS_SESSION_TOKEN || undefined };
  const relative = variables.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const address = relative ? `${CONTAINER_ENDPOINT}${relative}` : variables.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!address)
    throw new RequestError(
      "there are no AWS credentials. In AWS Batch the job's role has them; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      false,
    );
  return roleCredentials(address, token(variables), timeoutMs);
}

async function roleCredentials(address: string, token: string | undefined, timeoutMs: number): Promise<Credentials> {
  const { origin, pathname, search } = urlIn('AWS_CONTAINER_CREDENTIALS_FULL_URI', address);
  const headers: Record<string, string> = token ? { authorization: token } : {};
  const { status, body } = await get({ origin, path: pathname + search }, headers, timeoutMs);
  if (status !== 200)
    throw new RequestError(`${address} answered with status ${status} instead of credentials`, isCurable(status));
  const { AccessKeyId, SecretAccessKey, Token } = parsed(body.toString('utf8'));
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw new RequestError(`${address} answered without credentials`, true);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: typeof Token === 'string' ? Token : undefined,
  };
}

function token(variables: Variables): string | undefined {
  const file = variables.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  if (!file) return variables.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new RequestError(`AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: ${(error as Error).message}`, false);
  }
}

/** Whether a status means that the same request can succeed later. */
export function isCurable(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

function parsed(text: string): { readonly [name: string]: unknown } {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
