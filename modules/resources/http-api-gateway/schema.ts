import { z } from 'zod';
import { across, nonEmpty, numberIn, numberOf, strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { DEFAULT_RETENTION_DAYS, RETENTION_DAYS } from '../../rules/log-retention';
import { DEFAULT_PAYLOAD_FORMAT, PAYLOAD_FORMATS } from '../../rules/payload-format';
import { companionSchema } from '../companion-schema';
import { corsOrigin, namedOrigins } from '../cors-rules';

const corsMethod = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*']);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const cors = across(
  strict({
    /** Responds to preflight requests and adds CORS headers to responses. @default true */
    enabled: z.boolean().default(true),
    /** Origins whose pages can call, such as `https://example.com`, or `*` for all. @default ["*"] */
    allowedOrigins: z.array(corsOrigin).min(1).default(['*']),
    /** Headers that a page can send. @default authorization, content-type, idempotency-key, x-amz-date, x-amz-security-token, x-amz-user-agent, x-api-key */
    allowedHeaders: z
      .array(nonEmpty('the name of a header'))
      .min(1)
      .default([
        'authorization',
        'content-type',
        'idempotency-key',
        'x-amz-date',
        'x-amz-security-token',
        'x-amz-user-agent',
        'x-api-key',
      ]),
    /** Methods that a page can use, or `*` for all. @default GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS */
    allowedMethods: z.array(corsMethod).min(1).default(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
    /** Allows pages to send cookies and other credentials. You can't combine it with `*` as an origin. @default false */
    allowCredentials: z.boolean().default(false),
    /** Response headers that a page can read. @default ["retry-after"] */
    exposedResponseHeaders: z.array(nonEmpty('the name of a header')).default(['retry-after']),
    /** Seconds for which a browser caches the response to a preflight request, 0 to 86,400. @default 300 */
    maxAge: numberIn({ unit: 'seconds', min: 0, max: 86_400 }).default(300),
  }),
  (value, context) => namedOrigins(value, context, 'API Gateway rejects it'),
);

const throttling = strict({
  /** Number of requests that are accepted at once. 0 accepts none. @default 5000, the account's quota in most regions */
  burst: numberIn({ unit: 'requests', min: 0, max: 2_147_483_647 }).default(5000),
  /** Average number of requests per second that are accepted. 0 accepts none. @default 10000, the account's quota in most regions */
  rate: numberIn({ unit: 'requests a second', min: 0, fraction: true }).default(10_000),
});

const logging = strict({
  /** Turns the access log off. @default false */
  disabled: z.boolean().default(false),
  /** Format of the records: only `JSON`. @default JSON */
  format: z.enum(['JSON']).optional(),
  /** Days that CloudWatch Logs keeps the records. @default 90 */
  retentionDays: numberOf(RETENTION_DAYS, 'days').default(DEFAULT_RETENTION_DAYS),
});

/** Properties of an HTTP API that the stack creates. */
export const httpApiProperties = strict({
  /** Allows pages of other origins to call. @default pages of other origins can't call */
  cors: cors.optional(),
  /** Format of the events, unless a route has its own. @default 1.0 */
  payloadFormat: z.enum(PAYLOAD_FORMATS).default(DEFAULT_PAYLOAD_FORMAT),
  /** Limits the requests to each route. Further requests get 429. Each request can start a job, which costs money. @default each property's own default */
  throttling: throttling.prefault({}),
  /** The access log: one line of JSON for each request. @default each property's own default */
  logging: logging.prefault({}),
});

/** CORS with its defaults filled in. */
export type Cors = z.output<typeof cors>;

/** An HTTP API of Amazon API Gateway. */
export const httpApiGatewayResource = companionSchema(
  'http-api-gateway',
  httpApiProperties,
  strict({
    /** Id of the HTTP API. It must be in the stack's region and account, and have a stage that deploys automatically. */
    apiId: text({
      pattern: /^[a-z0-9]+$/,
      orDirective: true,
      accepted: 'the ID of an HTTP API, such as a1b2c3d4e5',
      fix: (found) => {
        const id = /(?:^https:\/\/|apis\/)([a-z0-9]{8,})/.exec(found)?.[1];
        return id === undefined ? 'copy the ID from the console or `aws apigatewayv2 get-apis`' : `use ${id}`;
      },
    }),
  }),
);

/** What others can ask of an HTTP API. */
export const HTTP_API_PARAMS = ['id', 'url', 'domain'] as const;

export interface HttpApiGatewayProperties extends WrittenProperties<typeof httpApiGatewayResource>, ByName {}
/** Such a resource as written in a config. */
export interface HttpApiGateway extends Written<z.input<typeof httpApiGatewayResource>> {
  readonly properties?: HttpApiGatewayProperties;
}
