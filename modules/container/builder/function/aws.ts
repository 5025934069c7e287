import { asObject, type JsonObject } from '../../../orchestration/trigger/json';
import { type JsonRequest, sendJson } from '../../../orchestration/trigger/json-request';
import type { WaitingRequest } from './cloudformation';

/** The services that accept JSON and an action name in a header, version 1.1 of their protocol. */
const SERVICES = {
  codebuild: { endpointVariable: 'AWS_ENDPOINT_URL_CODEBUILD', host: 'codebuild', target: 'CodeBuild_20161006' },
  ecr: { endpointVariable: 'AWS_ENDPOINT_URL_ECR', host: 'api.ecr', target: 'AmazonEC2ContainerRegistry_V20150921' },
  logs: { endpointVariable: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', host: 'logs', target: 'Logs_20140328' },
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
  const { target, ...addressed } = SERVICES[service];
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${action}` };
  return asObject(JSON.parse(await send({ ...addressed, service, headers, content: parameters }))) ?? {};
}

/** Invokes the function again with an event, asynchronously. */
export async function invokeItself(event: WaitingRequest): Promise<void> {
  const path = `/2015-03-31/functions/${variable('AWS_LAMBDA_FUNCTION_NAME')}/invocations`;
  const headers = { 'x-amz-invocation-type': 'Event' };
  await send({ service: 'lambda', endpointVariable: 'AWS_ENDPOINT_URL_LAMBDA', path, headers, content: event });
}

async function send(request: Omit<JsonRequest, 'region' | 'partition' | 'withinMs'>): Promise<string> {
  const addressed = { region: variable('AWS_REGION'), partition: variable('AWS_PARTITION') };
  return sendJson({ ...request, ...addressed, withinMs: CALL_MS }, process.env);
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
