import type { z } from 'zod';
import { FUNCTION } from '../../modules/resources/function';
import { HTTP_API_GATEWAY } from '../../modules/resources/http-api-gateway';
import { USER_AUTH_POOL } from '../../modules/resources/user-auth-pool';
import type { ResourcesByName } from '../resources-by-name';
import { source } from '../source';
import type { HttpApiAuthorizerSource } from './authorizer';
import { httpApiGateway } from './schema';

export type { HttpApiGatewayEvent } from './schema';

/** HTTP requests to an API. */
export const HTTP_API_GATEWAY_SOURCE = source({
  schema: httpApiGateway,
  trigger: () => (require('./trigger') as typeof import('./trigger')).HttpApiGatewayTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).httpApiGateway,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: ['httpApiGatewayName', 'method', 'path'],
  duplicate: 'API Gateway accepts one route for a method and path',
  creates: [['Route', 'apigatewayv2-route']],
  rules: () => (require('./rules') as typeof import('./rules')).HTTP_API_GATEWAY_RULES,
  props: ({ httpApiGatewayName, authorizer, ...settings }, resources) => ({
    gateway: resources.get(HTTP_API_GATEWAY, httpApiGatewayName),
    authorizer: authorizer && authorizerSource(authorizer, resources),
    ...settings,
  }),
});

type Authorizer = NonNullable<z.output<typeof httpApiGateway>['properties']['authorizer']>;

function authorizerSource({ type, properties }: Authorizer, resources: ResourcesByName): HttpApiAuthorizerSource {
  if (type === 'cognito') {
    const { userPoolName, ...settings } = properties;
    return { type, properties: { userPool: resources.get(USER_AUTH_POOL, userPoolName), ...settings } };
  }
  if (type === 'jwt') return { type, properties: resources.resolve(properties) };
  const { functionName, ...settings } = properties;
  return { type, properties: { function: resources.get(FUNCTION, functionName), ...settings } };
}
