import { type EventPage, plain } from '../event-page';
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
  box: ({ httpApiGatewayName, method, path, authorizer }) => ({
    title: `${method === '*' ? 'Any method' : method} ${path}`,
    detail: [plain(`HTTP API ${httpApiGatewayName}, ${callers(authorizer)}`)],
    companions: [httpApiGatewayName],
  }),
};

/** Who can send requests. */
function callers(authorizer: SourceEvent<typeof httpApiGateway>['properties']['authorizer']): string {
  if (authorizer === undefined) return 'without an authorizer';
  return authorizer.type === 'cognito'
    ? `users of ${authorizer.properties.userPoolName}`
    : `who ${authorizer.properties.functionName} lets in`;
}
