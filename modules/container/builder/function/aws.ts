import { sendAwsRequest } from '../../../orchestration/trigger/aws-request';
import { deadlineIn } from '../../../orchestration/trigger/deadline';
import { endpoint } from '../../../orchestration/trigger/endpoint';
import { asObject, type JsonObject } from '../../../orchestration/trigger/json';
import { withRetries } from '../../../orchestration/trigger/retry';

/** The three services that the function speaks to; all of them take JSON. */
const SERVICES = {
  codebuild: { host: 'codebuild', target: 'CodeBuild_20161006', version: '1.1' },
  ecr: { host: 'api.ecr', target: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' },
  logs: { host: 'logs', target: 'Logs_20140328', version: '1.1' },
} as const;

export type Service = keyof typeof SERVICES;

/** Milliseconds that one call may take with its repetitions. */
const CALL_MS = 30_000;

/**
 * Calls an AWS service, again if it is throttled or out of order.
 *
 * @throws StartError with the service's own code and message
 */
export async function call(service: Service, action: string, parameters: JsonObject): Promise<JsonObject> {
  const { host, target, version } = SERVICES[service];
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
          url: `${base}/`,
          headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${action}` },
          body: JSON.stringify(parameters),
        },
        timeoutMs,
      ),
    deadlineIn(CALL_MS),
  );
  return asObject(JSON.parse(body)) ?? {};
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
