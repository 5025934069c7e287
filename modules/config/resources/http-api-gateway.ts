import { z } from 'zod';
import { RETENTION_DAYS } from '../../rules/log-retention';
import { across, nonEmpty, numberIn, numberOf, refuse, strict, text } from '../checked';
import { DEFAULT_PAYLOAD_FORMAT, PAYLOAD_FORMATS } from '../events/http-api-gateway';
import { companion } from './companion';

const corsMethod = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*']);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const cors = across(
  strict({
    /** Answers preflight requests and adds CORS headers to responses. @default true */
    enabled: z.boolean().default(true),
    /** Origins whose pages may call, such as `https://example.com`; `*` for any. @default ["*"] */
    allowedOrigins: z
      .array(
        text({
          pattern: /^(\*|[a-z][a-z0-9+.-]*:\/\/[^/\s]+)$/i,
          orDirective: true,
          accepted: '*, or an origin such as https://example.com, without a path',
          fix: (found) => {
            const host = found.replace(/^[a-z]+:\/\//i, '').split('/')[0];
            return `write ${/^http:\/\//i.test(found) ? 'http' : 'https'}://${host || 'example.com'}`;
          },
        }),
      )
      .min(1)
      .default(['*']),
    /** Headers that a page may send. @default authorization, content-type, idempotency-key, x-amz-date, x-amz-security-token, x-amz-user-agent, x-api-key */
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
    /** Methods that a page may use; `*` for all. @default GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS */
    allowedMethods: z.array(corsMethod).min(1).default(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
    /** Pages may send cookies and other credentials; not with any origin. @default false */
    allowCredentials: z.boolean().default(false),
    /** Response headers that a page may read. @default ["retry-after"] */
    exposedResponseHeaders: z.array(nonEmpty('the name of a header')).default(['retry-after']),
    /** Seconds a browser keeps the answer to a preflight request, 0 to 86,400. @default 300 */
    maxAge: numberIn({ unit: 'seconds', min: 0, max: 86_400 }).default(300),
  }),
  ({ allowCredentials, allowedOrigins = ['*'] }, context) => {
    if (allowCredentials !== true || !Array.isArray(allowedOrigins) || !allowedOrigins.includes('*')) return;
    const accepted = 'allowCredentials only with named origins: API Gateway rejects it with *';
    refuse(
      context,
      { found: 'allowCredentials with any origin', accepted, fix: 'list the origins in allowedOrigins' },
      ['allowCredentials'],
    );
  },
);

const throttling = strict({
  /** Requests that may come at once, 0 or more; 0 lets none through. @default 5000, the account's quota in most regions */
  burst: numberIn({ unit: 'requests', min: 0, max: 2_147_483_647 }).default(5000),
  /** Requests a second that may come for long, 0 or more; 0 lets none through. @default 10000, the account's quota in most regions */
  rate: numberIn({ unit: 'requests a second', min: 0, fraction: true }).default(10_000),
});

const logging = strict({
  /** Writes no access log. @default false */
  disabled: z.boolean().default(false),
  /** Days that CloudWatch Logs keeps the records. @default 90 */
  retentionDays: numberOf(RETENTION_DAYS, 'days').default(90),
});

/** Properties of an HTTP API that the stack makes. */
export const httpApiProperties = strict({
  /** Lets pages of other origins call. @default pages of other origins cannot */
  cors: cors.optional(),
  /** Form of the events, where a route does not say otherwise. @default 1.0 */
  payloadFormat: z.enum(PAYLOAD_FORMATS).default(DEFAULT_PAYLOAD_FORMAT),
  /** How many requests are let through to each route: the others get 429. Each request may start a job that costs money. @default each property's own default */
  throttling: throttling.prefault({}),
  /** The access log: one line of JSON for each request. @default each property's own default */
  logging: logging.prefault({}),
});

/** CORS with its defaults filled in. */
export type Cors = z.output<typeof cors>;

/** An HTTP API of Amazon API Gateway. */
export const httpApiGatewayResource = companion(
  'http-api-gateway',
  httpApiProperties,
  strict({
    /** Id of the HTTP API. It must be in the stack's own region and account, and have a stage that deploys by itself. */
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
