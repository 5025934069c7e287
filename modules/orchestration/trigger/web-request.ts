import type {
  ALBEvent,
  ALBEventRequestContext,
  APIGatewayEventLambdaAuthorizerContext,
  APIGatewayEventRequestContextIAMAuthorizer,
  APIGatewayEventRequestContextJWTAuthorizer,
  APIGatewayProxyCognitoAuthorizer,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2WithIAMAuthorizer,
  APIGatewayProxyEventV2WithJWTAuthorizer,
} from 'aws-lambda';
import { asObject, asText, type Unchecked } from './json';

/** A request of payload format 1.0, of 2.0, or of a load balancer. */
type WebEvent = APIGatewayProxyEvent | WebEventV2 | ALBEvent;
type WebEventV2 = APIGatewayProxyEventV2WithJWTAuthorizer | APIGatewayProxyEventV2WithIAMAuthorizer;
type ContextV2 = WebEventV2['requestContext'];

/** What an authorizer of either payload format knows of the caller. */
type Authorizer =
  | APIGatewayProxyCognitoAuthorizer
  | APIGatewayEventLambdaAuthorizerContext<unknown>
  | APIGatewayEventRequestContextJWTAuthorizer
  | APIGatewayEventRequestContextIAMAuthorizer;

/** A request whose caller waits for the response: of an API Gateway HTTP API (either payload format) or an Application Load Balancer. */
export interface WebRequest {
  readonly kind: 'http-api' | 'alb';
  /** API ID, or ARN of the load balancer's target group. */
  readonly gateway: string;
  readonly method: string;
  /** The path as the client sent it, with the stage if the source includes it, without the query. */
  readonly path: string;
  /** The source's ID of this request. A client that repeats a request gets a new one. */
  readonly requestId: string | undefined;
  /** The authenticated caller, from the authorizer. Empty without authentication. */
  readonly caller: string;
  /** Whether the target group has multi-value headers on. It then rejects a response that has only `headers`. */
  readonly multiValueHeaders: boolean;
  /** A header by its lower-case name. Multiple values are joined by commas, as HTTP allows. */
  header(lowerCaseName: string): string | undefined;
}

/** Reads the event as a web request, or returns `undefined` for any other source. */
export function webRequest(event: unknown): WebRequest | undefined {
  const request = asObject<WebEvent>(event);
  const context = asObject<WebEvent['requestContext']>(request?.requestContext);
  if (!request || !context) return undefined;

  const elb = asObject<ALBEventRequestContext['elb']>(context.elb);
  const http = asObject<ContextV2['http']>(context.http);
  const method = asText(http?.method) ?? asText(request.httpMethod);
  if (!method) return undefined;

  const shared = {
    method,
    path: asText(request.rawPath) ?? asText(request.path) ?? '/',
    header: (name: string) => headerOf(request, name),
  };
  if (elb) {
    return {
      ...shared,
      kind: 'alb',
      gateway: asText(elb.targetGroupArn) ?? '',
      // A load balancer's request has no ID except its trace header, which is new for each request: if the client sent one, the load
      // balancer adds a `Self` field.
      requestId: headerOf(request, 'x-amzn-trace-id'),
      caller: '',
      multiValueHeaders: asObject(request.headers) === undefined && asObject(request.multiValueHeaders) !== undefined,
    };
  }
  const requestId = asText(context.requestId);
  if (!requestId) return undefined;
  return {
    ...shared,
    kind: 'http-api',
    gateway: asText(context.apiId) ?? '',
    requestId,
    caller: callerOf(asObject<Authorizer>(context.authorizer)),
    multiValueHeaders: false,
  };
}

function headerOf(request: Unchecked<WebEvent>, lowerCaseName: string): string | undefined {
  const values = [request.multiValueHeaders, request.headers].flatMap((headers) =>
    Object.entries(asObject(headers) ?? {})
      .filter(([name]) => name.toLowerCase() === lowerCaseName)
      .flatMap(([, value]) => value)
      .filter((value): value is string => asText(value) !== undefined),
  );
  // Payload format 1.0 has each header in both maps. A set removes the duplicates.
  return values.length > 0 ? [...new Set(values)].join(',') : undefined;
}

function callerOf(authorizer: Unchecked<Authorizer> | undefined): string {
  type Jwt = APIGatewayEventRequestContextJWTAuthorizer['jwt'];
  const claims = asObject(asObject<Jwt>(authorizer?.jwt)?.claims) ?? asObject(authorizer?.claims);
  const subject = asText(claims?.sub);
  if (subject) return `${asText(claims?.iss) ?? ''} ${subject}`;
  return (
    asText(authorizer?.principalId) ??
    asText(asObject<APIGatewayEventRequestContextIAMAuthorizer['iam']>(authorizer?.iam)?.userArn) ??
    ''
  );
}
