import type {
  APIGatewayEventRequestContextJWTAuthorizer,
  APIGatewayEventRequestContextV2,
  APIGatewayProxyCognitoAuthorizer,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2WithRequestContext,
} from 'aws-lambda';
import { dnsSuffix, partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import type { SampleContext } from '../sample-context';
import type { httpApiGateway as schema } from './schema';

const BODY = '{"orderId":"1001"}';
const HAS_BODY = ['POST', 'PUT', 'PATCH', 'DELETE'];

type HttpApiEventV2 = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & { authorizer?: APIGatewayEventRequestContextJWTAuthorizer }
>;

/** An HTTP API sends less about a caller than a REST API, which the types describe. */
interface HttpApiEvent extends Omit<APIGatewayProxyEvent, 'requestContext'> {
  version: '1.0';
  requestContext: Omit<APIGatewayProxyEvent['requestContext'], 'authorizer' | 'identity'> & {
    authorizer?: APIGatewayProxyCognitoAuthorizer;
    identity: Pick<APIGatewayProxyEvent['requestContext']['identity'], 'sourceIp' | 'userAgent'>;
  };
}

/** A request that matches the route. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpApiGateway(
  { properties }: SourceEvent<typeof schema>,
  context: SampleContext,
): HttpApiEvent | HttpApiEventV2 {
  const format = properties.payloadFormat ?? context.payloadFormat(properties.httpApiGatewayName);
  const method = properties.method === '*' ? 'POST' : properties.method;
  const request = requestOf(properties.path);
  const domain = `sampleapi.execute-api.${context.region}.${dnsSuffix(partitionOf(context.region))}`;
  const { headers: identity, query } = identityOf(properties);
  const headers = {
    ...identity,
    'content-type': 'application/json',
    host: domain,
    'user-agent': 'sample',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
  const route = `${properties.method === '*' ? 'ANY' : method} ${properties.path}`;
  const key = properties.path === '*' || properties.path === '$default' ? '$default' : route;
  const shape = { method, headers, query, domain, key, ...request, authorizer: authorizerOf(properties) };
  return format === '1.0' ? version1(shape, context) : version2(shape, context);
}

interface Texts {
  readonly [name: string]: string;
}

interface Shape {
  readonly method: string;
  readonly headers: Texts;
  /** Query parameters. */
  readonly query: Texts;
  readonly domain: string;
  readonly key: string;
  readonly path: string;
  readonly pathParameters: Texts | undefined;
  readonly authorizer: APIGatewayProxyCognitoAuthorizer | undefined;
}

/** A path that matches a route, and the values of its variables. */
function requestOf(route: string): Pick<Shape, 'path' | 'pathParameters'> {
  if (!route.startsWith('/')) return { path: '/sample', pathParameters: undefined };
  const parameters: [name: string, value: string][] = [];
  const path = route.replace(/\{([^}+]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = greedy === '' ? `sample-${name}` : 'sample/path';
    parameters.push([name, value]);
    return value;
  });
  return { path, pathParameters: orNothing(Object.fromEntries(parameters), undefined) };
}

function authorizerOf({ authorizer }: SourceEvent<typeof schema>['properties']): Shape['authorizer'] {
  if (authorizer?.type === 'cognito') return { claims: { sub: 'sample-user', token_use: 'access' } };
  if (authorizer?.type !== 'jwt') return undefined;
  const { issuer: iss, audience, authorizationScopes } = authorizer.properties;
  const scope = authorizationScopes?.[0];
  return { claims: { iss, sub: 'sample-user', aud: audience[0] ?? '', ...(scope !== undefined && { scope }) } };
}

/** The parts of a request for an authorizer. The token is not a valid one. */
function identityOf({ authorizer }: SourceEvent<typeof schema>['properties']): { headers: Texts; query: Texts } {
  const sources = authorizer?.properties.identitySources ?? [];
  const value = authorizer?.type === 'lambda' ? 'sample-token' : 'Bearer sample-token';
  const named = (part: string) =>
    sources.flatMap((source) => (source.startsWith(part) ? [[source.slice(part.length), value] as const] : []));
  return {
    headers: Object.fromEntries(named('$request.header.').map(([name, text]) => [name.toLowerCase(), text])),
    query: Object.fromEntries(named('$request.querystring.')),
  };
}

/** How events represent missing values. */
function orNothing<T extends object, Nothing>(parts: T, nothing: Nothing): T | Nothing {
  return Object.keys(parts).length === 0 ? nothing : parts;
}

function version2(shape: Shape, { account, now, uuid }: SampleContext): HttpApiEventV2 {
  const { method, headers, query, domain, key, path, pathParameters, authorizer } = shape;
  return {
    version: '2.0',
    routeKey: key,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(pathParameters && { pathParameters }),
    requestContext: {
      accountId: account,
      apiId: 'sampleapi',
      ...(authorizer && { authorizer: { jwt: { ...authorizer, scopes: null } } }),
      domainName: domain,
      domainPrefix: 'sampleapi',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'sample' },
      requestId: uuid(),
      routeKey: key,
      stage: '$default',
      time: requestTime(now),
      timeEpoch: now.getTime(),
    },
    ...(HAS_BODY.includes(method) && { body: BODY }),
    isBase64Encoded: false,
  };
}

function version1(shape: Shape, { account, now, uuid }: SampleContext): HttpApiEvent {
  const { method, headers, query, domain, key, path, pathParameters = null, authorizer } = shape;
  const resource = key.split(' ')[1] ?? key;
  return {
    version: '1.0',
    resource,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: listed(headers),
    queryStringParameters: orNothing(query, null),
    multiValueQueryStringParameters: orNothing(listed(query), null),
    requestContext: {
      accountId: account,
      apiId: 'sampleapi',
      ...(authorizer && { authorizer }),
      domainName: domain,
      domainPrefix: 'sampleapi',
      httpMethod: method,
      identity: { sourceIp: '192.0.2.1', userAgent: 'sample' },
      path,
      protocol: 'HTTP/1.1',
      requestId: uuid(),
      requestTime: requestTime(now),
      requestTimeEpoch: now.getTime(),
      resourceId: key,
      resourcePath: resource,
      stage: '$default',
    },
    pathParameters,
    stageVariables: null,
    body: HAS_BODY.includes(method) ? BODY : null,
    isBase64Encoded: false,
  };
}

function listed(texts: Texts): { [name: string]: string[] } {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, [value]]));
}

/** `12/Mar/2026:19:03:58 +0000` */
function requestTime(now: Date): string {
  const [, day = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
