import { sendAwsRequest } from '../../../orchestration/trigger/aws-request';
import { deadlineIn } from '../../../orchestration/trigger/deadline';
import { endpoint } from '../../../orchestration/trigger/endpoint';
import { asObject, type JsonObject } from '../../../orchestration/trigger/json';
import { withRetries } from '../../../orchestration/trigger/retry';

/** The services that accept JSON and an action name in a header. */
const SERVICES = {
  codebuild: { host: 'codebuild', target: 'CodeBuild_20161006', version: '1.1' },
  ecr: { host: 'api.ecr', target: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' },
  logs: { host: 'logs', target: 'Logs_20140328', version: '1.1' },
} as const;

export type Service = keyof typeof SERVICES;

/** Timeout of one call including its retries, in milliseconds. */
const CALL_MS = 30_000;

/**
 * Calls an AWS service. Retries if the call is throttled or the service is unavailable.
 *
 * @throws StartError with the service's error code and message
 */
export async function call(service: Service, action: string, parameters: JsonObject): Promise<JsonObject> {
  const { host, target, version } = SERVICES[service];
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${action}` };
  const body = await post(service, host, '/', headers, parameters);
  return asObject(JSON.parse(body)) ?? {};
}

/** Invokes the function again with an event, asynchronously. */
export async function invokeItself(event: object): Promise<void> {
  const path = `/2015-03-31/functions/${variable('AWS_LAMBDA_FUNCTION_NAME')}/invocations`;
  await post('lambda', 'lambda', path, { 'x-amz-invocation-type': 'Event' }, event);
}

async function post(
  service: string,
  host: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  content: object,
): Promise<string> {
  const region = variable('AWS_REGION');
  const configured = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;
  const base = endpoint({ service: host, region, partition: variable('AWS_PARTITION'), configured });
  const { body } = await withRetries(
    (timeoutMs) =>
      sendAwsRequest(
        {
          service,
          region,
          credentials: {
            accessKeyId: variable('AWS_ACCESS_KEY_ID'),
            secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
            sessionToken: process.env.AWS_SESSION_TOKEN,
          },
          method: 'POST',
          url: `${base}${path}`,
          headers,
          body: JSON.stringify(content),
        },
        timeoutMs,
      ),
    deadlineIn(CALL_MS),
  );
  return body;
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
