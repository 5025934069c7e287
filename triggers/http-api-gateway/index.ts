import type { z } from 'zod';
import type { ResourcesByName } from '../named-resources';
import { source } from '../source';
import type { HttpApiAuthorizerSource } from './authorizer';
import { httpApiGateway as schema } from './schema';

/** HTTP requests to an API. */
export const httpApiGateway = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).HttpApiGatewayTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).httpApiGateway,
  selects: ['httpApiGatewayName', 'method', 'path'],
  duplicate: 'API Gateway accepts one route for a method and path',
  names: {
    httpApiGatewayName: { type: 'http-api-gateway' },
    'authorizer.properties.userPoolName': { type: 'user-auth-pool' },
    'authorizer.properties.functionName': { type: 'function' },
  },
  props: ({ httpApiGatewayName, authorizer, ...settings }, resources) => ({
    gateway: resources.get('http-api-gateway', httpApiGatewayName),
    authorizer: authorizer && authorizerSource(authorizer, resources),
    ...settings,
  }),
});

type Authorizer = NonNullable<z.output<typeof schema>['properties']['authorizer']>;

function authorizerSource({ type, properties }: Authorizer, resources: ResourcesByName): HttpApiAuthorizerSource {
  if (type === 'cognito') {
    const { userPoolName, ...settings } = properties;
    return { type, properties: { userPool: resources.get('user-auth-pool', userPoolName), ...settings } };
  }
  const { functionName, ...settings } = properties;
  return { type, properties: { function: resources.get('function', functionName), ...settings } };
}
