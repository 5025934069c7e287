import { companion } from '../descriptor';
import { HTTP_API_PARAMS, httpApiGatewayResource } from './schema';

export type { HttpApiGateway } from './schema';

/** The type `http-api-gateway`. */
export const HTTP_API_GATEWAY = companion({
  type: 'http-api-gateway',
  noun: 'HTTP API',
  schema: httpApiGatewayResource,
  creates: [
    ['HttpApiGateway', 'apigatewayv2-api'],
    ['Stage', 'apigatewayv2-stage'],
  ],
  construct: () => (require('./construct') as typeof import('./construct')).HttpApi,
  params: HTTP_API_PARAMS,
  namedBy: ['httpApiGatewayName'],
  outputs: ['url'],
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
