import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { letInvoke } from '../../modules/invocation/invocation';
import { ConfigError } from '../../modules/problems/config-error';
import { foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { shortHash } from '../../modules/rules/naming';
import { DEFAULT_PAYLOAD_FORMAT, type PayloadFormat } from '../../modules/rules/payload-format';
import { literals } from '../../modules/terraform/literal';
import { findOrCreateAuthorizer, type HttpApiAuthorizer, type HttpApiAuthorizerSource } from './authorizer';
import { findOrCreateParts, type HttpApiSource } from './http-api';
import { pathShape, routeKey, SAME_ROUTE_FIX } from './http-path';
import { httpRouteSettings } from './schema';

export type HttpApiGatewayProps = z.input<typeof httpRouteSettings> & {
  readonly gateway: HttpApiSource;
  /** Who can call the route. @default everyone */
  readonly authorizer?: HttpApiAuthorizerSource;
  /** The function that each request invokes. */
  readonly target: EventTarget;
};

const WANTED = {
  target: TARGET,
  gateway: {
    accepted: 'an HTTP API (HttpApi or Apigatewayv2Api)',
    has: ['node', 'id', 'executionArn'],
    names: ['httpApiGatewayName'],
  },
  authorizer: { accepted: 'an authorizer: { type, properties }', has: ['type', 'properties'], optional: true },
};

/** Maximum timeout of an integration, 30,000 ms: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LONGEST_WAIT_MS = 29_000;

/** Milliseconds in addition to the function's timeout, for a new instance to start: the function's timeout excludes that time. */
const START_MS = 4000;

/** Default timeout of a function, in seconds: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const LAMBDA_TIMEOUT_SECONDS = 3;

/**
 * Invokes a function with each request to a route, and returns its response to the caller.
 *
 * A gateway has one integration per function, one route per method and path, and one authorizer per source and settings, regardless of
 * which job defines them.
 *
 * @example
 * import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { HttpApiGatewayTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const gateway = new Apigatewayv2Api(stack, 'api', { name: 'api', protocolType: 'HTTP' });
 * new HttpApiGatewayTrigger(stack, 'start', { target: job.trigger, gateway, method: 'POST', path: '/reports' });
 */
export class HttpApiGatewayTrigger extends Construct {
  readonly integration: Apigatewayv2Integration;
  readonly permission: LambdaPermission;
  readonly route: Apigatewayv2Route;
  /** Undefined if everyone can call the route. */
  readonly authorizer?: HttpApiAuthorizer;

  constructor(scope: Construct, id: string, props: HttpApiGatewayProps) {
    super(scope, id);
    const { method, path, payloadFormat } = constructSettings(this, props, httpRouteSettings, WANTED);
    const { gateway, authorizer, target } = props;
    this.integration = this.sharedIntegration(gateway, target, payloadFormat ?? gateway.payloadFormat);
    this.permission = letInvoke(target, `Permission-${idOf(gateway)}`, {
      principal: 'apigateway.amazonaws.com',
      // Any stage and any route: the gateway's owner decides which routes lead to the function.
      sourceArn: `${gateway.executionArn}/*/*`,
    });
    this.authorizer = authorizer && findOrCreateAuthorizer(this, gateway, authorizer, this.node.path);
    this.route = this.createRoute(gateway, method, path, scopesOf(authorizer));
  }

  /** Created by the first call. Its scope is the function, so that both are removed together. */
  private sharedIntegration(
    gateway: HttpApiSource,
    { function: invoked }: EventTarget,
    payloadFormatVersion: PayloadFormat = DEFAULT_PAYLOAD_FORMAT,
  ): Apigatewayv2Integration {
    const id = idOf(gateway);
    const existing = invoked.node.tryFindChild(id);
    if (!(existing instanceof Apigatewayv2Integration)) {
      return new Apigatewayv2Integration(invoked, id, {
        apiId: gateway.id,
        integrationType: 'AWS_PROXY',
        integrationMethod: 'POST',
        integrationUri: invoked.invokeArn,
        payloadFormatVersion,
        timeoutMilliseconds: waitFor(invoked.timeoutInput ?? LAMBDA_TIMEOUT_SECONDS),
      });
    }
    if (existing.payloadFormatVersionInput === payloadFormatVersion) return existing;
    throw this.problem('payloadFormat', {
      found: foundValue(payloadFormatVersion),
      accepted: `${existing.payloadFormatVersionInput}, as the function's other routes on this gateway have, which share an integration`,
      fix: 'use one payload format for all routes of a function on a gateway',
    });
  }

  /**
   * Its scope is the gateway, and its ID has only method and path. So a route that moves to another job, or whose variables are renamed,
   * is changed in place. API Gateway would reject a new route while the old one exists.
   */
  private createRoute(
    gateway: HttpApiSource,
    method: string,
    path: string,
    authorizationScopes: string[] | undefined,
  ): Apigatewayv2Route {
    const parts = findOrCreateParts(this, gateway);
    const key = routeKey(method, path);
    const id = `Route-${method === '*' ? 'ANY' : method}-${shortHash(pathShape(path))}`;
    if (parts.node.tryFindChild(id) !== undefined) {
      throw this.problem('path', {
        found: `${key}, which another trigger of the gateway takes`,
        accepted: 'a method and path that no other route of the gateway has',
        fix: SAME_ROUTE_FIX,
      });
    }
    return new Apigatewayv2Route(parts, id, {
      apiId: gateway.id,
      routeKey: key,
      target: `integrations/${this.integration.id}`,
      authorizationType: this.authorizer?.authorizationType ?? 'NONE',
      authorizerId: this.authorizer?.authorizer.id,
      authorizationScopes,
      // A route is active as soon as it is created. Without the permissions its first callers would get a 500.
      dependsOn: [this.permission, ...(this.authorizer?.dependencies ?? [])],
    });
  }

  private problem(property: string, finding: Finding): ConfigError {
    return new ConfigError([{ keys: [property], ...finding }], this.node.path);
  }
}

/** The scopes of which a token needs one. */
function scopesOf(authorizer: HttpApiAuthorizerSource | undefined): string[] | undefined {
  if (authorizer?.type !== 'jwt' || authorizer.properties.authorizationScopes === undefined) return undefined;
  return literals(authorizer.properties.authorizationScopes);
}

function waitFor(timeoutSeconds: number): number {
  if (Token.isUnresolved(timeoutSeconds)) return LONGEST_WAIT_MS;
  return Math.min(timeoutSeconds * 1000 + START_MS, LONGEST_WAIT_MS);
}

/** What identifies a gateway among those that invoke a function. */
function idOf({ node }: HttpApiSource): string {
  return `HttpApi-${node.id}-${shortHash(node.path)}`;
}
