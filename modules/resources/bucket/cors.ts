import { z } from 'zod';
import { numberIn, strict, text } from '../../config/checked';
import { originMeant } from '../cors-rules';

/** Methods that S3 answers preflight requests for. */
export const CORS_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const;

const rule = strict({
  /** Origins whose pages can call, such as `https://example.com`, with at most one `*` each. @default ["*"] */
  allowedOrigins: z
    .array(
      text({
        pattern: /^(\*|[a-z][a-z0-9+.-]*:\/\/[^\s/*]*\*?[^\s/*]*)$/i,
        orDirective: true,
        accepted: '*, or an origin such as https://example.com or https://*.example.com, without a path',
        fix: (found) => `write ${originMeant(found)}`,
      }),
    )
    .min(1)
    .default(['*']),
  /** Request headers that a page can send, with at most one `*` each. @default ["*"] */
  allowedHeaders: z
    .array(
      text({
        pattern: /^(?=.)[\w!#$%&'.^`|~+-]*\*?[\w!#$%&'.^`|~+-]*$/,
        accepted: 'the name of a header, with at most one *',
        fix: 'write a name such as content-type, or * for all',
      }),
    )
    .min(1)
    .default(['*']),
  /** Methods that a page can use, or `*` for all. S3 has no `PATCH`. @default ["*"] */
  allowedMethods: z
    .array(z.enum([...CORS_METHODS, '*']))
    .min(1)
    .default(['*']),
  /** Response headers that a page can read, such as `etag`. @default none */
  exposedResponseHeaders: z
    .array(
      text({
        pattern: /^[\w!#$%&'.^`|~+-]+$/,
        accepted: 'the name of a header: S3 takes no * here',
        fix: 'write a name such as etag',
      }),
    )
    .default([]),
  /** Seconds for which a browser caches the response to a preflight request. @default the browser decides */
  maxAge: numberIn({ unit: 'seconds', min: 0, max: 2_147_483_647 }).optional(),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
export const cors = strict({
  /** Answers preflight requests. @default true */
  enabled: z.boolean().default(true),
  /** Rules, up to 100. S3 uses the first one that fits a request. @default one rule with each property's own default */
  corsRules: z.array(rule).min(1).max(100).prefault([{}]),
});
