import { z } from 'zod';
import { across, nonEmpty, numberIn, strict } from '../../config/checked';
import { corsOrigin, namedOrigins } from '../cors-rules';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html. Lambda itself responds to OPTIONS, so that is no method to allow. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', '*'] as const;

const cors = across(
  strict({
    /** Responds to preflight requests and adds CORS headers to responses, instead of the function's own. @default true */
    enabled: z.boolean().default(true),
    /** Origins whose pages can call, such as `https://example.com`, or `*` for all. @default ["*"] */
    allowedOrigins: z.array(corsOrigin).min(1).default(['*']),
    /** Headers that a page can send, or `*` for all but `authorization`, which needs its name. @default ["*"] */
    allowedHeaders: z.array(nonEmpty('the name of a header')).min(1).default(['*']),
    /** Methods that a page can use, or `*` for all. @default ["*"] */
    allowedMethods: z.array(z.enum(METHODS)).min(1).default(['*']),
    /** Allows pages to send cookies and other credentials. You can't combine it with `*` as an origin. @default false */
    allowCredentials: z.boolean().default(false),
    /** Response headers that a page can read. @default none */
    exposedResponseHeaders: z.array(nonEmpty('the name of a header')).default([]),
    /** Seconds for which a browser caches the response to a preflight request, 0 to 86,400. @default 0 */
    maxAge: numberIn({ unit: 'seconds', min: 0, max: 86_400 }).default(0),
  }),
  (value, context) => namedOrigins(value, context, 'browsers reject it'),
);

/** An address of a function: https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
export const url = strict({
  /** Creates the address. @default true */
  enabled: z.boolean().default(true),
  /** Who can call it: with `NONE` everyone on the internet, with `AWS_IAM` those of your account whose policies allow it. @default NONE */
  authMode: z.enum(['NONE', 'AWS_IAM']).default('NONE'),
  /** Allows pages of other origins to call. @default the function's own headers decide */
  cors: cors.optional(),
  /** Sends a response while the code writes it, up to 200 MB instead of 6 MB. The handler must be one for streams. @default false */
  responseStreamEnabled: z.boolean().default(false),
});

export type FunctionUrl = z.output<typeof url>;
