import type { JsonRequest } from '../../orchestration/trigger/json-request';

/** What a request to a store of secrets has beside its parameters. */
export type StoreAction = Pick<JsonRequest, 'service' | 'endpointVariable' | 'headers'>;

/** An action of AWS Secrets Manager, such as `GetSecretValue`. */
export function secretsManager(action: string): StoreAction {
  return {
    service: 'secretsmanager',
    endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    headers: headers(`secretsmanager.${action}`),
  };
}

/** An action of Systems Manager, such as `GetParameters`. */
export function parameterStore(action: string): StoreAction {
  return { service: 'ssm', endpointVariable: 'AWS_ENDPOINT_URL_SSM', headers: headers(`AmazonSSM.${action}`) };
}

function headers(target: string): StoreAction['headers'] {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
}
