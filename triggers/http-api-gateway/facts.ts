import { type EventFacts, keys, REQUEST, REQUEST_BODY } from '../event-facts';

/** Payload format 1.0. */
const VERSION_1 = keys(
  ['version', 'string', 'Payload format: "1.0"'],
  ['resource', 'string', 'Path of the route'],
  ['path', 'string', 'Path of the request'],
  ['httpMethod', 'string', 'Method of the request. OPTIONS starts no job'],
  ...REQUEST,
  ['multiValueHeaders', 'object', 'All values of each header, by name'],
  ['multiValueHeaders.*?', 'list', 'All values of the header'],
  ['queryStringParameters', ['object', 'null'], 'Last value of each query parameter, by name'],
  ['queryStringParameters.*?', 'string', 'Value of the query parameter'],
  ['multiValueQueryStringParameters', ['object', 'null'], 'All values of each query parameter, by name'],
  ['pathParameters', ['object', 'null'], "Values of the route's variables, by name"],
  ['stageVariables', ['object', 'null'], 'Variables of the stage, by name'],
  ['body', ['string', 'null'], REQUEST_BODY],
  ['requestContext', 'object', 'What API Gateway knows of the request'],
  ['requestContext.requestId', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
  ['requestContext.apiId', 'string', 'ID of the API'],
  ['requestContext.authorizer?', 'object', 'What the authorizer says of the caller'],
  ['requestContext.httpMethod', 'string', 'Method of the request'],
  ['requestContext.path', 'string', 'Path of the request, with the stage'],
  ['requestContext.stage', 'string', 'Stage of the API'],
  ['requestContext.identity', 'object', 'Address and program of the client'],
);

/** Payload format 2.0. */
const VERSION_2 = keys(
  ['version', 'string', 'Payload format: "2.0"'],
  ['routeKey', 'string', 'Method and path of the route'],
  ['rawPath', 'string', 'Path of the request'],
  ['rawQueryString', 'string', 'Query of the request, without "?"'],
  ['cookies?', 'list', 'Cookies of the request'],
  ...REQUEST,
  ['queryStringParameters?', 'object', 'Values of each query parameter, joined by commas'],
  ['queryStringParameters.*?', 'string', 'Values of the query parameter, joined by commas'],
  ['pathParameters?', 'object', "Values of the route's variables, by name"],
  ['stageVariables?', 'object', 'Variables of the stage, by name'],
  ['body?', 'string', REQUEST_BODY],
  ['requestContext', 'object', 'What API Gateway knows of the request'],
  ['requestContext.accountId', 'string', 'AWS account of the API'],
  ['requestContext.apiId', 'string', 'ID of the API'],
  ['requestContext.authorizer?', 'object', 'What the authorizer says of the caller'],
  ['requestContext.http', 'object', 'Method, path and client of the request'],
  ['requestContext.http.method', 'string', 'Method of the request. OPTIONS starts no job'],
  ['requestContext.http.path', 'string', 'Path of the request, with the stage'],
  ['requestContext.http.sourceIp', 'string', 'Address of the client'],
  ['requestContext.requestId', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
  ['requestContext.routeKey', 'string', 'Method and path of the route'],
  ['requestContext.stage', 'string', 'Stage of the API'],
  ['requestContext.time', 'string', 'Time of the request, such as "25/Nov/2026:14:00:00 +0000"'],
  ['requestContext.timeEpoch', 'number', 'Time of the request, in milliseconds since 1970'],
);

export const facts: EventFacts = {
  shortName: 'http',
  kinds: [
    {
      kind: 'http-api',
      noun: 'a request of an HTTP API',
      names: {
        one: 'Its requestContext.requestId names the run.',
        withKey: 'Its Idempotency-Key, with the caller, the method and the path, names the run.',
      },
    },
  ],
  keys: VERSION_1,
  variants: [{ marks: ['routeKey', 'rawPath'], keys: VERSION_2 }],
};
