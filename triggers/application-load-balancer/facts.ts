import { type EventFacts, type KeyRow, keys, REQUEST, REQUEST_BODY } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'alb',
  kinds: [
    {
      kind: 'alb',
      noun: 'a request of a load balancer',
      names: {
        one: 'Its X-Amzn-Trace-Id header names the run.',
        withKey: 'Its Idempotency-Key, with the method and the path, names the run.',
      },
    },
  ],
  keys: keys(
    ['requestContext', 'object', 'The load balancer that got the request'],
    ['requestContext.elb', 'object', 'The load balancer that got the request'],
    ['requestContext.elb.targetGroupArn', 'string', 'ARN of its target group'],
    ['httpMethod', 'string', 'Method of the request. OPTIONS starts no job'],
    ['path', 'string', 'Path of the request'],
    ['queryStringParameters?', 'object', 'Query parameters, by name'],
    ['queryStringParameters.*?', 'string', 'Value of the query parameter'],
    ...REQUEST.map(([path, type, meaning]): KeyRow => [path === 'headers' ? 'headers?' : path, type, meaning]),
    ['headers.x-amzn-trace-id?', 'string', 'ID of the request. It names the run unless there is an idempotency key'],
    ['multiValueHeaders?', 'object', 'All values of each header, with multiValueHeaders: true'],
    ['multiValueHeaders.*?', 'list', 'All values of the header'],
    ['multiValueQueryStringParameters?', 'object', 'All values of each query parameter, with multiValueHeaders: true'],
    ['multiValueQueryStringParameters.*?', 'list', 'All values of the query parameter'],
    ['body', 'string', REQUEST_BODY],
  ),
};
