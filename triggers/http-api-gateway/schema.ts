import { z } from 'zod';
import {
  across,
  type CheckContext,
  isToken,
  nonEmpty,
  numberIn,
  refuse,
  strict,
  text,
  type Unchecked,
} from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue, UNKNOWN_VALUE } from '../../modules/problems/found';
import { PAYLOAD_FORMATS } from '../../modules/rules/payload-format';
import { CATCH_ALL_PATHS, httpPathProblem } from './http-path';

const route = {
  /** HTTP method, or `*` for any. */
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*']),
  /** Path such as `/users/{id}` or `/files/{proxy+}`. `*` or `$default`, with method `*`, matches all requests without another route. */
  path: z.string({ error: () => 'a path' }).check((context) => {
    const { value } = context;
    const problem = isToken(value)
      ? {
          found: UNKNOWN_VALUE,
          accepted: 'a path',
          fix: 'write the path itself: it is needed for the ID of the route',
        }
      : httpPathProblem(value);
    if (problem !== undefined) refuse(context, problem);
  }),
  /** Format of the event. It must be the same for all routes of a job on one gateway. @default the gateway's own, else 1.0 */
  payloadFormat: z.enum(PAYLOAD_FORMATS).optional(),
};

/** A token's or request part's source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function selection(sources: string, accepted: string) {
  return text({
    pattern: new RegExp(`^\\$(${sources})\\.[\\w.-]+$`),
    accepted,
    fix: (found) =>
      /^[\w-]+$/.test(found)
        ? `write $request.header.${found}`
        : 'write an expression such as $request.header.Authorization',
  });
}

const cognito = {
  /** Where the token is in a request: one expression. @default ["$request.header.Authorization"] */
  identitySources: z
    .array(
      selection(
        'request\\.header|request\\.querystring',
        'an expression such as $request.header.Authorization or $request.querystring.token',
      ),
    )
    .superRefine(
      (list, context) => {
        if (!Array.isArray(list) || list.length === 1) return;
        const accepted = 'one expression: a token is in one place';
        const fix = list.length === 0 ? 'add $request.header.Authorization' : 'keep one of them';
        refuse(context, { found: foundValue(list), accepted, fix });
      },
      { when: () => true },
    )
    .default(['$request.header.Authorization']),
};

const jwt = {
  /** Issuer of the tokens, as in their claim `iss`: an HTTPS address below which it has `/.well-known/openid-configuration`. */
  issuer: text({
    pattern: /^https:\/\/(?!.*\/\.well-known\/)[^\s/?#@]+(\/[^\s?#]*)?$/,
    orDirective: true,
    accepted: 'an issuer such as https://example.eu.auth0.com/',
    fix: (found) => {
      const address = found.replace(/^(https?:\/\/)?/, 'https://').replace(/\.well-known\/.*$/, '');
      return /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(address)
        ? `write ${address}, as the claim iss of a token says`
        : 'write the claim iss of a token: https:// and a name, without ? and #';
    },
  }),
  /** Accepted audiences, of which a token must have one in its claim `aud` or `client_id`. */
  audience: z.array(nonEmpty('an audience')).min(1),
  /** Scopes, of which a token must have one in its claim `scope` or `scp`. Each route can have different ones. @default any */
  authorizationScopes: z
    .array(
      text({ pattern: /^\S+$/, accepted: 'a scope without spaces', fix: 'write each scope as an entry of the list' }),
    )
    .min(1)
    .optional(),
  ...cognito,
};

const lambda = {
  /** The function returns an IAM policy instead of `{ isAuthorized }`. @default false */
  iamResponse: z.boolean().default(false),
  /** Parts that a request must have. Responses are cached by their values. @default none */
  identitySources: z
    .array(
      selection(
        'request\\.header|request\\.querystring|context|stageVariables',
        'an expression such as $request.header.Authorization, $request.querystring.key or $context.routeKey',
      ),
    )
    .default([]),
  /** Seconds for which a response is cached, for all routes with the same values of the identity sources. More than 0 requires identity sources. @default 0 */
  cacheResultSeconds: numberIn({ unit: 'seconds', min: 0, max: 3600 }).default(0),
};

/** Settings of a user pool authorizer that a config and the construct have in common. */
export const cognitoAuthorizerSettings = strict(cognito);

/** Settings of an authorizer for tokens of any issuer that a config and the construct have in common. */
export const jwtAuthorizerSettings = strict(jwt);

/** Settings of a Lambda authorizer that a config and the construct have in common. */
export const lambdaAuthorizerSettings = across(strict(lambda), checkCache);

/** Settings that a config and the trigger construct have in common. */
export const httpRouteSettings = across(strict(route), checkCatchAll);

/** Starts the job from an HTTP request to an API. */
export const httpApiGateway = strict({
  /** Starts the job from an HTTP request to an API. */
  type: z.literal('http-api-gateway'),
  /** Which requests, and who is allowed to make them. */
  properties: across(
    strict({
      /** Name of the `http-api-gateway` of this config. */
      httpApiGatewayName: nonEmpty("the gateway's name"),
      ...route,
      /** Who is allowed to call. @default everybody */
      authorizer: z
        .discriminatedUnion('type', [
          strict({
            /** Allows users of a user pool. */
            type: z.literal('cognito'),
            /** Which pool, and where the token is in the request. */
            properties: strict({
              /** Name of the `user-auth-pool` of this config. */
              userPoolName: nonEmpty("the pool's name"),
              ...cognito,
            }),
          }),
          strict({
            /** Allows callers with a token (JWT) of any issuer. */
            type: z.literal('jwt'),
            /** Which tokens, and where the token is in the request. */
            properties: jwtAuthorizerSettings,
          }),
          strict({
            /** Lets a Lambda function decide. */
            type: z.literal('lambda'),
            /** Which function, the format of its response, and how long the response is cached. */
            properties: across(
              strict({
                /** Name of the `function` of this config. */
                functionName: nonEmpty("the function's name"),
                ...lambda,
              }),
              checkCache,
            ),
          }),
        ])
        .optional(),
    }),
    checkCatchAll,
  ),
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.default */
function checkCatchAll({ method, path }: Unchecked<typeof route>, context: CheckContext): void {
  if (typeof path !== 'string' || !CATCH_ALL_PATHS.includes(path)) return;
  if (typeof method !== 'string' || method === '*') return;
  const fix = `write "*", or the path /{proxy+} for ${method} requests only`;
  refuse(context, { found: foundValue(method), accepted: `"*" with the path ${path}`, fix }, ['method']);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching */
function checkCache({ identitySources, cacheResultSeconds }: Unchecked<typeof lambda>, context: CheckContext): void {
  if (typeof cacheResultSeconds !== 'number' || cacheResultSeconds <= 0) return;
  if (identitySources !== undefined && (!Array.isArray(identitySources) || identitySources.length > 0)) return;
  const accepted = '0 without identitySources: results are cached by their values';
  const fix = 'add identitySources: ["$request.header.Authorization"]';
  refuse(context, { found: foundValue(cacheResultSeconds), accepted, fix }, ['cacheResultSeconds']);
}

export interface HttpApiGatewayEventProperties extends WrittenProperties<typeof httpApiGateway>, ByName {}
/** Such an event as written in a config. */
export interface HttpApiGatewayEvent extends Written<z.input<typeof httpApiGateway>> {
  readonly properties: HttpApiGatewayEventProperties;
}
