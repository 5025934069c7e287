import { Apigatewayv2Api, type Apigatewayv2ApiCorsConfiguration } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsApigatewayv2Api } from '@cdktf/provider-aws/lib/data-aws-apigatewayv2-api';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { DEFAULT_PAYLOAD_FORMAT, type PayloadFormat } from '../../rules/payload-format';
import { jsonLiteral, literals } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { type Cors, type HTTP_API_PARAMS, httpApiGatewayResource, httpApiProperties } from './schema';

export type HttpApiProps = Pick<CompanionContext, 'stackName'> &
  Partial<Pick<CompanionContext, 'aws'>> &
  Omit<z.input<typeof httpApiGatewayResource>, 'type' | 'overrides'>;

/**
 * Log groups with this prefix share one entry of the account's log resource policy, which has limited room:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
const LOG_GROUP_PREFIX = '/aws/vendedlogs/http-api/';

/**
 * A line of the access log. The two messages explain responses that no function sent:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const ACCESS_LOG_LINE = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  routeKey: '$context.routeKey',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/**
 * An HTTP API that deploys its routes automatically. Triggers add the routes.
 *
 * @throws ConfigError with all problems of the properties.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { HttpApi } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new HttpApi(stack, 'api', { ...platform.context });
 */
export class HttpApi extends Construct implements Companion<'http-api-gateway'> {
  readonly type = 'http-api-gateway';
  readonly id: string;
  /** Prefix of the ARNs that identify the route that invokes a function. */
  readonly executionArn: string;
  /** Format of the events, unless a route sets another. */
  readonly payloadFormat: PayloadFormat;
  readonly params: Companion<'http-api-gateway', typeof HTTP_API_PARAMS>['params'];
  /** The API, if the stack creates it. */
  readonly api?: Apigatewayv2Api;
  readonly stage?: Apigatewayv2Stage;
  /** Undefined if no access log is written. */
  readonly accessLog?: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, given: HttpApiProps) {
    super(scope, id);
    const { stackName, existing, properties = {} } = companionProps(this, given, httpApiGatewayResource);
    const props = parse(httpApiProperties, properties, this.node.path);
    this.payloadFormat = existing === undefined ? props.payloadFormat : DEFAULT_PAYLOAD_FORMAT;
    if (existing !== undefined) {
      const api = new DataAwsApigatewayv2Api(this, 'Existing', { apiId: existing.apiId });
      this.id = api.apiId;
      this.executionArn = api.executionArn;
      this.params = paramsOf(this.id, api.apiEndpoint);
      return;
    }
    this.api = new Apigatewayv2Api(this, 'Resource', {
      name: physicalName(NAME_LIMITS.httpApi, stackName, id),
      protocolType: 'HTTP',
      ...(props.cors?.enabled && { corsConfiguration: corsConfiguration(props.cors) }),
    });
    this.id = this.api.id;
    this.executionArn = this.api.executionArn;
    this.params = paramsOf(this.id, this.api.apiEndpoint);
    this.accessLog = this.createAccessLog(given, props);
    this.stage = this.createStage(this.api, props);
  }

  private createAccessLog({ stackName, aws }: HttpApiProps, { logging }: z.output<typeof httpApiProperties>) {
    if (logging.disabled) return undefined;
    const limit = NAME_LIMITS.logGroup - LOG_GROUP_PREFIX.length;
    return new CloudwatchLogGroup(this, 'AccessLog', {
      name: `${LOG_GROUP_PREFIX}${physicalName(limit, stackName, this.node.id)}`,
      retentionInDays: logging.retentionDays,
      kmsKeyId: aws?.kmsKeyArn,
    });
  }

  private createStage(api: Apigatewayv2Api, { throttling }: z.output<typeof httpApiProperties>): Apigatewayv2Stage {
    return new Apigatewayv2Stage(this, 'Stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      // Always set: limits that are removed become 0, and every request gets a 429.
      defaultRouteSettings: { throttlingBurstLimit: throttling.burst, throttlingRateLimit: throttling.rate },
      ...(this.accessLog && {
        accessLogSettings: { destinationArn: this.accessLog.arn, format: jsonLiteral(ACCESS_LOG_LINE) },
      }),
    });
  }
}

function paramsOf(id: string, endpoint: string): Companion<'http-api-gateway', typeof HTTP_API_PARAMS>['params'] {
  return { id, url: endpoint, domain: Fn.trimprefix(endpoint, 'https://') };
}

function corsConfiguration(cors: Cors): Apigatewayv2ApiCorsConfiguration {
  const { allowedOrigins, allowedHeaders, allowedMethods, allowCredentials, exposedResponseHeaders, maxAge } = cors;
  return {
    allowOrigins: literals(allowedOrigins),
    allowHeaders: literals(allowedHeaders),
    allowMethods: allowedMethods,
    allowCredentials,
    exposeHeaders: literals(exposedResponseHeaders),
    maxAge,
  };
}
