import { parameterStore, secretsManager } from '../../../modules/container/resolver/secret-stores';

const headers = (target: string) => ({ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target });

it.each([
  [
    secretsManager('PutSecretValue'),
    {
      service: 'secretsmanager',
      endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
      headers: headers('secretsmanager.PutSecretValue'),
    },
  ],
  [
    parameterStore('GetParameters'),
    { service: 'ssm', endpointVariable: 'AWS_ENDPOINT_URL_SSM', headers: headers('AmazonSSM.GetParameters') },
  ],
])('%j', (action, expected) => expect(action).toEqual(expected));
