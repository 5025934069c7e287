import { type EventPage, type PictureContext, plain } from '../event-page';
import type { SourceEvent } from '../event-schema';
import type { httpApiGateway } from './schema';

export const page: EventPage<typeof httpApiGateway> = {
  label: ({ httpApiGatewayName, method, path }) => `${method} ${path} of ${httpApiGatewayName}`,
  requests: ({ httpApiGatewayName, method, path }) => ({
    to: 'http-api',
    name: httpApiGatewayName,
    method: method === '*' ? 'ANY' : method,
    paths: [path === '*' || path === '$default' ? '/*' : path],
  }),
  box: ({ httpApiGatewayName, method, path, authorizer }, context) => ({
    title: `${method === '*' ? 'Any method' : method} ${path}`,
    detail: [plain(`HTTP API ${httpApiGatewayName}, ${callers(authorizer, context.value)}`)],
    companions: [httpApiGatewayName],
  }),
};

/** Who can send requests. */
function callers(
  authorizer: SourceEvent<typeof httpApiGateway>['properties']['authorizer'],
  value: PictureContext['value'],
): string {
  if (authorizer === undefined) return 'without an authorizer';
  switch (authorizer.type) {
    case 'cognito':
      return `users of ${authorizer.properties.userPoolName}`;
    case 'jwt':
      return `callers with a token of ${value(authorizer.properties.issuer).replace(/^https:\/\/|\/$/g, '')}`;
    default:
      return `who ${authorizer.properties.functionName} lets in`;
  }
}
