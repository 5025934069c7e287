import { sendAwsRequest } from './aws-request';
import { deadlineIn } from './deadline';
import { endpoint } from './endpoint';
import { withRetries } from './retry';

/** A POST of JSON to an AWS service, by a function of the project. */
export interface JsonRequest {
  /** Service name in the signature's scope: `ecr`. */
  readonly service: string;
  /** First part of the public endpoint's host name: `api.ecr`. @default the service */
  readonly host?: string;
  /**
   * Variable with another endpoint, as AWS's SDKs read it: `AWS_ENDPOINT_URL_SECRETS_MANAGER`. `AWS_ENDPOINT_URL` is read after it.
   * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
   */
  readonly endpointVariable: string;
  readonly region: string;
  /** Such as `aws` or `aws-cn`. */
  readonly partition: string;
  /** @default '/' */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: object;
  /** Timeout of the request including its retries, in milliseconds. */
  readonly withinMs: number;
}

/**
 * Sends a request with the credentials that Lambda puts into the environment. Retries if the request is throttled or the service is
 * unavailable.
 *
 * @returns the body of the response
 * @throws StartError with the service's error code and message
 */
export async function sendJson(request: JsonRequest, env: NodeJS.ProcessEnv): Promise<string> {
  const {
    service,
    host = service,
    endpointVariable,
    region,
    partition,
    path = '/',
    headers,
    content,
    withinMs,
  } = request;
  const configured = env[endpointVariable] || env.AWS_ENDPOINT_URL || undefined;
  const signed = {
    service,
    region,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    method: 'POST',
    url: `${endpoint({ service: host, region, partition, configured })}${path}`,
    headers,
    body: JSON.stringify(content),
  } as const;
  const { body } = await withRetries((timeoutMs) => sendAwsRequest(signed, timeoutMs), deadlineIn(withinMs));
  return body;
}
