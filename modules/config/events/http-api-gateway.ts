import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';

/** Starts the job by an HTTP request to an API. */
export const httpApiGateway = strict({
  /** Starts the job by an HTTP request to an API. */
  type: z.literal('http-api-gateway'),
  /** Which requests, and who may make them. */
  properties: strict({
    /** Name of the `http-api-gateway` of this config. */
    httpApiGatewayName: nonEmpty("the gateway's name"),
    /** HTTP method, or `*` for any. */
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*']),
    /** Path such as `/users/{id}` or `/files/{proxy+}`; `*` or `$default` for whatever no other route takes (with method `*`). */
    path: nonEmpty('a path'),
    /** Who may call. @default everybody */
    authorizer: z
      .discriminatedUnion('type', [
        strict({
          /** Users of a user pool. */
          type: z.literal('cognito'),
          /** The user pool, and where the token stands. */
          properties: strict({
            /** Name of the `user-auth-pool` of this config. */
            userPoolName: nonEmpty("the pool's name"),
            /** Where the token stands in a request. @default ["$request.header.Authorization"] */
            identitySources: z.array(nonEmpty('a selection expression')).optional(),
          }),
        }),
        strict({
          /** A function decides. */
          type: z.literal('lambda'),
          /** The function, and what it gets. */
          properties: strict({
            /** Name of the `function` of this config. */
            functionName: nonEmpty("the function's name"),
            /** The function answers with an IAM policy rather than `{ isAuthorized }`. @default false */
            iamResponse: z.boolean().optional(),
            /** Parts of a request without which it is refused at once, and by which answers are cached. @default none */
            identitySources: z.array(nonEmpty('a selection expression')).optional(),
            /** Seconds an answer is kept, 0 to 3,600. @default 0 */
            cacheResultSeconds: numberIn({ unit: 'seconds', min: 0, max: 3600 }).optional(),
          }),
        }),
      ])
      .optional(),
    /** Form of the event. @default the gateway's own, else 1.0 */
    payloadFormat: z.enum(['1.0', '2.0']).optional(),
  }),
});
