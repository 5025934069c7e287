import {
  Apigatewayv2Authorizer,
  type Apigatewayv2AuthorizerConfig,
} from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { acceptedOptions } from '../../modules/problems/accepted';
import { ConfigError } from '../../modules/problems/config-error';
import { foundValue } from '../../modules/problems/found';
import { NAME_LIMITS, physicalName, shortHash } from '../../modules/rules/naming';
import { literal, literals } from '../../modules/terraform/literal';
import { resolved } from '../../modules/terraform/resolved';
import { findOrCreateParts, type HttpApiSource } from './http-api';
import { cognitoAuthorizerSettings, jwtAuthorizerSettings, lambdaAuthorizerSettings } from './schema';

/** A user pool: one of this project's, which can refer to an existing one. */
export interface UserPoolSource extends Construct {
  /** Issuer of the pool's tokens. */
  readonly providerUrl: string;
  /** Accepted audience of the tokens. */
  readonly clientId: string;
}

/** An authorizer function: one of this project's, or a provider's `LambdaFunction`. */
export interface AuthorizerFunction extends Construct {
  readonly arn: string;
  /** The ARN that API Gateway uses to invoke it. */
  readonly invokeArn: string;
}

/** Who can call a route. */
export type HttpApiAuthorizerSource =
  | {
      readonly type: 'cognito';
      readonly properties: z.input<typeof cognitoAuthorizerSettings> & { readonly userPool: UserPoolSource };
    }
  | { readonly type: 'jwt'; readonly properties: z.input<typeof jwtAuthorizerSettings> }
  | {
      readonly type: 'lambda';
      readonly properties: z.input<typeof lambdaAuthorizerSettings> & { readonly function: AuthorizerFunction };
    };

interface HttpApiAuthorizerProps {
  readonly gateway: HttpApiSource;
  readonly source: HttpApiAuthorizerSource;
  /** Physical name, unique among the authorizers of a gateway. */
  readonly name: string;
}

/** Deleted only after its routes have another authorizer: API Gateway refuses to delete an authorizer in use. */
const DELETED_LAST = { createBeforeDestroy: true };

/**
 * An authorizer of a gateway, shared by its routes, because a gateway can have at most 10.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export class HttpApiAuthorizer extends Construct {
  readonly authorizer: Apigatewayv2Authorizer;
  /** Lets the gateway invoke the authorizer function. Undefined for a user pool. */
  readonly permission?: LambdaPermission;
  /** The authorizer settings of a route. */
  readonly authorizationType: 'JWT' | 'CUSTOM';

  constructor(scope: Construct, id: string, { gateway, source, name }: HttpApiAuthorizerProps) {
    super(scope, id);
    if (source.type !== 'lambda') {
      const { identitySources, jwtConfiguration } = tokensOf(source);
      this.authorizationType = 'JWT';
      this.authorizer = new Apigatewayv2Authorizer(this, 'Resource', {
        apiId: gateway.id,
        name,
        authorizerType: 'JWT',
        identitySources,
        jwtConfiguration,
        lifecycle: DELETED_LAST,
      });
      return;
    }
    const { function: decider, ...settings } = source.properties;
    const { iamResponse, identitySources, cacheResultSeconds } = lambdaAuthorizerSettings.parse(settings);
    this.authorizationType = 'CUSTOM';
    this.authorizer = new Apigatewayv2Authorizer(this, 'Resource', {
      apiId: gateway.id,
      name,
      authorizerType: 'REQUEST',
      authorizerUri: decider.invokeArn,
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: !iamResponse,
      ...(identitySources.length > 0 && { identitySources }),
      // Explicit, because with identity sources and no setting, responses are cached for 300 seconds.
      authorizerResultTtlInSeconds: cacheResultSeconds,
      lifecycle: DELETED_LAST,
    });
    this.permission = new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: decider.arn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${gateway.executionArn}/authorizers/${this.authorizer.id}`,
      lifecycle: DELETED_LAST,
    });
  }

  /** Resources that must exist before a route can use the authorizer. */
  get dependencies(): ITerraformDependable[] {
    return this.permission === undefined ? [this.authorizer] : [this.authorizer, this.permission];
  }
}

/** Which tokens an authorizer accepts, and where they are in a request. */
function tokensOf(
  source: Exclude<HttpApiAuthorizerSource, { readonly type: 'lambda' }>,
): Pick<Apigatewayv2AuthorizerConfig, 'identitySources' | 'jwtConfiguration'> {
  if (source.type === 'jwt') {
    const { identitySources, issuer, audience } = jwtAuthorizerSettings.parse(source.properties);
    return { identitySources, jwtConfiguration: { issuer: literal(issuer), audience: literals(audience) } };
  }
  const { userPool, ...settings } = source.properties;
  const { identitySources } = cognitoAuthorizerSettings.parse(settings);
  return { identitySources, jwtConfiguration: { issuer: userPool.providerUrl, audience: [userPool.clientId] } };
}

/**
 * The gateway's authorizer for a source. The first call creates it. Routes with the same source and settings share it.
 *
 * @param path the trigger's path, for error messages
 * @throws ConfigError with all problems of the settings.
 */
export function findOrCreateAuthorizer(
  scope: Construct,
  gateway: HttpApiSource,
  source: HttpApiAuthorizerSource,
  path: string,
): HttpApiAuthorizer {
  const [decider, settings] = settingsOf(scope, source, path);
  const hash = shortHash(JSON.stringify([source.type, decider.path, settings]));
  const id = `Authorizer-${decider.id}-${hash}`;
  const parts = findOrCreateParts(scope, gateway);
  const existing = parts.node.tryFindChild(id);
  if (existing instanceof HttpApiAuthorizer) return existing;
  const name = physicalName(NAME_LIMITS.httpApiAuthorizer, decider.id, hash);
  return new HttpApiAuthorizer(parts, id, { gateway, source, name });
}

const USER_POOL = {
  accepted: 'a user pool (UserPool)',
  has: ['node', 'providerUrl', 'clientId'],
  names: ['userPoolName'],
};

const FUNCTION = {
  accepted: 'a function (BundledFunction or LambdaFunction)',
  has: ['node', 'arn', 'invokeArn'],
  names: ['functionName'],
};

/** What decides: a pool or function of the stack, or an issuer. */
interface Decider {
  readonly path: string;
  readonly id: string;
}

/** Source and settings with defaults, so that an explicit default makes no difference. */
function settingsOf(
  scope: Construct,
  source: HttpApiAuthorizerSource,
  path: string,
): [decider: Decider, settings: object] {
  const place = `${path} authorizer`;
  switch (source.type) {
    case 'cognito': {
      const settings = constructSettings(
        scope,
        source.properties,
        cognitoAuthorizerSettings,
        { userPool: USER_POOL },
        place,
      );
      return [source.properties.userPool.node, settings];
    }
    case 'jwt': {
      // Scopes belong to the route.
      const { authorizationScopes: _, ...settings } = constructSettings(
        scope,
        source.properties,
        jwtAuthorizerSettings,
        {},
        place,
      );
      // As in Terraform's document: tokens are numbered in the order of their creation.
      return [{ path: '', id: 'jwt' }, resolved(scope, settings) as object];
    }
    case 'lambda': {
      const settings = constructSettings(
        scope,
        source.properties,
        lambdaAuthorizerSettings,
        { function: FUNCTION },
        place,
      );
      return [source.properties.function.node, settings];
    }
    default: {
      const found = foundValue((source as { readonly type: unknown }).type);
      const problem = {
        keys: ['type'],
        found,
        ...acceptedOptions(['cognito', 'jwt', 'lambda']),
        fix: 'use one of these',
      };
      throw new ConfigError([problem], place);
    }
  }
}
